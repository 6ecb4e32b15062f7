/** Data become values again, of which nothing is believed that was not looked at. */

import { Tensor } from "gradbook";
import { DEPTH, MOST } from "./data.ts";

/** What becomes of a function of the other side. */
export type FunctionOf = (
  data: { is: "function"; number: number; name: string } | { is: "source"; code: string },
) => unknown;

/** Fields by which JavaScript itself would call an object: what looks like a number must be one. */
const UNWANTED: ReadonlySet<string> = new Set(["__proto__", "valueOf", "toString", "toJSON", "then"]);

/** The value; throws a TypeError where the data are not what they say. */
export function decode(data: unknown, functionOf: FunctionOf): unknown {
  let room = MOST;
  const visit = (x: unknown, depth: number): unknown => {
    room -= 1;
    if (room < 0 || depth > DEPTH) throw new TypeError("The answer is larger than answers may be");
    if (x === null || typeof x === "boolean" || typeof x === "number" || typeof x === "string") return x;
    if (Array.isArray(x)) return x.map((entry) => visit(entry, depth + 1));
    if (typeof x !== "object") throw new TypeError("The answer is not data");
    const kind: unknown = (x as { is?: unknown }).is;
    switch (kind) {
      case "undefined":
        return undefined;
      case "NaN":
      case "Infinity":
      case "-Infinity":
      case "-0":
        return Number(kind);
      case "bigint":
        return BigInt(checked((x as { digits: unknown }).digits, isDigits));
      case "tensor":
        return tensorOf(x as TensorData);
      case "numbers":
        return Float64Array.from(numbersOf((x as { data: unknown }).data));
      case "object":
        return objectOf((x as { entries: unknown }).entries, depth);
      case "function": {
        const { number, name } = x as { number: unknown; name: unknown };
        return functionOf({
          is: "function",
          number: checked(number, isLength),
          name: String(name).slice(0, 80),
        });
      }
      case "source":
        return functionOf({ is: "source", code: checked((x as { code: unknown }).code, isText) });
      default:
        throw new TypeError("The answer is not data");
    }
  };
  // No prototype, so that no name of the student's reaches one.
  const objectOf = (entries: unknown, depth: number): unknown => {
    const object: Record<string, unknown> = Object.create(null);
    for (const entry of checked(entries, Array.isArray)) {
      const [name, value] = checked(entry, Array.isArray);
      if (!UNWANTED.has(name as string)) object[checked(name, isText)] = visit(value, depth + 1);
    }
    return object;
  };
  return visit(data, 0);
}

interface TensorData {
  readonly shape: unknown;
  readonly dtype: unknown;
  readonly data: unknown;
}

function tensorOf({ shape, dtype, data }: TensorData): Tensor {
  const lengths = checked(shape, Array.isArray).map((length) => checked(length, isLength));
  const numbers = numbersOf(data);
  const size = lengths.reduce((product, length) => product * length, 1);
  if (size !== numbers.length || lengths.length > 16)
    throw new TypeError("The tensor's shape does not fit its numbers");
  const entries = dtype === "float32" ? Float32Array.from(numbers) : Float64Array.from(numbers);
  return new Tensor(lengths, entries as never);
}

function numbersOf(data: unknown): number[] {
  return checked(data, Array.isArray).map((entry) => {
    if (typeof entry === "number") return entry;
    const kind: unknown = (entry as { is?: unknown } | null)?.is;
    if (kind === "NaN" || kind === "Infinity" || kind === "-Infinity" || kind === "-0") return Number(kind);
    throw new TypeError("An entry of the answer is not a number");
  });
}

const isText = (x: unknown): x is string => typeof x === "string";
const isDigits = (x: unknown): x is string => typeof x === "string" && /^-?\d{1,400}$/.test(x);
const isLength = (x: unknown): x is number => Number.isSafeInteger(x) && (x as number) >= 0;

function checked<T>(x: unknown, is: (x: unknown) => x is T): T {
  if (!is(x)) throw new TypeError("The answer is not data");
  return x;
}
