/** The files beside a notebook that its cells can import. */
import type { Contents } from "@jupyterlab/services";
import { DRIVE } from "./node/files.ts";

const SOURCE = /\.(ts|mts|js|mjs|json)$/;

/** The texts of the sources in a folder, for the compiler. */
export async function sourcesIn(
  contents: Pick<Contents.IManager, "get">,
  folder: string,
): Promise<Record<string, string>> {
  // JupyterLite leaves out what is in a folder unless it is asked for.
  const listed = await contents.get(folder, { type: "directory", content: true }).catch(() => undefined);
  const children = (listed?.content ?? []) as Contents.IModel[];
  const files = await Promise.all(
    children
      .filter(({ type, name }) => type === "file" && SOURCE.test(name))
      .map(async ({ path, name }) => {
        const { content } = await contents.get(path, { type: "file", format: "text", content: true });
        return [`${DRIVE}/${name}`, String(content)] as const;
      }),
  );
  return Object.fromEntries(files);
}
