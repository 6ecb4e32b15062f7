/** The program while it stands still: its calls, what their variables hold, and what an expression is there. */

import type { Debugger } from "node:inspector";
import type { Content, MimeBundle } from "../bridge.ts";
import { withoutPrefix } from "../language/scope.ts";
import type { Inspector, Remote, Shown } from "./inspector.ts";
import type { Variable } from "./protocol.ts";
import type { Script, Scripts } from "./scripts.ts";

/** A call, at a place of a source. */
export interface Frame {
  readonly id: number;
  readonly call: Debugger.CallFrame;
  readonly script: Script;
  readonly line: number;
  readonly column: number;
}

/** Scopes whose variables belong to a call alone, and those that it shares with the functions around it. */
const OWN = new Set(["local", "block", "catch", "with", "eval"]);
const AROUND = new Set(["closure", "module"]);

/** Gives the code of an expression a person has written, where these names stand for variables of a call. */
export type Translate = (expression: string, locals: readonly string[]) => Promise<string>;

export class Stopped {
  /** The calls of the notebook's own code, the innermost first. */
  readonly frames: readonly Frame[];
  readonly #inspector: Inspector;
  readonly #translate: Translate;

  private constructor(inspector: Inspector, translate: Translate, frames: readonly Frame[]) {
    this.#inspector = inspector;
    this.#translate = translate;
    this.frames = frames;
  }

  static async at(
    calls: readonly Debugger.CallFrame[],
    scripts: Scripts,
    inspector: Inspector,
    translate: Translate,
  ): Promise<Stopped> {
    const frames: Frame[] = [];
    for (const [id, call] of calls.entries()) {
      const { lineNumber, columnNumber = 0 } = call.location;
      const script = await scripts.of(call.location.scriptId);
      const spot = script?.code.locate({ line: lineNumber + 1, column: columnNumber + 1 });
      if (script && spot) frames.push({ id: id + 1, call, script, ...spot });
    }
    return new Stopped(inspector, translate, frames);
  }

  stackTrace(): Content {
    const stackFrames = this.frames.map(({ id, call, script, line, column }) => ({
      id,
      name: nameOf(call) || script.name,
      source: { name: script.name, path: script.path },
      line,
      column,
    }));
    return { stackFrames, totalFrames: stackFrames.length };
  }

  /** The variables of a call, by scopes; those that hold none are left out. */
  async scopes(id: number): Promise<Content> {
    const { call } = this.#frame(id);
    const found: { name: string; variablesReference: number }[] = [];
    for (const [name, types] of [
      ["Locals", OWN],
      ["Closure", AROUND],
    ] as const) {
      const variablesReference = await this.#inspector.ask<number>("scope", ...objectsOf(call, types));
      if (variablesReference > 0) found.push({ name, variablesReference });
    }
    const all = await this.#inspector.ask<number>("globals");
    const scopes = [...found, { name: "Globals", variablesReference: all }];
    return { scopes: scopes.map((scope) => ({ ...scope, expensive: false })) };
  }

  async evaluate(expression: string, id: number | undefined): Promise<Shown> {
    return this.#inspector.ask<Shown>("show", await this.#value(expression, id));
  }

  /** The forms that an output would have. */
  async rich(name: string, id: number | undefined): Promise<MimeBundle> {
    return this.#inspector.ask<MimeBundle>("rich", await this.#value(name, id));
  }

  async #value(expression: string, id: number | undefined): Promise<Remote> {
    const { call } = this.#frame(id);
    const scopes = objectsOf(call, new Set([...OWN, ...AROUND]));
    const locals = await this.#inspector.ask<string[]>("names", ...scopes);
    return this.#inspector.evaluate(call.callFrameId, await this.#translate(expression, locals));
  }

  #frame(id: number | undefined): Frame {
    const frame = id === undefined ? this.frames[0] : this.frames.find((each) => each.id === id);
    if (!frame) throw new Error(`Cannot look into call ${id}: the program has left it`);
    return frame;
  }
}

/** The parts of a variable, by the number that it was shown with. */
export function partsOf(inspector: Inspector, reference: number, range: Content): Promise<Variable[]> {
  return inspector.ask<Variable[]>("parts", reference, range.start ?? 0, range.count ?? null);
}

function nameOf(call: Debugger.CallFrame): string {
  return withoutPrefix(call.functionName);
}

function objectsOf({ scopeChain }: Debugger.CallFrame, types: ReadonlySet<string>): Remote[] {
  return scopeChain.filter(({ type }) => types.has(type)).map(({ object }) => object);
}
