/**
 * Formulas one after the other, of few entries each, as one call: what costs most of so few is everything else, and here
 * it is done once. The bits are those of the formulas.
 */

import type { Entries } from "../tensor/dtype.ts";
import { type Code, call, i32, Routine } from "./assembler.ts";
import { FUSED_AT_ONCE } from "./formula-kernel.ts";
import type { Fusion } from "./fusion.ts";
import { CONSTANTS_AT, compile, heapOf, PROGRAM_BYTES, PROGRAMS_AT } from "./machine.ts";

/** A formula of values: the inputs of the program are numbered first, then the results of its instructions. */
export interface Instruction {
  readonly fusion: Fusion;
  readonly size: number;
  /** Which values, each of as many entries or of one for all. */
  readonly operands: readonly number[];
}

/** Instructions on doubles, whose values lie in the memory while it runs, and not afterwards. */
export class Program {
  /** Where each value begins, in doubles. */
  readonly #places: readonly number[];
  readonly #sizes: readonly number[];
  readonly #run: () => void;

  private constructor(places: readonly number[], sizes: readonly number[], run: () => void) {
    this.#places = places;
    this.#sizes = sizes;
    this.#run = run;
  }

  /** The program for inputs of so many entries each; `null` where it does not fit or cannot run. */
  static of(inputs: readonly number[], instructions: readonly Instruction[]): Program | null {
    const sizes = [...inputs, ...instructions.map(({ size }) => size)];
    const places: number[] = [];
    let end = PROGRAMS_AT / 8;
    for (const size of sizes) {
      places.push(end);
      end += paddedTo(size);
    }
    if (8 * end > PROGRAMS_AT + PROGRAM_BYTES) return null;
    const loops: Routine[] = [];
    const known = new Map<Fusion, Map<number, number>>();
    const main = new Routine("main", []);
    main.code = instructions.map(({ fusion, size, operands }, k): Code => {
      const { used } = fusion;
      let uniform = 0;
      for (const [j, operand] of used.entries()) if (sizes[operands[operand]] !== size) uniform |= 1 << j;
      const own = known.get(fusion) ?? new Map<number, number>();
      known.set(fusion, own);
      const nth = own.get(uniform) ?? loops.push(fusion.loop(`formula${loops.length}`, false, uniform)) - 1;
      own.set(uniform, nth);
      const addresses = [...used.map((operand) => operands[operand]), inputs.length + k];
      return call(nth, [
        i32.const(CONSTANTS_AT),
        addresses.map((value) => i32.const(8 * places[value])),
        i32.const(paddedTo(size) / FUSED_AT_ONCE),
      ]);
    });
    const run = compile<{ main: () => void }>([...loops, main])?.main;
    return run === undefined ? null : new Program(places, sizes, run);
  }

  /** Computes all values from the inputs, which are as many and as long as was said. */
  run(inputs: readonly Entries[]): void {
    const heap = heapOf(false) as Entries; // without it there would be no program
    for (let k = 0; k < inputs.length; k++) {
      const at = this.#places[k];
      const size = this.#sizes[k];
      const entries = inputs[k];
      if (size < FEW) for (let j = 0; j < size; j++) heap[at + j] = entries[j];
      else heap.set(entries, at);
      // What is computed beyond the end is not read, but should be quick to compute.
      for (let j = size; (j & (FUSED_AT_ONCE - 1)) !== 0; j++) heap[at + j] = 0;
    }
    this.#run();
  }

  /** Copies a value out of the memory, where it is until something else runs. */
  read(value: number, into: Entries): void {
    const heap = heapOf(false) as Entries;
    const at = this.#places[value];
    const size = this.#sizes[value];
    if (size < FEW) for (let j = 0; j < size; j++) into[j] = heap[at + j];
    else into.set(heap.subarray(at, at + size));
  }
}

/** Below so many entries a loop copies faster. */
const FEW = 48;

const paddedTo = (size: number): number => Math.ceil(size / FUSED_AT_ONCE) * FUSED_AT_ONCE;
