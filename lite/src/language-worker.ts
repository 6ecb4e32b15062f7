/** The language worker in a browser: the same engine, on files that the page has sent. */
import "./node/globals.ts";
import typescript from "@tslab/typescript-for-tslab";
import type { LanguageData } from "../../kernel/src/language/channel.ts";
import { addFiles, changeOf, DRIVE, isFolder, textOf } from "./node/files.ts";
import { TYPESCRIPT } from "./node/module-of-language.ts";
import path from "./node/path.ts";

/** What the page sends first, and again when files of the notebook's folder have changed. */
export type FilesMessage = { readonly type: "files"; readonly files: Readonly<Record<string, string>> };

const nothing = { close() {} };

// The compiler finds out about a browser by itself, and then has no files at all.
(typescript as unknown as { setSys(system: object): void }).setSys({
  args: [],
  newLine: "\n",
  useCaseSensitiveFileNames: true,
  getCurrentDirectory: () => DRIVE,
  getExecutingFilePath: () => TYPESCRIPT,
  readFile: textOf,
  fileExists: (file: string) => changeOf(file) !== undefined,
  directoryExists: isFolder,
  getDirectories: () => [],
  readDirectory: () => [],
  resolvePath: (...parts: string[]) => path.resolve(...parts),
  realpath: (file: string) => file,
  watchFile: () => nothing,
  watchDirectory: () => nothing,
  write() {},
  writeFile() {},
  createDirectory() {},
  exit() {},
  setTimeout: (run: () => void, ms: number) => setTimeout(run, ms),
  clearTimeout: (timer: number) => clearTimeout(timer),
});

self.addEventListener("message", function begin({ data }: MessageEvent<FilesMessage>) {
  addFiles(data.files);
  self.removeEventListener("message", begin);
  void serve();
});

async function serve(): Promise<void> {
  const { createLanguage } = await import("../../kernel/src/language/engine.ts");
  const { serveLanguage } = await import("../../kernel/src/language/serve.ts");
  const options: LanguageData["options"] = { folder: DRIVE, library: "/node_modules/gradbook" };
  const language = createLanguage(options);
  await language.ready();
  serveLanguage(language, {
    on: (_event, hear) =>
      self.addEventListener("message", ({ data }) =>
        data.type === "files" ? addFiles(data.files) : hear(data),
      ),
    postMessage: (message) => self.postMessage(message),
  });
  self.postMessage({ type: "ready" });
}
