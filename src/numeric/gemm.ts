/**
 * Matrix products Y = A B of strided matrices: y_ij = Σ_k a_ik b_kj, added in the order of k, each product rounded
 * before it is added. Single floats are added as single floats.
 *
 * Large products run as WebAssembly on packed blocks, small ones as plain loops; the bits are the same.
 */

import type { Entries } from "../tensor/dtype.ts";
import { f32x4, f64x2 } from "./assembler.ts";
import { type GemmKernel, gemmKernel, type Pack, TILE_BYTES, TILE_ROWS } from "./gemm-kernel.ts";
import { heapOf } from "./machine.ts";

/** How far one step along each index moves in the result and in the operands. */
export interface Product {
  /** The number of rows, the length of the sums, and the number of columns. */
  readonly m: number;
  readonly k: number;
  readonly n: number;
  readonly yRow: number;
  readonly yColumn: number;
  readonly aRow: number;
  readonly aDepth: number;
  readonly bDepth: number;
  readonly bColumn: number;
}

/** Up to so many multiplications the plain loops are faster. */
const FEW = 100;

/** A library of the machine that multiplies instead, and says whether it has: strides may be none that it knows. */
export type Multiplication = (
  product: Product,
  y: Entries,
  yAt: number,
  a: Entries,
  aAt: number,
  b: Entries,
  bAt: number,
) => boolean;

let library: Multiplication | null = null;

/** Lets a library multiply from now on; `null` for our own kernels, whose bits are the same everywhere. */
export function multiplyBy(other: Multiplication | null): void {
  library = other;
}

/** Writes A B into `y`; each matrix begins at its position. */
export function gemm(
  product: Product,
  y: Entries,
  yAt: number,
  a: Entries,
  aAt: number,
  b: Entries,
  bAt: number,
): void {
  const { m, k, n } = product;
  if (library !== null && m * n * k > FEW && library(product, y, yAt, a, aAt, b, bAt)) return;
  const isSingle = y instanceof Float32Array;
  const heap = m * n * k > FEW && m > 1 && n > 1 ? heapOf(isSingle) : null;
  const kernel = heap === null ? null : kernelFor(isSingle);
  if (heap !== null && kernel !== null) inBlocks(kernel, heap, product, y, yAt, a, aAt, b, bAt);
  else if (isSingle) plainSingles(product, y, yAt, a, aAt, b, bAt);
  else plainDoubles(product, y, yAt, a, aAt, b, bAt);
}

let doubles: GemmKernel | null | undefined;
let singles: GemmKernel | null | undefined;

function kernelFor(isSingle: boolean): GemmKernel | null {
  if (isSingle) {
    if (singles === undefined) singles = gemmKernel(f32x4);
    return singles;
  }
  if (doubles === undefined) doubles = gemmKernel(f64x2);
  return doubles;
}

// Blocks: what fits into the memory, and into the caches. A panel of B stays in the first, a block of A in the second.

/** Rows of a block of A, a multiple of the rows of a tile. */
const BLOCK_ROWS = 100;
/** How many k a block of A and of B has. */
const BLOCK_DEPTH = 256;
/** How many k are added before the sums go back to the result. */
const MOST_DEPTH = 4096;
/** The bytes of a row of C, a multiple of those of a tile. */
const ROW_BYTES = 4096;

/** Where things are in the memory: packed blocks, C, and operands as they come. */
const A_AT = 0;
const C_AT: number = A_AT + BLOCK_ROWS * BLOCK_DEPTH * 8;
const B_AT: number = C_AT + BLOCK_ROWS * ROW_BYTES;
const B_BYTES = 2 ** 21;
const STAGE_AT: number = B_AT + B_BYTES;
const STAGE_BYTES = 2 ** 22;

