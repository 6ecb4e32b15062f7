/** The one place where ops meet their arguments and are recorded, and who looks on meanwhile. */

import { type Dtype, leaveArenas } from "./dtype.ts";
import { DtypeError, GradientError, ValueError } from "./errors.ts";
import { currentScope, leaveAll } from "./host.ts";
import { computed, FLOAT32, HANDED_OUT, recordedBy, SYMBOLIC, stopRecorders, WEAK } from "./internals.ts";
import { plainNumber } from "./numbers.ts";
import { type Op, publicName } from "./op.ts";
import { kindOf } from "./options.ts";
import { entryName, type Shape, sameShape } from "./shape.ts";
import { letteredShape } from "./symbol.ts";
import { internals, Tensor } from "./tensor.ts";
import type { Operand } from "./typed-shapes.ts";

let recording = true;

/** Runs `compute` without recording how its results come about: they are leaves, and keep nothing alive. */
export function withoutRecording<R>(compute: () => R): R {
  const before = recording;
  recording = false;
  try {
    return compute();
  } finally {
    recording = before;
  }
}

let byHand = false;

/** Runs `compute` with the library's derivatives switched off: what it answers has been derived by hand. */
export function withoutDerivatives<R>(compute: () => R): R {
  const before = byHand;
  byHand = true;
  try {
    return compute();
  } finally {
    byHand = before;
  }
}

/** Throws where derivatives are switched off. */
export function checkDerivatives(action: string): void {
  if (!byHand) return;
  throw new GradientError(
    `Cannot ${action} here: this exercise is by hand, so the library's derivatives are switched off while it is checked`,
  );
}

/** Records again, stops watching and allows derivatives, after code was stopped in the middle of any of it. */
export function recordAgain(): void {
  recording = true;
  byHand = false;
  watcher = null;
  stopRecorders();
}

/** What is called with every op that is applied. */
export type Watcher = (op: Op, y: Tensor, inputs: readonly Tensor[]) => void;

let watcher: Watcher | null = null;

/** Runs `compute` and calls `watch` for every op that is applied meanwhile, except by `watch` itself. */
export function watching<R>(watch: Watcher, compute: () => R): R {
  const before = watcher;
  watcher = watch;
  try {
    return compute();
  } finally {
    watcher = before;
  }
}

function tell(watch: Watcher, op: Op, y: Tensor, inputs: readonly Tensor[]): void {
  watcher = null;
  try {
    withoutRecording(() => watch(op, y, inputs));
  } finally {
    watcher = watch;
  }
}

/** Whether nobody records, watches or checks the ops that are applied, so that only results matter. */
export function isQuiet(): boolean {
  return !recording && isUnobserved();
}

/** Whether nobody watches or checks the ops that are applied: then nobody keeps what lies between. */
export function isUnobserved(): boolean {
  return watcher === null && !isDebugging();
}

/** Runs `compute` with what it applies recorded, and nobody watching: to see of which ops a formula is made. */
export function tracing<R>(compute: () => R): R {
  const [wasRecording, watched] = [recording, watcher];
  recording = true;
  watcher = null;
  try {
    return recordedBy(null, compute);
  } finally {
    recording = wasRecording;
    watcher = watched;
  }
}

/** Applies an op. */
export function applyOp(op: Op, ...inputs: Tensor[]): Tensor {
  return applyTo(op, inputs);
}

