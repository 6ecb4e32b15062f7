/** Formulas as WebAssembly: a loop over two numbers at a time, made from the terms of a formula. */

import {
  advance,
  type Code,
  demote,
  f64x2,
  get,
  i32,
  i64x2,
  type Local,
  loopWhile,
  promote,
  Routine,
  set,
  v128,
  when,
} from "./assembler.ts";
import { type Condition, type Num, type Term, traced } from "./formula.ts";
import { compile, placeOf } from "./machine.ts";

/**
 * Computes results from arguments in memory. It takes the addresses of the constants, of each argument and of the result,
 * in bytes, and how often two pairs are computed.
 */
export type RunFormula = (...addressesAndCount: number[]) => void;

/** The loop over doubles, and over single floats, for which it computes with doubles and rounds the result. */
export interface FormulaKernel {
  readonly doubles: RunFormula;
  readonly singles: RunFormula;
}

/** The kernel of a formula of so many arguments; `null` where kernels cannot run. */
export function formulaKernel(body: (...x: Num[]) => Num, arity: number): FormulaKernel | null {
  return compile([formulaLoop("doubles", body, arity, false), formulaLoop("singles", body, arity, true)]);
}

/** How many pairs are computed side by side: the operations of one wait less for each other among those of the other. */
const WAYS = 2;

/** How many entries are computed at once. */
export const FUSED_AT_ONCE: number = 2 * WAYS;

/** The parameter that says where the constants are: relative to it, each is one instruction away. */
const CONSTANTS: Local = 0;

/** A `RunFormula`, for doubles or single floats. Bit k of `uniform` says that argument k is one double for all. */
export function formulaLoop(
  name: string,
  body: (...x: Num[]) => Num,
  arity: number,
  isSingle: boolean,
  uniform = 0,
): Routine {
  const bytes = isSingle ? 8 : 16;
  const routine = new Routine(name, Array<"i32">(arity + 3).fill("i32"));
  const addresses = Array.from({ length: arity + 1 }, (_, k) => k + 1);
  const [to, count] = [arity + 1, arity + 2];
  const { x, y } = traced(body, arity);
  const writer = new Writer(routine);
  const isUniform = (k: number): boolean => ((uniform >> k) & 1) === 1;
  for (const [k, argument] of x.entries()) {
    const address = get(addresses[k]);
    if (isUniform(k)) {
      writer.give(argument, () => f64x2.loadSplat(address));
      continue;
    }
    writer.give(argument, (way) =>
      isSingle ? promote(v128.loadHalf(address, way * bytes)) : v128.load(address, way * bytes),
    );
  }
  const values = writer.valuesOf(y);
  routine.code = loopWhile(i32.isPositive(get(count)), [
    writer.code,
    values.map((value, way) =>
      isSingle
        ? v128.storeHalf(get(to), demote(value), way * bytes)
        : v128.store(get(to), value, way * bytes),
    ),
    addresses.map((address, k) => (isUniform(k) ? [] : advance(address, i32.const(WAYS * bytes)))),
    advance(count, i32.const(-1)),
  ]);
  return routine;
}

/** Writes terms in the order in which they are needed; each has a local variable for each pair. */
class Writer {
  readonly routine: Routine;
  code: Code[] = [];
  #locals = new Map<Term, readonly Local[]>();

  constructor(routine: Routine) {
    this.routine = routine;
  }

  /** Keeps the values of a term. */
  give(term: Term, value: (way: number) => Code): readonly Local[] {
    const locals = Array.from({ length: WAYS }, () => this.routine.local("v128"));
    this.code.push(...locals.map((local, way) => set(local, value(way))));
    this.#locals.set(term, locals);
    return locals;
  }

  valuesOf(x: Num | Condition): readonly Code[] {
    if (typeof x === "number") return Array<Code>(WAYS).fill(get(this.#constant(x)));
    if (typeof x === "boolean") return Array<Code>(WAYS).fill(v128.const(x ? ONES : 0n));
    return (this.#locals.get(x) ?? (x.operation === "rarely" ? this.#rarely(x) : this.#written(x))).map(get);
  }

  /** A constant is loaded where it is needed: too many are for all to stay in registers. */
  #constant(x: number): Local {
    const local = this.routine.local("v128");
    this.code.push(set(local, splat(x)));
    return local;
  }

  #written(term: Term): readonly Local[] {
    const isMasked = term.operation === "select" && Object.is(term.operands[2], 0);
    const operands = term.operands.slice(0, isMasked ? 2 : 3).map((operand) => this.valuesOf(operand));
    return this.give(term, (way) => {
      const [x, y, z] = operands.map((values) => values[way]);
      return isMasked ? v128.and(x, y) : WRITTEN[term.operation](x, y, z);
    });
  }

  /** What is seldom asked for is computed where any of the pairs asks; what is known only there is forgotten after it. */
  #rarely(term: Term): readonly Local[] {
    const [condition, seldom, mostly] = term.operands;
    const usual = this.valuesOf(mostly);
    const result = this.give(term, (way) => usual[way]);
    const holds = this.valuesOf(condition);
    const [before, locals] = [this.code, this.#locals];
    [this.code, this.#locals] = [[], new Map(locals)];
    const values = this.valuesOf(seldom);
    const chosen = result.map((local, way) => set(local, v128.select(holds[way], values[way], get(local))));
    this.code = [...before, when(v128.any(holds.reduce(v128.or)), [this.code, chosen])];
    this.#locals = locals;
    return result;
  }
}

const ONES: bigint = 2n ** 64n - 1n;

/** The double whose bits are those of a fraction, and the one whose bits are those of the number 2047. */
const FRACTION = 2.225073858507201e-308;
const EXPONENT = 2047 * Number.MIN_VALUE;

/** 1.5 · 2⁵²: a whole number that is added to it stands in the last bits of the sum. */
const LAST_BITS = 6755399441055744;

const splat = (x: number): Code => f64x2.loadSplat(get(CONSTANTS), placeOf(x));

const WRITTEN: Readonly<Record<Term["operation"], (x: Code, y: Code, z: Code) => Code>> = {
  argument: (x) => x, // given
  rarely: (x) => x, // written above
  add: f64x2.add,
  sub: f64x2.sub,
  mul: f64x2.mul,
  div: f64x2.div,
  neg: f64x2.neg,
  abs: f64x2.abs,
  sqrt: f64x2.sqrt,
  floor: f64x2.floor,
  withSign: (x, y) => v128.or(y, v128.and(x, splat(-0))),
  powerOfTwo: (k) => i64x2.shiftLeft(f64x2.add(k, splat(LAST_BITS + 1023)), i32.const(52)),
  exponentOf: (x) => {
    const biased = v128.and(i64x2.shiftRight(x, i32.const(52)), splat(EXPONENT));
    return f64x2.sub(v128.or(biased, splat(2 ** 52)), splat(2 ** 52 + 1023));
  },
  significandOf: (x) => v128.or(v128.and(x, splat(FRACTION)), splat(1)),
  rounded: (x) => promote(demote(x)),
  less: f64x2.less,
  lessOrEqual: f64x2.lessOrEqual,
  equal: f64x2.equal,
  not: (p) => v128.xor(p, v128.const(ONES)),
  and: v128.and,
  or: v128.or,
  select: v128.select,
};
