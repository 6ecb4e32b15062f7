/** What cells write to the file descriptors 1 and 2, or to the files that stand for them, is printed by the cell. */

import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import type { StreamName } from "../bridge.ts";
import type { Output } from "./output.ts";

// biome-ignore lint/suspicious/noExplicitAny: these functions hand on whatever they are given
type Values = any[];
type Any = (...values: Values) => unknown;
/** What takes the place of a function whose first argument is a descriptor. */
type Print<Answer = unknown> = (stream: StreamName, ...rest: Values) => Answer;

/** The files that stand for a descriptor. */
const FILE = /^\/(?:dev\/(std(?:out|err))|(?:dev|proc\/self)\/fd\/([12]))$/;

/** Replaces Node's ways to write to a descriptor. */
export function captureDescriptors(output: Output): void {
  const print = (name: StreamName, bytes: Uint8Array): number => {
    output.print(name, bytes);
    return bytes.length;
  };
  const printAll = (name: StreamName, parts: readonly ArrayBufferView[]): number =>
    parts.reduce((sum, part) => sum + print(name, bytesOf(part, [])), 0);

  replace(fs, "writeSync", (name, data, ...rest) => print(name, bytesOf(data, rest)));
  replace(fs, "writevSync", printAll);
  replaceCalled(fs, "write", (name, data, ...rest) => [print(name, bytesOf(data, rest)), data]);
  replaceCalled(fs, "writev", (name, parts) => [printAll(name, parts), parts]);
  for (const file of ["writeFile", "appendFile"] as const) {
    const put = (name: StreamName, data: string | ArrayBufferView, options?: unknown): void => {
      print(name, bytesOf(data, ["", encodingOf(options)]));
    };
    replace(fs, `${file}Sync`, put);
    replaceCalled(fs, file, (name, data, options) => {
      put(name, data, options);
      return [];
    });
    replace(fs.promises, file, async (name, data, options) => put(name, data, options));
  }
  syncBuiltinESMExports();
}

function replace(module: object, name: string, ours: Print): void {
  const functions = module as Record<string, Any>;
  const original = functions[name];
  functions[name] = (file, ...rest) => {
    const stream = streamOf(file);
    return stream === undefined ? original(file, ...rest) : ours(stream, ...rest);
  };
}

/** The same for a function that calls back, with what `ours` answers. */
function replaceCalled(module: object, name: string, ours: Print<readonly unknown[]>): void {
  replace(module, name, (stream, ...rest) => {
    const answer = ours(stream, ...rest.slice(0, -1));
    process.nextTick(rest.at(-1) as Any, null, ...answer);
  });
}

/** The stream that a descriptor, or the path of a file, stands for. */
function streamOf(file: unknown): StreamName | undefined {
  const [, name, number] = typeof file === "string" ? (FILE.exec(file) ?? []) : [];
  if (name) return name as StreamName;
  const descriptor = number === undefined ? file : Number(number);
  return descriptor === 1 ? "stdout" : descriptor === 2 ? "stderr" : undefined;
}

/** What is to be written: a string with its position and encoding, or a part of an array. */
function bytesOf(data: string | ArrayBufferView, [first, second]: readonly unknown[]): Uint8Array {
  if (typeof data === "string") return Buffer.from(data, second as BufferEncoding | undefined);
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const { offset, length } =
    typeof first === "object" && first !== null
      ? (first as { offset?: number; length?: number })
      : { offset: first as number | undefined, length: second as number | undefined };
  const start = offset ?? 0;
  return bytes.slice(start, start + (length ?? bytes.length - start));
}

function encodingOf(options: unknown): unknown {
  return typeof options === "string" ? options : (options as { encoding?: unknown } | undefined)?.encoding;
}