function inBlocks(
  kernel: GemmKernel,
  heap: Entries,
  { m, k, n, yRow, yColumn, aRow, aDepth, bDepth, bColumn }: Product,
  y: Entries,
  yAt: number,
  a: Entries,
  aAt: number,
  b: Entries,
  bAt: number,
): void {
  const bytes = heap instanceof Float32Array ? 4 : 8;
  const width = TILE_BYTES / bytes;
  for (let from = 0; from === 0 || from < k; from += MOST_DEPTH) {
    const depth = Math.min(MOST_DEPTH, k - from);
    const columnBytes = Math.max(1, depth) * bytes;
    const mostColumns = Math.min(ROW_BYTES / bytes, Math.floor(B_BYTES / columnBytes / width) * width);
    for (let j = 0; j < n; j += mostColumns) {
      const columns = Math.min(mostColumns, n - j);
      const panels = Math.ceil(columns / width);
      const rowOfC = panels * TILE_BYTES;
      stage(heap, bytes, b, bAt + from * bDepth + j * bColumn, columns, bColumn, depth, bDepth);
      packDepths(kernel.packColumns, B_AT, panels * TILE_BYTES, columns, depth);
      for (let i = 0; i < m; i += BLOCK_ROWS) {
        const rows = Math.min(BLOCK_ROWS, m - i);
        const rowPanels = Math.ceil(rows / TILE_ROWS);
        const at = yAt + i * yRow + j * yColumn;
        stage(heap, bytes, a, aAt + i * aRow + from * aDepth, rows, aRow, depth, aDepth);
        if (from > 0) move(heap, C_AT / bytes, rowOfC / bytes, 1, y, at, yRow, yColumn, rows, columns);
        for (let p = 0; p === 0 || p < depth; p += BLOCK_DEPTH) {
          const count = Math.min(BLOCK_DEPTH, depth - p);
          kernel.packRows(A_AT, staged.at + p * staged.along, rows, staged.line, count, staged.along);
          const isFirst = from + p === 0 ? 1 : 0;
          kernel.multiply(A_AT, B_AT + p * rowOfC, C_AT, rowPanels, panels, count, rowOfC, isFirst);
        }
        move(y, at, yRow, yColumn, heap, C_AT / bytes, rowOfC / bytes, 1, rows, columns);
      }
    }
  }
}

/** Packs what is staged, one block of depths after the other. */
function packDepths(pack: Pack, to: number, rowBytes: number, lines: number, depth: number): void {
  const { at, line, along } = staged;
  for (let p = 0; p < depth; p += BLOCK_DEPTH) {
    pack(to + p * rowBytes, at + p * along, lines, line, Math.min(BLOCK_DEPTH, depth - p), along);
  }
}

/** Where an operand is in the memory: its address, and how far it is to the next line and along a line, in bytes. */
const staged = { at: STAGE_AT, line: 0, along: 0 };

/** Copies so many lines of so many entries into the memory, in as few pieces as there can be. */
function stage(
  heap: Entries,
  bytes: number,
  from: Entries,
  start: number,
  lines: number,
  line: number,
  depth: number,
  along: number,
): void {
  const at = STAGE_AT / bytes;
  const span = (lines - 1) * line + (depth - 1) * along + 1;
  if (span <= 3 * lines * depth && span * bytes <= STAGE_BYTES) {
    copyRun(heap, at, from, start, span);
    staged.line = line * bytes;
    staged.along = along * bytes;
  } else if (line < along) {
    for (let p = 0; p < depth; p++) copyLine(heap, at + p * lines, from, start + p * along, lines, line);
    staged.line = bytes;
    staged.along = lines * bytes;
  } else {
    for (let l = 0; l < lines; l++) copyLine(heap, at + l * depth, from, start + l * line, depth, along);
    staged.line = depth * bytes;
    staged.along = bytes;
  }
}

/** Neighbours are copied at once, unless they are few: then that costs more than it saves. */
function copyRun(to: Entries, at: number, from: Entries, start: number, length: number): void {
  if (length > 48) to.set(from.subarray(start, start + length), at);
  else for (let k = 0; k < length; k++) to[at + k] = from[start + k];
}

