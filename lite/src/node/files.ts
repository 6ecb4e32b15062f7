/** The files that there are in the browser: those of the compiler, of the library, and those beside the notebook. */

const texts = new Map<string, string>();
const folders = new Set<string>(["/"]);
const changes = new Map<string, number>();
let clock = 0;

/** Where notebooks lie. */
export const DRIVE = "/drive";

export function addFiles(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    texts.set(path, text);
    changes.set(path, ++clock);
    for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1))
      folders.add(path.slice(0, end));
  }
}

export function textOf(path: string): string | undefined {
  return texts.get(path);
}

export function isFolder(path: string): boolean {
  return folders.has(path) || path === DRIVE;
}

/** When a file has changed last, in an order of its own; undefined where there is none. */
export function changeOf(path: string): number | undefined {
  return changes.get(path);
}
