/** What a tensor is to the engine: how it came about, what it remembers, and who may read its numbers as they are. */

import type { Entries } from "./dtype.ts";
import type { Scope } from "./host.ts";
import type { Form, Op } from "./op.ts";
import type { Shape } from "./shape.ts";
import type { Tensor } from "./tensor.ts";

/** How a tensor came about: the op, and the tensors it was applied to. */
export interface Node {
  readonly op: Op;
  readonly inputs: readonly Tensor[];
  /** The time of the last `assign` before it was recorded. */
  readonly time: number;
  /** What it was part of, such as a layer. */
  readonly scope: Scope | null;
}

/** What a tensor is, if that says more than a name: ∂Y/∂X. */
export interface Label {
  readonly tex: string;
  readonly text: string;
}

/** The `backward` that gave a tensor its gradient: where it started, and with which dY. */
export interface Origin {
  readonly y: Tensor;
  /** `null` if none was given, as y is a single number. */
  readonly cotangent: Tensor | null;
  /** Where in the notebook it was called. */
  readonly at: number;
}

/** Where a detached tensor has its numbers from. */
export interface Source {
  /** The tensor itself; `null` when it is gone, or has other numbers by now. */
  readonly tensor: Tensor | null;
  /** The same numbers under the same name, without the history, which would be kept alive for nothing. */
  readonly copy: Tensor;
}

/** What few tensors have. */
export class Particulars {
  name: string | null = null;
  label: Label | null = null;
  /** The letters that a symbol was given for its lengths. */
  dims: readonly (string | null)[] | null = null;
  /** The tensor whose gradient this is. */
  gradientOf: Tensor | null = null;
  /** What it was detached from. */
  source: { readonly tensor: WeakRef<Tensor>; readonly copy: Tensor; readonly time: number } | null = null;
  /**
   * The copy that `data` hands out. Others would write to the entries themselves, and a record would be differentiated
   * at numbers it was not computed from. A typed array cannot be frozen, and a proxy of one is slow to read; so there
   * is one copy per tensor, as fast as the original, which is compared with it wherever the tensor is used next.
   */
  handedOut: Entries | null = null;
}

// The traits of a tensor, a bit each: an op asks for all of them at once.

/** A number that stood in a formula. */
export const LITERAL = 1;
/** Made of such numbers alone. */
export const WEAK = 2;
/** Made of symbols: the numbers mean nothing. */
export const SYMBOLIC = 4;
/** A copy of the entries was handed out. */
export const HANDED_OUT = 8;
/** The number type is float32. */
export const FLOAT32 = 16;
/** Nobody else has the array of the entries, so that an assignment may write to it. */
export const EXCLUSIVE = 32;

/** What only the engine may ask and do; `Tensor` answers, as it alone can see its private fields. */
export interface Internals extends Regions {
  /** How `x` came about; `null` for a leaf. */
  nodeOf(x: Tensor): Node | null;
  /** Whether `x` is a number that stood in a formula, such as the 1 of `sub(1, x)`. */
  isLiteral(x: Tensor): boolean;
  /** A number that stands in a formula, as a scalar. */
  literal(value: number): Tensor;
  /** Whether `x` comes from numbers in a formula alone, and so takes the number type of what it is combined with. */
  isWeak(x: Tensor): boolean;
  setWeak(x: Tensor): void;
  /** The tensor whose gradient `x` is, or `null`. */
  primalOf(x: Tensor): Tensor | null;
  /** All traits of `x`. */
  traitsOf(x: Tensor): number;
  /** The entries themselves, which nobody may write to, nor keep without `share`. */
  entriesOf(x: Tensor): Entries;
  /** The `.grad` of `x`, or `null` before a backward pass has reached it. */
  gradientOf(x: Tensor): Tensor | null;
  /** Makes the numbers of `gradient` the `.grad` of `x`, which prints as dX; `origin` is the `backward` they are from. */
  setGradient(x: Tensor, gradient: Tensor, origin: Origin): void;
  /** Makes `gradient` print as the gradient of `x`, without being its `.grad`. */
  markGradient(x: Tensor, gradient: Tensor): void;
  /** The `backward` that reached `x` last; `null` before any. */
  originOf(x: Tensor): Origin | null;
  /** What `x` is printed as in addition to its name. */
  labelOf(x: Tensor): Label | null;
  setLabel(x: Tensor, label: Label): void;
  /** The letters a symbol was given for its lengths; `null` for a tensor of numbers. */
  dimsOf(x: Tensor): readonly (string | null)[] | null;
  setDims(x: Tensor, dims: readonly (string | null)[]): void;
  /** Another tensor with the numbers and the history of `x`, for a name of its own. */
  copyOf(x: Tensor): Tensor;
  /** Another tensor with the numbers of `x` and no history, not even that of having been detached. */
  leafOf<S extends Shape>(x: Tensor<S>): Tensor<S>;
  /** What `x` was detached from; `null` if it was not, or has been assigned since. */
  sourceOf(x: Tensor): Source | null;
  /** Whether symbols are among what `x` was computed from: then its numbers mean nothing. */
  isSymbolic(x: Tensor): boolean;
  setSymbolic(x: Tensor): void;
  /** Throws if `x` comes from symbols, so that there are no numbers to take `action` of. */
  checkNumbers(action: string, x: Tensor): void;
  /** Throws if somebody has written to the copy of the entries that `x.data` handed out. */
  checkUntouched(x: Tensor): void;
  /** Where in the notebook `x` was made, as the host counts places; 0 without a host. */
  madeAt(x: Tensor): number;
  /** The time of the last `assign` to `x`; 0 before any. */
  assignedAt(x: Tensor): number;
  /** The time of the last `assign` to any tensor. */
  now(): number;
  /** Replaces the entries of `x` by those of `value`. */
  assign(x: Tensor, value: Tensor): void;
  /** Says that somebody else keeps the array of the entries of `x`, so that the next assignment makes another. */
  share(x: Tensor): void;
  /** Names `x` after its declaration, unless it has a name. */
  captureName(x: Tensor, name: string): void;
  /** Throws where numbers may not be read, as what is done with them would not be replayed. */
  checkUnread(x: Tensor): void;
  /** Makes `entries` those of `x`, which stands for one value after another. */
  lend(x: Tensor, entries: Entries): void;
  /** Runs something while tensors have the numbers of others, for everybody who reads them; nothing else changes. */
  withNumbers<T>(numbers: ReadonlyMap<Tensor, Tensor>, run: () => T): T;
  /** Where `x` sits in the order of a walk, as `toposort` numbered it. */
  seatOf(x: Tensor): number;
  seat(x: Tensor, at: number): void;
  /** The rare facts of `x`, to be written to. */
  factsOf(x: Tensor): Particulars;
}