/** The same for a list of operands, which the record keeps. Every computed tensor comes from here. */
export function applyTo(op: Op, inputs: readonly Tensor[]): Tensor {
  let traits = 0;
  let type = UNKNOWN;
  for (let i = 0; i < inputs.length; i++) {
    const own = internals.traitsOf(inputs[i]);
    traits |= own;
    if ((own & HANDED_OUT) !== 0) internals.checkUntouched(inputs[i]);
    if ((own & WEAK) !== 0) continue;
    if (type === UNKNOWN) type = own & FLOAT32;
    else if (type !== (own & FLOAT32)) throw mixed(op, inputs, type, own & FLOAT32);
  }
  const shape = shapeOf(op, inputs);
  const dtype = op.dtype ?? (type === FLOAT32 ? "float32" : "float64");
  const entries = computed(op.primal, { shape, dtype, name: op.name }, inputs);
  const node = recording && isRecorder ? { op, inputs, time: internals.now(), scope: currentScope() } : null;
  const isSymbolic = (traits & SYMBOLIC) !== 0;
  const y = new Tensor(isSymbolic ? letteredShape(shape) : shape, entries, node);
  if (isSymbolic) internals.setSymbolic(y);
  // All come from numbers in a formula, which adapt to what they are combined with.
  if (type === UNKNOWN && op.dtype === undefined) internals.setWeak(y);
  checkForNaN(op.name, y, inputs);
  if (watcher !== null) tell(watcher, op, y, inputs);
  return y;
}

/** The number type before any operand has one. */
const UNKNOWN = -1;

// Lists of one and two operands are the usual ones, and are passed on without another list.

function shapeOf(op: Op, inputs: readonly Tensor[]): Shape {
  if (inputs.length === 1) return op.shape(inputs[0].shape);
  if (inputs.length !== 2) return op.shape(...inputs.map((x) => x.shape));
  const [{ shape: a }, { shape: b }] = inputs;
  if (op.kernel === undefined) return op.shape(a, b);
  return b.length === 0 || sameShape(a, b) ? a : a.length === 0 ? b : op.shape(a, b);
}

function mixed(op: Op, inputs: readonly Tensor[], one: number, other: number): DtypeError {
  shapeOf(op, inputs); // shapes that do not fit are the graver error
  const [a, b] = [one, other].map((type): Dtype => (type === FLOAT32 ? "float32" : "float64"));
  return new DtypeError(
    `Cannot ${publicName(op)} ${a} and ${b}: cast one to the other's dtype, as in x.cast("${a}")`,
  );
}

/** An operand as a tensor: a number is a scalar. `action` is the verb of the error's sentence. */
export function toTensor(action: string, x: Operand): Tensor {
  if (x instanceof Tensor) return x;
  if (typeof x === "number") return internals.literal(x);
  const kind = typeof x === "string" ? "a value of type string" : kindOf(x);
  throw new ValueError(`Cannot ${action} ${kind}: give a tensor, as tensor([[1, 2]]) makes one, or a number`);
}

// Debug mode stops where a NaN first appears.

let isOn = false;

/**
 * Switches debug mode on, or off: an op that turns numbers into NaN stops with an error, at the line that
 * called it. It looks at every result, so it costs time.
 *
 * @example
 * debug(false) // undefined
 */
export function debug(on = true): void {
  isOn = on;
}

/** Whether every result is looked at. */
export function isDebugging(): boolean {
  return isOn;
}

/** In debug mode, throws if a result has NaN in it and its operands have none. */
export function checkForNaN(action: string, y: Tensor, inputs: readonly Tensor[]): void {
  if (!isOn || internals.isSymbolic(y)) return;
  const position = y.data.findIndex(Number.isNaN);
  if (position < 0 || inputs.some(({ data }) => data.some(Number.isNaN))) return;
  const operands = inputs.map((x) => {
    const name = x.name ?? "the operand";
    const alike = x.size === y.size ? position : x.size === 1 ? 0 : -1;
    return alike < 0 ? name : `${name} = ${plainNumber(x.data[alike])}`;
  });
  throw new ValueError(
    `Cannot go on after ${action}: ${entryName(position, y.shape)} is NaN, from ${operands.join(" and ")}`,
  );
}

// Restores what an interrupt leaves behind.

let isRecorder = true;

/** Records nothing from now on and for good, so that nothing in this process can be differentiated any more. */
export function stopRecording(): void {
  isRecorder = false;
}

/** Code that is stopped from outside does not run its `finally` blocks: call this once none of it is running. */
export function recover(): void {
  recordAgain();
  leaveAll();
  leaveArenas();
  internals.leaveRegions();
}
