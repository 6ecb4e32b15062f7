/** What stands in the notebooks that come with this project, as a reader without our kernel finds it. */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../scripts/setup/paths.ts";

/** An output of a saved cell. */
export interface StoredOutput {
  /** Where it stands: notebook, id of the cell. */
  readonly place: string;
  readonly data: Readonly<Record<string, unknown>>;
}

interface Notebook {
  readonly cells: readonly {
    readonly id: string;
    readonly outputs?: readonly { readonly data?: Readonly<Record<string, unknown>> }[];
  }[];
}

/** All notebooks, by their paths below `notebooks/`. */
export const notebookNames: readonly string[] = globSync("**/*.ipynb", {
  cwd: join(root, "notebooks"),
}).sort();

/** All outputs that have something of a type, with that as text. */
export function storedOutputs(type: string): (StoredOutput & { readonly text: string })[] {
  return notebookNames.flatMap((name) => {
    const { cells } = JSON.parse(readFileSync(join(root, "notebooks", name), "utf8")) as Notebook;
    return cells.flatMap(({ id, outputs = [] }) =>
      outputs.flatMap(({ data = {} }) => {
        const value = data[type];
        if (value === undefined) return [];
        return [
          { place: `${name} ${id}`, data, text: Array.isArray(value) ? value.join("") : String(value) },
        ];
      }),
    );
  });
}
