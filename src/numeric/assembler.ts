/**
 * A small assembler for WebAssembly: functions in, the bytes of a module out.
 *
 * An instruction is a function of the code of its operands, so a kernel reads like a formula:
 * `f64x2.add(get(x), f64x2.mul(get(y), get(z)))`. The binary format is that of the WebAssembly Core Specification 2.0.
 */

/** Instructions; what they consist of may be nested. */
export type Code = number | readonly Code[];

/** The type of a parameter, of a local, or of a result. */
export type Type = "i32" | "f64" | "v128";

const TYPES: Readonly<Record<Type, number>> = { i32: 0x7f, f64: 0x7c, v128: 0x7b };

/** A parameter or a local variable. */
export type Local = number;

/** A function of a module, while it is written. */
export class Routine {
  readonly name: string;
  readonly parameters: readonly Type[];
  readonly result: Type | null;
  readonly locals: Type[] = [];
  code: Code = [];

  constructor(name: string, parameters: readonly Type[], result: Type | null = null) {
    this.name = name;
    this.parameters = parameters;
    this.result = result;
  }

  /** Another local variable; it is 0 at first. */
  local(type: Type): Local {
    return this.parameters.length + this.locals.push(type) - 1;
  }
}

/** The bytes of a module whose functions all are exported, and whose memory is `env.memory`. */
export function assemble(routines: readonly Routine[]): Uint8Array {
  const types = routines.map(({ parameters, result }) => [
    0x60,
    list(parameters.map((type) => TYPES[type])),
    list(result === null ? [] : [TYPES[result]]),
  ]);
  const memory = [text("env"), text("memory"), 0x02, 0x00, whole(1)];
  const exports = routines.map(({ name }, k) => [text(name), 0x00, whole(k)]);
  const bodies = routines.map(({ locals, code }) =>
    sized([list(locals.map((type) => [1, TYPES[type]])), code, END]),
  );
  const section = (id: number, items: readonly Code[]): Code => [id, sized(list(items))];
  return Uint8Array.from(
    flat([
      [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00], // "\0asm", version 1
      section(1, types),
      section(2, [memory]),
      section(
        3,
        routines.map((_, k) => whole(k)),
      ),
      section(7, exports),
      section(10, bodies),
    ]),
  );
}

const flat = (code: Code): number[] => (typeof code === "number" ? [code] : flatten(code, []));

function flatten(code: readonly Code[], into: number[]): number[] {
  for (const part of code) {
    if (typeof part === "number") into.push(part);
    else flatten(part, into);
  }
  return into;
}

/** A whole number from 0 on, seven bits to a byte (LEB128). */
const whole = (n: number): Code => (n < 128 ? n : [(n & 127) | 128, whole(n >>> 7)]);

/** A whole number with a sign. */
const signed = (n: number): Code => (n >= -64 && n < 64 ? n & 127 : [(n & 127) | 128, signed(n >> 7)]);

const list = (items: readonly Code[]): Code => [whole(items.length), items];

const text = (string: string): Code => list(Array.from(string, (letter) => letter.charCodeAt(0)));

const sized = (code: Code): Code => {
  const bytes = flat(code);
  return [whole(bytes.length), bytes];
};

// Variables and control.

const END = 0x0b;
const NOTHING = 0x40;

export const get = (local: Local): Code => [0x20, whole(local)];
export const set = (local: Local, value: Code): Code => [value, 0x21, whole(local)];

/** Calls a function of the module with the values of `given`. */
export const call = (nth: number, given: Code): Code => [given, 0x10, whole(nth)];

/** Repeats `body` as long as `condition` holds after it. */
export const repeat = (body: Code, condition: Code): Code => [
  [0x03, NOTHING],
  [body, condition, [0x0d, 0]],
  END,
];

/** Runs `body` where the i32 is not 0. */
export const when = (condition: Code, body: Code): Code => [condition, [0x04, NOTHING], body, END];

/** Runs one body where the i32 is not 0, else the other. */
export const either = (condition: Code, one: Code, other: Code): Code => [
  [condition, 0x04, NOTHING],
  [one, 0x05, other],
  END,
];

/** Repeats `body` while the condition holds, which is asked before it. */
export const loopWhile = (condition: Code, body: Code): Code => when(condition, repeat(body, condition));

/** Moves a local on by an i32. */
export const advance = (local: Local, step: Code): Code => set(local, i32.add(get(local), step));

// Arithmetic: an operation is a function of the code of its operands.

type Unary = (x: Code) => Code;
type Binary = (x: Code, y: Code) => Code;

const unary =
  (...opcode: number[]): Unary =>
  (x) => [x, opcode];
const binary =
  (...opcode: number[]): Binary =>
  (x, y) => [x, y, opcode];

