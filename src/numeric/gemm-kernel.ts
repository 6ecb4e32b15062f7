/**
 * The product of packed blocks as WebAssembly: C += A B, or C = A B.
 *
 * A is packed in panels of five rows, B in panels of columns that fill two vectors (4 doubles or 8 single floats); the
 * entries of one k are neighbours. A tile of C, five rows by two vectors, stays in registers while its products are
 * added in the order of k, each rounded after the multiplication and after the addition: with two vectors of B, a factor
 * and a product that is 14 of 16 registers, of which V8 keeps one for itself. The blocking follows Goto and van de Geijn,
 * Anatomy of high-performance matrix multiplication (2008).
 */

import {
  advance,
  type Code,
  either,
  get,
  i32,
  type Lanes,
  loopWhile,
  Routine,
  repeat,
  set,
  v128,
  when,
} from "./assembler.ts";
import { compile } from "./machine.ts";

/** The rows of a tile. */
export const TILE_ROWS = 5;
/** The bytes of a row of a tile: two vectors. */
export const TILE_BYTES = 32;

/** Multiplies blocks that are packed: addresses in bytes, numbers of panels, and the length of a row of C in bytes. */
export type Multiply = (
  a: number,
  b: number,
  c: number,
  rowPanels: number,
  columnPanels: number,
  depth: number,
  rowOfC: number,
  isFirst: number,
) => void;

/** Packs so many lines of so many entries each; how far it is to the next line, and along a line, is in bytes. */
export type Pack = (
  to: number,
  from: number,
  lines: number,
  line: number,
  depth: number,
  along: number,
) => void;

/** The functions for one number type. */
export interface GemmKernel {
  readonly multiply: Multiply;
  readonly packRows: Pack;
  readonly packColumns: Pack;
}

/** The functions for doubles, or for single floats. */
export function gemmKernel(lanes: Lanes): GemmKernel | null {
  const columns = TILE_BYTES / lanes.bytes;
  return compile([multiply(lanes), pack("packRows", TILE_ROWS, lanes), pack("packColumns", columns, lanes)]);
}

function multiply(lanes: Lanes): Routine {
  const routine = new Routine("multiply", ["i32", "i32", "i32", "i32", "i32", "i32", "i32", "i32"]);
  const [a, b, c, rowPanels, columnPanels, depth, rowOfC, isFirst] = routine.parameters.keys();
  const [i, j, k, x, y, z, start] = Array.from({ length: 7 }, () => routine.local("i32"));
  const [left, right, factor] = Array.from({ length: 3 }, () => routine.local("v128"));
  const tile = Array.from({ length: TILE_ROWS }, () => [routine.local("v128"), routine.local("v128")]);

  /** One k: a column of A times a row of B. */
  const step = (nth: number): Code => [
    set(left, v128.load(get(y), nth * TILE_BYTES)),
    set(right, v128.load(get(y), nth * TILE_BYTES + 16)),
    tile.map(([first, second], row) => [
      set(factor, lanes.loadSplat(get(x), (nth * TILE_ROWS + row) * lanes.bytes)),
      set(first, lanes.add(get(first), lanes.mul(get(factor), get(left)))),
      set(second, lanes.add(get(second), lanes.mul(get(factor), get(right)))),
    ]),
  ];
  const steps = (count: number): Code => [
    Array.from({ length: count }, (_, nth) => step(nth)),
    advance(x, i32.const(count * TILE_ROWS * lanes.bytes)),
    advance(y, i32.const(count * TILE_BYTES)),
    advance(k, i32.const(count)),
  ];
  const areLeft = (count: number): Code => i32.less(i32.add(get(k), i32.const(count - 1)), get(depth));
  const eachRowOfTile = (body: (row: readonly number[], address: Code) => Code): Code => [
    set(z, get(c)),
    tile.map((row) => [body(row, get(z)), advance(z, get(rowOfC))]),
  ];
  const nextTile: Code = [
    set(y, get(b)),
    set(k, i32.const(0)),
    tile.flat().map((one) => set(one, v128.const(0n))),
    when(
      i32.less(get(isFirst), i32.const(1)),
      eachRowOfTile(([first, second], at) => [set(first, v128.load(at)), set(second, v128.load(at, 16))]),
    ),
    loopWhile(areLeft(UNROLLED), steps(UNROLLED)),
    loopWhile(areLeft(1), steps(1)),
    eachRowOfTile(([first, second], at) => [v128.store(at, get(first)), v128.store(at, get(second), 16)]),
    set(c, get(z)), // where the row after the tile begins
    advance(i, i32.const(1)),
  ];
  const nextColumns: Code = [
    set(start, get(c)),
    set(x, get(a)), // the panels of A follow each other
    set(i, i32.const(0)),
    repeat(nextTile, i32.less(get(i), get(rowPanels))),
    set(c, i32.add(get(start), i32.const(TILE_BYTES))),
    advance(b, i32.mul(get(depth), i32.const(TILE_BYTES))),
    advance(j, i32.const(1)),
  ];
  routine.code = repeat(nextColumns, i32.less(get(j), get(columnPanels)));
  return routine;
}

/** How many k there are to one pass of the loop. */
const UNROLLED = 4;

function pack(name: string, width: number, lanes: Lanes): Routine {
  const routine = new Routine(name, ["i32", "i32", "i32", "i32", "i32", "i32"]);
  const [to, from, lines, line, depth, along] = routine.parameters.keys();
  const k = routine.local("i32");
  const sources = Array.from({ length: width }, () => routine.local("i32"));
  const bytes = width * lanes.bytes;
  const eachDepth = (body: Code): Code => [
    set(k, i32.const(0)),
    loopWhile(i32.less(get(k), get(depth)), [body, advance(to, i32.const(bytes)), advance(k, i32.const(1))]),
  ];
  /** The lines of a panel that has too few repeat its last one: what comes of them is never read. */
  const eachLine = [
    sources.map((source, nth) => [
      set(source, nth === 0 ? get(from) : get(sources[nth - 1])),
      nth > 0 ? when(i32.less(i32.const(nth), get(lines)), advance(source, get(line))) : [],
    ]),
    eachDepth(
      sources.map((source, nth) => [
        lanes.move(get(to), get(source), nth * lanes.bytes),
        advance(source, get(along)),
      ]),
    ),
  ];
  const neighbours = [
    set(sources[0], get(from)),
    eachDepth([
      Array.from({ length: bytes / 16 }, (_, nth) =>
        v128.store(get(to), v128.load(get(sources[0]), 16 * nth), 16 * nth),
      ),
      advance(sources[0], get(along)),
    ]),
  ];
  const areNeighbours = i32.equal(get(line), i32.const(lanes.bytes));
  routine.code = loopWhile(i32.isPositive(get(lines)), [
    bytes % 16 === 0 ? either(areNeighbours, neighbours, eachLine) : eachLine,
    advance(from, i32.mul(get(line), i32.const(width))),
    set(lines, i32.sub(get(lines), i32.const(width))),
  ]);
  return routine;
}
