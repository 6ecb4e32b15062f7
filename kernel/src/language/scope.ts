/**
 * The variables of a session: where the top-level names of all cells live while they run.
 *
 * Each name is one `let` of the realm's script scope, `cell$x` for `x`. V8 compiles such a variable to a
 * fixed address, so a top-level loop is as fast as a loop in a function (a property of a shared object costs
 * 3 to 10 times as much, a proxy 70 times), and every function of every cell sees the same live value. The
 * prefix keeps a cell's `const window = hann(8)` out of the sight of all other code.
 */

import { createGap, filled, isGap } from "./gap.ts";
import { vm } from "./node.ts";

/** What stands before a top-level name in the code of a cell. */
export const PREFIX = "cell$";

/** The scope as the code of a cell sees it. No variable can have this name: theirs are longer. */
export const SCOPE: string = PREFIX;

/** How the files are called under which cells run: by what tells one run of a cell from all others. */
export const CELL_FILE = "gradbook-cell:";

/** The name of the file under which a run of a cell is known to V8. */
export function fileOf(run: number): string {
  return CELL_FILE + run;
}

/** The name under which a scope keeps the value of a cell's last expression. No variable can be called so. */
export const LAST_EXPRESSION = "<last expression>";

/** The variables of a session. Compiled cells use `declare`, `result`, `imported`, `load`, `read`, `at` and `back`. */
export interface Scope {
  /** Makes the names known, as undefined; those already known keep their values. */
  declare(names: readonly string[]): void;
  has(name: string): boolean;
  /** The value of a name at this moment; undefined when the name is not known. */
  get(name: string): unknown;
  /** Declares the name when needed. */
  set(name: string, value: unknown): void;
  names(): string[];
  /** Leaves a name without a value; reading it throws the reason. */
  lose(name: string, reason: string): void;
  /** The names that were left without a value. */
  lost(): string[];
  /** Hands on the value of a name; throws when it has none. */
  read<T>(value: T): T;
  /** The value of the running cell's last expression. */
  result: unknown;
  /** The line that runs, as a number (cursor.ts); 0 when no line does. */
  at: number;
  /** Sets `at`, and hands on a value that was computed before. */
  back<T>(at: number, value: T): T;
  /** The module that `import` sees for what `require` gave: CommonJS exports become the default export. */
  imported(exports: unknown): Record<string, unknown>;
  /** `import(specifier)`, looked up as `require` does. */
  load(require: NodeJS.Require, specifier: string): Promise<unknown>;
}

interface Variable {
  readonly get: () => unknown;
  readonly set: (value: unknown) => void;
}

// A `let` of the realm cannot be taken back, so the scopes of one process share their variables.
const variables = new Map<string, Variable>();

/** An empty scope. A process has one session; a second scope starts from undefined values. */
export function createScope(): Scope {
  const known = new Map<string, Variable>();
  const scope: Scope = {
    result: undefined,
    at: 0,
    back(at, value) {
      scope.at = at;
      return value;
    },
    declare(names) {
      const fresh = names.filter((name) => !known.has(name));
      for (const name of new Set(fresh)) {
        const variable = variableOf(name);
        variable.set(undefined);
        known.set(name, variable);
      }
    },
    has: (name) => known.has(name),
    get(name) {
      const value = name === LAST_EXPRESSION ? scope.result : known.get(name)?.get();
      return name !== LAST_EXPRESSION && isGap(value) ? undefined : value;
    },
    set(name, value) {
      scope.declare([name]);
      known.get(name)?.set(value);
    },
    names: () => [...known.keys()],
    lose: (name, reason) => scope.set(name, createGap(`${name} has no value: ${reason}`)),
    lost: () => [...known].filter(([, variable]) => isGap(variable.get())).map(([name]) => name),
    read: filled,
    imported: importedModule,
    load: loadModule,
  };
  return scope;
}

/** A message as the student knows it: `cell$X.foo is not a function` becomes `X.foo is not a function`. */
export function withoutPrefix(message: string): string {
  const inserted = [`${SCOPE}.back(...)`, `${SCOPE}.read(...)`];
  const plain = inserted.reduce((text, call) => text.replaceAll(call, "(intermediate value)"), message);
  return plain.replaceAll(PREFIX, "");
}

function variableOf(name: string): Variable {
  let variable = variables.get(name);
  if (!variable) {
    const id = PREFIX + name;
    variable = vm.runInThisContext(
      `let ${id}; ({ get: () => ${id}, set: (value) => { ${id} = value; } })`,
    ) as Variable;
    variables.set(name, variable);
  }
  return variable;
}

function importedModule(exports: unknown): Record<string, unknown> {
  const isObject = (typeof exports === "object" && exports !== null) || typeof exports === "function";
  if (isObject && ("__esModule" in exports || isModuleNamespace(exports)))
    return exports as Record<string, unknown>;
  // Copied onto a new object: the exports may be a function, and may not be ours to write to.
  return Object.assign(Object.create(null), isObject ? exports : {}, { default: exports });
}

function isModuleNamespace(value: object): boolean {
  return Object.prototype.toString.call(value) === "[object Module]";
}

/** A `require` that can also do what only `import` can. */
export interface Require extends NodeJS.Require {
  /** `import(specifier)` from where the `require` belongs to. */
  readonly import?: (specifier: string) => Promise<unknown>;
}

/** Modules with a top-level await, and packages that have nothing for `require`. */
const ONLY_BY_IMPORT: ReadonlySet<unknown> = new Set([
  "ERR_REQUIRE_ASYNC_MODULE",
  "ERR_REQUIRE_ESM",
  "ERR_PACKAGE_PATH_NOT_EXPORTED",
]);

async function loadModule(require: Require, specifier: string): Promise<unknown> {
  // Local files come anew when they have changed, which `require` does not see.
  if (require.import && /^(?:\.{0,2}\/|\.{1,2}$|file:)/.test(specifier)) return require.import(specifier);
  try {
    return importedModule(require(specifier));
  } catch (error) {
    if (!ONLY_BY_IMPORT.has((error as { code?: unknown }).code)) throw error;
    return require.import ? require.import(specifier) : import(require.resolve(specifier));
  }
}
