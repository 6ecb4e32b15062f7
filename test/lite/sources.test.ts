import type { Contents } from "@jupyterlab/services";
import { expect, it } from "vitest";
import { sourcesIn } from "../../lite/src/sources.ts";

const files: Readonly<Record<string, string>> = {
  "course/helper.ts": "export const two = 2;",
  "course/data.json": "[1, 2]",
  "course/picture.png": "",
};

/** Contents as JupyterLite has them: without what is inside, unless it is asked for. */
const contents = {
  async get(path: string, options?: Contents.IFetchOptions) {
    const withContent = (content: unknown) => (options?.content ? content : null);
    if (path in files) return { type: "file", path, content: withContent(files[path]) };
    if (path !== "course") throw new Error("not there");
    const inside = Object.keys(files).map((path) => ({ type: "file", path, name: path.slice(7) }));
    return { type: "directory", path, content: withContent(inside) };
  },
} as unknown as Contents.IManager;

it("cells can import the sources beside their notebook, and nothing else", async () => {
  expect(await sourcesIn(contents, "course")).toEqual({
    "/drive/helper.ts": "export const two = 2;",
    "/drive/data.json": "[1, 2]",
  });
});

it("a notebook whose folder cannot be read has no sources beside it", async () => {
  expect(await sourcesIn(contents, "elsewhere")).toEqual({});
});