function copyLine(to: Entries, at: number, from: Entries, start: number, length: number, step: number): void {
  if (step === 1) copyRun(to, at, from, start, length);
  else for (let k = 0, x = start; k < length; k++, x += step) to[at + k] = from[x];
}

/** Copies a matrix of so many rows and columns from one place to another. */
function move(
  to: Entries,
  toAt: number,
  toRow: number,
  toColumn: number,
  from: Entries,
  fromAt: number,
  fromRow: number,
  fromColumn: number,
  rows: number,
  columns: number,
): void {
  if (toColumn === 1 && fromColumn === 1) {
    if (toRow === columns && fromRow === columns) copyRun(to, toAt, from, fromAt, rows * columns);
    else for (let i = 0; i < rows; i++) copyRun(to, toAt + i * toRow, from, fromAt + i * fromRow, columns);
    return;
  }
  for (let i = 0; i < rows; i++) {
    let z = toAt + i * toRow;
    let x = fromAt + i * fromRow;
    for (let j = 0; j < columns; j++, z += toColumn, x += fromColumn) to[z] = from[x];
  }
}

// The plain loops: four columns at a time, as each sum waits for its last product.

function plainDoubles(
  { m, k, n, yRow, yColumn, aRow, aDepth, bDepth, bColumn }: Product,
  y: Entries,
  yAt: number,
  a: Entries,
  aAt: number,
  b: Entries,
  bAt: number,
): void {
  for (let i = 0; i < m; i++) {
    let z = yAt + i * yRow;
    let from = bAt;
    let j = 0;
    for (; j + 4 <= n; j += 4, from += 4 * bColumn) {
      let [s, t, u, v] = [0, 0, 0, 0];
      for (let p = 0, x = aAt + i * aRow, w = from; p < k; p++, x += aDepth, w += bDepth) {
        const factor = a[x];
        s += factor * b[w];
        t += factor * b[w + bColumn];
        u += factor * b[w + 2 * bColumn];
        v += factor * b[w + 3 * bColumn];
      }
      y[z] = s;
      y[z + yColumn] = t;
      y[z + 2 * yColumn] = u;
      y[z + 3 * yColumn] = v;
      z += 4 * yColumn;
    }
    for (; j < n; j++, from += bColumn, z += yColumn) {
      let s = 0;
      for (let p = 0, x = aAt + i * aRow, w = from; p < k; p++, x += aDepth, w += bDepth) s += a[x] * b[w];
      y[z] = s;
    }
  }
}

function plainSingles(
  { m, k, n, yRow, yColumn, aRow, aDepth, bDepth, bColumn }: Product,
  y: Entries,
  yAt: number,
  a: Entries,
  aAt: number,
  b: Entries,
  bAt: number,
): void {
  const { fround } = Math;
  for (let i = 0; i < m; i++) {
    let z = yAt + i * yRow;
    let from = bAt;
    let j = 0;
    for (; j + 4 <= n; j += 4, from += 4 * bColumn) {
      let [s, t, u, v] = [0, 0, 0, 0];
      for (let p = 0, x = aAt + i * aRow, w = from; p < k; p++, x += aDepth, w += bDepth) {
        const factor = a[x];
        s = fround(s + fround(factor * b[w]));
        t = fround(t + fround(factor * b[w + bColumn]));
        u = fround(u + fround(factor * b[w + 2 * bColumn]));
        v = fround(v + fround(factor * b[w + 3 * bColumn]));
      }
      y[z] = s;
      y[z + yColumn] = t;
      y[z + 2 * yColumn] = u;
      y[z + 3 * yColumn] = v;
      z += 4 * yColumn;
    }
    for (; j < n; j++, from += bColumn, z += yColumn) {
      let s = 0;
      for (let p = 0, x = aAt + i * aRow, w = from; p < k; p++, x += aDepth, w += bDepth) {
        s = fround(s + fround(a[x] * b[w]));
      }
      y[z] = s;
    }
  }
}
