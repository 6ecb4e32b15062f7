/** The files the compiler sees: the disk's, plus some that exist only in memory, without file watchers. */

import type ts from "@tslab/typescript-for-tslab";
import { statSync } from "./node.ts";
import { isStandard, withoutDocumentation } from "./standard-library.ts";
import { typescript } from "./typescript.ts";

export interface FileSystem {
  readonly system: ts.System;
  /** Tells the compiler which of the notebook's own files have changed since the last call. */
  noticeChanges(): void;
}

interface Watched {
  readonly callback: ts.FileWatcherCallback;
  modified: number;
}

/** A system rooted at `folder`; `virtual` holds the texts of files in memory by absolute path. */
export function createFileSystem(folder: string, virtual: ReadonlyMap<string, string>): FileSystem {
  const disk = typescript.sys;
  const watched = new Map<string, Watched>();
  const system: ts.System = {
    ...disk,
    getCurrentDirectory: () => folder,
    newLine: "\n",
    readFile(path, encoding) {
      const text = virtual.get(path) ?? disk.readFile(path, encoding);
      return text !== undefined && isStandard(path) ? withoutDocumentation(text) : text;
    },
    fileExists: (path) => virtual.has(path) || disk.fileExists(path),
    // Hundreds of watchers cost 0.5 s at the start; only the notebook's own files change, so only they are
    // looked at, each time a cell is compiled.
    watchFile(path, callback) {
      if (isOwnSource(path)) watched.set(path, { callback, modified: modifiedAt(path) });
      return { close: () => watched.delete(path) };
    },
    watchDirectory: () => ({ close: () => {} }),
  };
  const noticeChanges = (): void => {
    for (const [path, file] of watched) {
      const modified = modifiedAt(path);
      if (modified === file.modified) continue;
      file.modified = modified;
      file.callback(path, typescript.FileWatcherEventKind.Changed);
    }
  };
  return { system, noticeChanges };
}

/** Whether a file is one a person writes beside the notebook, which may change while the kernel runs. */
export function isOwnSource(path: string): boolean {
  return !path.includes("/node_modules/") && !path.endsWith(".d.ts") && /\.[jt]sx?$|\.json$/.test(path);
}

function modifiedAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
