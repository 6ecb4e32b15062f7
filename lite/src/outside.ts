/** What a session has around it in a browser: files beside the notebook, and no programs or streams. */
import { CommonModules } from "../../kernel/src/session/common-modules.ts";
import type { Outside } from "../../kernel/src/session/outside.ts";

export const outside = (folder: string): Outside => ({
  heapLimit: Number.POSITIVE_INFINITY,
  modules: new CommonModules(folder),
  begin() {},
  open() {},
  stop() {},
  tear() {},
  atWork: () => [],
  collectGarbage() {},
  findBlas: () => "there is none in a browser",
});
