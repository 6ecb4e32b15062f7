/** The members that a value of a cell has, for completion where its type says nothing; no code of cells runs for it. */

import { types } from "node:util";
import type { Scope } from "../language/scope.ts";

/** More would only be scrolled past. */
const MOST = 500;

export interface Member {
  readonly text: string;
  readonly type: "property" | "method";
}

/** The members behind a name and the properties after it: of `data.rows[…]`, none, as an index may be anything. */
export function membersAt(scope: Scope, [name = "", ...properties]: readonly string[]): Member[] {
  let value = scope.get(name);
  for (const property of properties) value = inside(value, property)?.value;
  const members = new Map<string, Member>();
  for (let at = objectOf(value); at && members.size < MOST; at = prototypeOf(at)) {
    // What all objects have comes from no data.
    if (at === Object.prototype || at === Function.prototype) break;
    for (const [text, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(at))) {
      if (members.has(text) || !IDENTIFIER.test(text) || text === "constructor") continue;
      members.set(text, { text, type: typeof descriptor.value === "function" ? "method" : "property" });
    }
  }
  return [...members.values()].slice(0, MOST);
}

const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

/** The data behind a property; a getter is not asked, as it may do anything. */
function inside(value: unknown, property: string): PropertyDescriptor | undefined {
  for (let at = objectOf(value); at; at = prototypeOf(at)) {
    const descriptor = Object.getOwnPropertyDescriptor(at, property);
    if (descriptor) return descriptor;
  }
  return undefined;
}

/** A value whose members can be listed. A proxy answers by code of its own; a list has too many. */
function objectOf(value: unknown): object | undefined {
  if ((typeof value !== "object" && typeof value !== "function") || value === null) return undefined;
  if (types.isProxy(value) || ArrayBuffer.isView(value)) return undefined;
  return value;
}

function prototypeOf(object: object): object | undefined {
  return objectOf(Object.getPrototypeOf(object));
}
