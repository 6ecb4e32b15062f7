/**
 * The one door for paths: the compiler writes them with slashes on every system, and compares them by their letters. A
 * folder with backslashes in it is another one to it, in which there is nothing.
 */

import { fileURLToPath, path } from "./node.ts";

/** A path of Windows with slashes; every other one as it is, since a backslash may be part of its names. */
export function slashed(place: string): string {
  return /^[A-Za-z]:[\\/]|^\\\\/.test(place) ? place.replaceAll("\\", "/") : place;
}

/** The path of a file from its URL. */
export function pathOf(url: string): string {
  return slashed(fileURLToPath(url));
}

/** The path of a file in a folder, both with slashes; a folder of another machine begins with two. */
export function inFolder(folder: string, name: string): string {
  const joined = path.posix.join(folder, name);
  return folder.startsWith("//") ? `/${joined}` : joined;
}
