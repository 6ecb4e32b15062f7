/** What the outside judges answered: the files of test/judges/fixtures, read into tensors. */
import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import * as gradbook from "../../src/index.ts";
import { Tensor } from "../../src/index.ts";

/** A number; JSON has no NaN, ∞ and −∞, so they are strings. */
type Entry = number | "NaN" | "Infinity" | "-Infinity";

/** A tensor in a file. */
export interface Stored {
  readonly shape: number[];
  readonly data: readonly Entry[];
  /** It is not differentiated: a condition, class indices. */
  readonly constant?: true;
}

type StoredArgument = Stored | Entry | string | null | readonly StoredArgument[];

/** One call of one op. */
export interface Question {
  readonly op: string;
  readonly id: string;
  readonly args: readonly StoredArgument[];
  readonly options?: Readonly<Record<string, StoredArgument | boolean>>;
  readonly dtype?: "float32";
  /** Each entry of the result comes from one entry of each argument. */
  readonly entrywise?: true;
}

/** A call, and what both judges answered, or the one that can. */
export interface Fixture extends Question {
  /** The judges that were not asked, each with the reason. */
  readonly without?: Readonly<Record<string, string>>;
  /** Of one tensor. */
  readonly value: readonly Stored[];
  readonly cotangent?: Stored;
  /** One for each differentiated tensor, in the order of the arguments. */
  readonly vjp?: readonly Stored[];
  /** Likewise, each a matrix of shape [size of y, size of x]. */
  readonly jacobian?: readonly Stored[];
  /** The second derivatives of ⟨cotangent, y⟩: the matrix of each pair of tensors, row by row of pairs. */
  readonly hessian?: readonly Stored[];
}

/** A call where the judges disagree with each other or with our semantics: its vjp of a cotangent of ones. */
export interface Exception extends Question {
  readonly reason: string;
  /** What we answer; then what they do. */
  readonly decided: readonly Stored[];
  readonly torch?: readonly Stored[];
  readonly jax?: readonly Stored[];
}

/** The judges' versions, and their answers. */
interface File<Case> {
  readonly judges: Readonly<Record<string, string>>;
  readonly cases: readonly Case[];
}

const folder = join(import.meta.dirname, "fixtures");

const read = <Case>(name: string): File<Case> => JSON.parse(readFileSync(join(folder, name), "utf8"));

/** All calls that the judges answer alike. */
export const fixtures: readonly Fixture[] = globSync("*.json", { cwd: folder })
  .filter((file) => basename(file) !== "exceptions.json")
  .sort()
  .flatMap((file) => read<Fixture>(file).cases);

/** All decided exceptions, and who disagrees. */
export const { cases: exceptions, judges }: File<Exception> = read("exceptions.json");

/** A call made ready: its differentiated tensors, and its result as a function of them. */
export interface Posed {
  readonly xs: readonly Tensor[];
  readonly call: (...xs: Tensor[]) => Tensor;
}

/** Makes the call of a question with our library. Several results are judged as one vector. */
export function pose({ op, args, options, dtype }: Question): Posed {
  const make = (stored: Stored): Tensor => tensorOf(stored, dtype);
  const xs = differentiated(args).map(make);
  const f = (gradbook as unknown as Record<string, (...args: unknown[]) => Tensor | Tensor[] | boolean>)[op];
  const decoded = options && Object.fromEntries(Object.entries(options).map(([k, v]) => [k, decode(v)]));
  return {
    xs,
    call: (...given) => {
      const rest = [...given];
      const fill = (arg: StoredArgument): unknown => {
        if (isStored(arg)) return arg.constant ? make(arg) : rest.shift();
        return isList(arg) && arg.some(isStored) ? arg.map(fill) : decode(arg);
      };
      const y = f(...args.map(fill), ...(decoded ? [decoded] : []));
      if (Array.isArray(y)) return gradbook.concat(y.map((part) => gradbook.reshape(part, -1)));
      return typeof y === "boolean" ? tensorOf({ shape: [], data: [Number(y)] }) : y;
    },
  };
}

/** A stored tensor as ours. */
export function tensorOf({ shape, data }: Stored, dtype?: "float32"): Tensor {
  const entries = data.map(Number);
  return new Tensor(
    [...shape],
    dtype === "float32" ? Float32Array.from(entries) : Float64Array.from(entries),
  );
}

function differentiated(args: readonly StoredArgument[]): Stored[] {
  return args.flatMap((arg) => {
    if (isStored(arg)) return arg.constant ? [] : [arg];
    return isList(arg) ? differentiated(arg) : [];
  });
}

function isStored(arg: StoredArgument | boolean): arg is Stored {
  return typeof arg === "object" && arg !== null && "data" in arg;
}

function isList(arg: StoredArgument | boolean): arg is readonly StoredArgument[] {
  return Array.isArray(arg);
}

/** Numbers that JSON lacks, out of their strings; all else as it stands. */
function decode(arg: StoredArgument | boolean): unknown {
  if (isList(arg)) return arg.map(decode);
  return typeof arg === "string" && /^(NaN|-?Infinity)$/.test(arg) ? Number(arg) : arg;
}