// Regions: while kernels, displays, derivations and checks run, they may read numbers that others may not.

/** How the regions are entered and left. */
interface Regions {
  /** Runs `compute`, in which the numbers behind symbols may be read: derivations and checks need some. */
  withWitnesses<R>(compute: () => R): R;
  /** Runs `compute`, a rule or a display, which reads entries where they are, and changes none. */
  inEngine<R>(compute: () => R): R;
  /** The same, as two calls: between them a kernel runs. */
  enterEngine(): void;
  leaveEngine(): void;
  /** Runs `run` and then `end`, also when code was stopped in the middle: then with the regions above. */
  ending<R>(end: () => void, run: () => R): R;
  /** Forgets the regions above, when code was stopped in the middle of one. */
  leaveRegions(): void;
}

/** How many kernels and displays are running, nested in each other. */
export let readers = 0;
/** How many derivations and checks are running, which may read the numbers behind symbols. */
export let witnessing = 0;

/** What is still to be done at the end of regions. */
let pending: (() => void)[] = [];

/** Counts who is in which region. */
export const regions: Regions = {
  withWitnesses: (compute) => {
    witnessing += 1;
    try {
      return compute();
    } finally {
      witnessing -= 1;
    }
  },
  inEngine: (compute) => {
    readers += 1;
    try {
      return compute();
    } finally {
      readers -= 1;
    }
  },
  enterEngine: () => {
    readers += 1;
  },
  leaveEngine: () => {
    readers -= 1;
  },
  ending: (end, run) => {
    pending.push(end);
    try {
      return run();
    } finally {
      pending.pop();
      end();
    }
  },
  leaveRegions: () => {
    const ends = pending.reverse();
    pending = [];
    for (const end of ends) end();
    readers = 0;
    witnessing = 0;
  },
};

// A computation that is recorded to be replayed: who records is told of all that happens, in order.

/** What is told when numbers are read or replaced, while a computation is recorded to be replayed. */
export interface Auditor {
  assigned(x: Tensor, value: Tensor): void;
  replaced(x: Tensor, value: Tensor): void;
  /** Throws: what was done cannot be replayed. */
  refuse(why: string): never;
}

/** What is told of everything that is computed, in the order of the computation, however it is: ops, loops, assignments. */
export interface Recorder extends Auditor {
  /** `primal` has made `entries`, of `form`, from these operands; it makes them again from others. */
  applied(primal: Op["primal"], form: Form, entries: Entries, inputs: readonly Tensor[]): void;
}

let recorder: Recorder | null = null;
/** The same, while it is to know of what is read and assigned. */
export let auditor: Auditor | null = null;

/** Runs `compute` and tells `own` what is computed. */
export function recordedBy<R>(own: Recorder | null, compute: () => R): R {
  const [before, audited] = [recorder, auditor];
  recorder = own;
  auditor = own;
  try {
    return compute();
  } finally {
    recorder = before;
    auditor = audited;
  }
}

/** Tells nobody any more, when code was stopped in the middle. */
export function stopRecorders(): void {
  recorder = null;
  auditor = null;
}

/** Whether somebody is told what is computed. */
export function isRecorded(): boolean {
  return recorder !== null;
}

/** The entries that `primal` makes from the operands; whoever records is told of it. */
export function computed(primal: Op["primal"], form: Form, inputs: readonly Tensor[]): Entries {
  if (recorder === null) return run(primal, form, inputs);
  const own = recorder;
  // A primal may look at numbers: it does so again when it is replayed.
  const audited = auditor;
  auditor = null;
  try {
    const entries = run(primal, form, inputs);
    own.applied(primal, form, entries, inputs);
    return entries;
  } finally {
    auditor = audited;
  }
}

function run(primal: Op["primal"], form: Form, inputs: readonly Tensor[]): Entries {
  regions.enterEngine();
  try {
    if (inputs.length === 1) return primal(form, inputs[0]);
    if (inputs.length === 2) return primal(form, inputs[0], inputs[1]);
    return primal(form, ...inputs);
  } finally {
    regions.leaveEngine();
  }
}
