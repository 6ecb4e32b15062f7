// The troubles of a machine that stop a set-up wherever it stands, each in one sentence.
// Plain JavaScript for Node 18: run.mjs uses it too.
import fs from "node:fs";

const noRoom = (path) =>
  `No room is left on the disk${path === undefined ? "" : ` for ${path}`}: Gradbook needs some 2 GB, make room and start again`;
const noRight = (path = "this folder") =>
  `Cannot write to ${path}: copy Gradbook to a folder of your own that is not read-only, and start it there`;

/** By the code of an error of the system. */
const sentences = { ENOSPC: noRoom, EDQUOT: noRoom, EROFS: noRight, EACCES: noRight, EPERM: noRight };

/** The sentence for an error of Node's file system; undefined for any other error. */
export function troubleOf(error) {
  const { code, path, dest } = error ?? {};
  return sentences[code]?.(dest ?? path);
}

/** The sentence for what a program wrote before it failed in `folder`. */
export function troubleIn(log, folder) {
  // A full disk has no room for the program's last words, either.
  if (/ENOSPC|EDQUOT|No space left on device|Disk quota exceeded|not enough space on the disk/i.test(log)) {
    return noRoom();
  }
  if (isFull(folder)) return noRoom(folder);
  // "Permission denied" may be about any place, such as npm's own cache: the log says which.
  return /EROFS|Read-only file system/i.test(log) ? noRight(folder) : undefined;
}

function isFull(folder) {
  try {
    const { bavail, bsize } = fs.statfsSync(folder);
    return bavail * bsize < 100_000;
  } catch {
    // Node has it from 18.15 on, so that it cannot be imported by name.
    return false;
  }
}
