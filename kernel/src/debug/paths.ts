/** The names that a front end and the kernel give to the source of a cell: they are made of what it says. */

import { tmpdir } from "node:os";
import { join } from "node:path";

/** What the hash begins with. */
const SEED = 0xc70f6907;

/** How a front end finds the name of a cell by itself. There are no files of these names: `source` has what they hold. */
export const NAMING: Readonly<Record<string, string | number>> = {
  hashMethod: "Murmur2",
  hashSeed: SEED,
  tmpFilePrefix: join(tmpdir(), `gradbook_${process.pid}`, "/"),
  tmpFileSuffix: ".ts",
};

export function isOfCell(path: string): boolean {
  return path.startsWith(String(NAMING.tmpFilePrefix));
}

export function pathOfCell(source: string): string {
  return `${NAMING.tmpFilePrefix}${murmur2(source, SEED)}${NAMING.tmpFileSuffix}`;
}

/**
 * The hash MurmurHash2 of a text in UTF-8, by Austin Appleby.
 *
 * @example
 * murmur2("", 0) // 0
 */
export function murmur2(text: string, seed: number): number {
  const factor = 0x5bd1e995;
  const bytes = Buffer.from(text);
  const words = bytes.length >> 2;
  let hash = seed ^ bytes.length;
  for (let i = 0; i < words; i++) {
    let word = Math.imul(bytes.readInt32LE(4 * i), factor);
    word ^= word >>> 24;
    hash = Math.imul(hash, factor) ^ Math.imul(word, factor);
  }
  const rest = bytes.subarray(4 * words);
  if (rest.length > 0) hash = Math.imul(hash ^ rest.readUIntLE(0, rest.length), factor);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, factor);
  return (hash ^ (hash >>> 15)) >>> 0;
}