interface Integers {
  readonly const: (n: number) => Code;
  readonly add: Binary;
  readonly sub: Binary;
  readonly mul: Binary;
  readonly or: Binary;
  /** Of numbers from 0 on. */
  readonly less: Binary;
  readonly equal: Binary;
  readonly isPositive: Unary;
}

/** Whole numbers of 32 bits. */
export const i32: Integers = {
  const: (n) => [0x41, signed(n)],
  add: binary(0x6a),
  sub: binary(0x6b),
  mul: binary(0x6c),
  or: binary(0x72),
  less: binary(0x49),
  equal: binary(0x46),
  isPositive: (x) => [x, [0x41, 0], 0x4a],
};

/** An instruction on vectors of 16 bytes. */
const simd = (opcode: number): number[] => [0xfd, ...flat([whole(opcode)])];

/** Where in memory: the address, and an offset in bytes. */
const at = (offset: number): Code => [0, whole(offset)];

interface Vectors {
  readonly load: (address: Code, offset?: number) => Code;
  readonly store: (address: Code, value: Code, offset?: number) => Code;
  /** The eight bytes there, and eight of 0. */
  readonly loadHalf: (address: Code, offset?: number) => Code;
  /** Writes the first eight bytes. */
  readonly storeHalf: (address: Code, value: Code, offset?: number) => Code;
  readonly const: (low: bigint, high?: bigint) => Code;
  readonly and: Binary;
  readonly or: Binary;
  readonly xor: Binary;
  /** Where the mask is one, the bits of `x`, elsewhere those of `y`. */
  readonly select: (mask: Code, x: Code, y: Code) => Code;
  /** Whether any bit is one, as an i32. */
  readonly any: Unary;
}

/** Vectors as bits. A comparison gives ones where it holds, and zeros elsewhere. */
export const v128: Vectors = {
  load: (address, offset = 0) => [address, simd(0), at(offset)],
  store: (address, value, offset = 0) => [address, value, simd(11), at(offset)],
  loadHalf: (address, offset = 0) => [address, simd(93), at(offset)],
  storeHalf: (address, value, offset = 0) => [address, value, simd(91), at(offset), 0],
  const: (low, high = low) => [simd(12), [...new Uint8Array(new BigUint64Array([low, high]).buffer)]],
  and: binary(...simd(78)),
  or: binary(...simd(80)),
  xor: binary(...simd(81)),
  select: (mask, x, y) => [x, y, mask, simd(82)],
  any: unary(...simd(83)),
};

/** What vectors of doubles and of single floats have in common. */
export interface Lanes {
  readonly bytes: number;
  /** The number at an address, in every lane. */
  readonly loadSplat: (address: Code, offset?: number) => Code;
  /** Copies one number from an address to another, plus an offset. */
  readonly move: (to: Code, from: Code, offset: number) => Code;
  readonly add: Binary;
  readonly sub: Binary;
  readonly mul: Binary;
  readonly div: Binary;
  readonly sqrt: Unary;
  readonly abs: Unary;
  readonly neg: Unary;
  readonly floor: Unary;
  readonly equal: Binary;
  readonly less: Binary;
  readonly lessOrEqual: Binary;
}

const lanes = (bytes: number, splat: number, first: number, comparisons: number, floor: number): Lanes => ({
  bytes,
  loadSplat: (address, offset = 0) => [address, simd(splat), at(offset)],
  move: (to, from, offset) =>
    bytes === 8 ? [to, from, 0x2b, at(0), 0x39, at(offset)] : [to, from, 0x2a, at(0), 0x38, at(offset)],
  abs: unary(...simd(first)),
  neg: unary(...simd(first + 1)),
  sqrt: unary(...simd(first + 3)),
  add: binary(...simd(first + 4)),
  sub: binary(...simd(first + 5)),
  mul: binary(...simd(first + 6)),
  div: binary(...simd(first + 7)),
  floor: unary(...simd(floor)),
  equal: binary(...simd(comparisons)),
  less: binary(...simd(comparisons + 2)),
  lessOrEqual: binary(...simd(comparisons + 4)),
});

/** Two doubles side by side. */
export const f64x2: Lanes = lanes(8, 10, 236, 71, 117);

/** Four single floats side by side. */
export const f32x4: Lanes = lanes(4, 9, 224, 65, 104);

/** A double in both lanes. */
export const both = (x: number): Code => v128.const(bitsOf(x));

const bitsOf = (x: number): bigint => new BigUint64Array(new Float64Array([x]).buffer)[0];

/** Two doubles as the bits they consist of. */
export const i64x2: Readonly<Record<"shiftLeft" | "shiftRight" | "add", Binary>> = {
  shiftLeft: binary(...simd(203)),
  shiftRight: binary(...simd(205)),
  add: binary(...simd(206)),
};

/** The first two single floats as doubles, and back. */
export const promote: Unary = unary(...simd(95));
export const demote: Unary = unary(...simd(94));
