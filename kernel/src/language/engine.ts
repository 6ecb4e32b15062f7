/** The TypeScript engine of a session: compiles cells one after another and remembers what they declare. */

import type ts from "typescript";
import { type Answering, answerCell, isQuestion } from "./beginners/questions.ts";
import { completenessOf } from "./completeness.ts";
import { completionsAt } from "./completion.ts";
import { createCellConverter } from "./converter.ts";
import { cursorOf } from "./cursor.ts";
import { fromProblem, fromTypeScript } from "./diagnostics.ts";
import { inspectionAt } from "./inspection.ts";
import { installedLibrary, typesOf } from "./library.ts";
import { createNamespaces } from "./namespaces.ts";
import { SourceMap, type SourceMapPayload } from "./node.ts";
import { prepareCell } from "./prepare.ts";
import type { Compilation, CompiledCell, Diagnostic, Language, LanguageOptions } from "./protocol.ts";
import { CELL_PREFIX, type Reading, readingOf } from "./reading.ts";
import { rewriteCell } from "./rewrite.ts";
import { LAST_EXPRESSION } from "./scope.ts";
import { type Declarations, settle } from "./settled-declarations.ts";
import { slashed } from "./slashes.ts";
import { composedMap, splitInlineMap } from "./source-map.ts";
import { typescript } from "./typescript.ts";
import { watchedCode } from "./watch.ts";

/** The preloaded name that holds the whole library. */
const LIBRARY = "gb";

/** The names besides the library's that cells have from the session, and other code has not. */
const OF_KERNEL = ["Deno", "who"];

/** All that an engine knows of the cells it has compiled. */
export interface Memory {
  readonly declarations: Declarations;
  readonly known: readonly string[];
  readonly annotated: readonly string[];
  readonly namespaces: readonly (readonly [name: string, text: string])[];
}

/** An engine that can go back to what it knew earlier, so that one compiler serves many notebooks. */
export interface Engine extends Language {
  memory(): Memory;
  /** Knows from now on what it knew when `memory` was called, and nothing else. */
  recall(memory: Memory): void;
}

/** An engine in the calling thread. It blocks while it works: a kernel runs it in a worker (worker.ts). */
export function createLanguage({
  folder: place,
  library = installedLibrary(),
  commonJs = false,
}: LanguageOptions): Engine {
  const folder = slashed(place);
  const libraryTypes = typesOf(library);
  const converter = createCellConverter(folder, libraryTypes, commonJs);
  const { values: preloaded, types } = converter.libraryExports();
  let known = new Set([...preloaded, ...OF_KERNEL]);
  let namespaces = createNamespaces();
  let annotated = new Set<string>();
  // The compiler writes a type by the first import that leads to it: `Tensor`, and not `gb.Tensor`.
  const imports = [...types, ...preloaded].filter((name) => name !== LIBRARY);
  let declarations: Declarations = {
    recent: `import { ${[...imports, LIBRARY].join(", ")} } from "gradbook";\n`,
    settled: [],
  };

  /** What is wrong with a cell, where the compiler finds something. */
  const refused = (
    source: string,
    reading: Reading,
    found: readonly ts.Diagnostic[],
  ): readonly Diagnostic[] =>
    withoutRepetition(found.map((diagnostic) => fromTypeScript(source, reading, folder, diagnostic)));

  const answering: Answering = {
    inspect: (text, cursor) => inspectionAt(converter, declarations, text, cursor, 1),
    complete: (text, cursor) => completionsAt(converter, declarations, text, cursor),
  };

  function compile(source: string, cell: number, lost: readonly string[]): Compilation {
    if (isQuestion(source, (name) => known.has(name)))
      return compile(answerCell(source, answering), cell, lost);
    const reading = readingOf(source);
    const prepared = prepareCell(reading.text);
    if (prepared.problems.length > 0) {
      const diagnostics = prepared.problems.map((problem) => fromProblem(source, reading, problem));
      return { ok: false, diagnostics };
    }
    const converted = converter.convert(declarations, prepared.source, prepared.names, annotated);
    if (converted.javascript === undefined) {
      return {
        ok: false,
        diagnostics: refused(source, { ...reading, text: prepared.source }, converted.diagnostics),
      };
    }
    const { code, map } = splitInlineMap(converted.javascript);
    const origins = new SourceMap(map as SourceMapPayload);
    const kinds = new Map(prepared.declared.map(({ name, kind }) => [name, kind]));
    const rewritten = rewriteCell(code, {
      isKnown: (name) => known.has(name),
      isLost: (name) => lost.includes(name),
      startsEmpty: (name) => kinds.get(name) === "enum" || kinds.get(name) === "namespace",
      keepLast: prepared.endsWithExpression,
      cursorAt: ({ line, character }) => cursorOf(cell, sourceLine(origins, line, character)),
    });
    const { recent, settled } = converted.declarations ?? declarations;
    const all = namespaces.keep(withoutLongTexts(recent), rewritten.declared);
    // Who runs a cell again and again has its names in the text.
    declarations = settle({ recent: all, settled }, new Set(prepared.names));
    for (const name of rewritten.declared) {
      known.add(name);
      if (prepared.annotated.has(name)) annotated.add(name);
      else annotated.delete(name);
    }
    // The reader sees types too, the compiler's output only values: what is in both has a value and a kind.
    const declared = prepared.declared.filter(({ name }) => rewritten.declared.has(name));
    const compiled: CompiledCell = {
      code: rewritten.code.toString(),
      sourceMap: composedMap(`cell:${cell}`, [rewritten.code, map, reading.edits.prepend(CELL_PREFIX)]),
      declared,
      steps: rewritten.steps,
      lastExpression: prepared.endsWithExpression ? LAST_EXPRESSION : undefined,
      hasTopLevelAwait: rewritten.hasTopLevelAwait,
      shadowed: declared.map(({ name }) => name).filter((name) => preloaded.includes(name)),
      modules: converted.modules ?? [],
    };
    return { ok: true, cell: compiled };
  }

  function diagnose(source: string): readonly Diagnostic[] {
    if (isQuestion(source, (name) => known.has(name))) return [];
    const reading = readingOf(source);
    const { source: text, names, problems } = prepareCell(reading.text);
    if (problems.length > 0) return problems.map((problem) => fromProblem(source, reading, problem));
    return refused(source, { ...reading, text }, converter.check(declarations, text, names, annotated));
  }

  return {
    ready: async () => preloaded,
    compile: async (source, cell, lost = [], globals = []) => {
      converter.knowGlobals(globals);
      return compile(source, cell, lost);
    },
    complete: async (source, cursor) => completionsAt(converter, declarations, source, cursor),
    inspect: async (source, cursor, detail) => inspectionAt(converter, declarations, source, cursor, detail),
    isComplete: async (source) => completenessOf(source),
    diagnose: async (source) => ({ diagnostics: diagnose(source) }),
    watch: async (source, locals) => watchedCode(source, (name) => known.has(name), locals),
    signature: async (source, cursor) => converter.signature(declarations, source, cursor),
    catalogue: async () => converter.catalogue(),
    memory: () => ({
      declarations,
      known: [...known],
      annotated: [...annotated],
      namespaces: namespaces.entries(),
    }),
    recall(memory) {
      declarations = memory.declarations;
      known = new Set(memory.known);
      annotated = new Set(memory.annotated);
      namespaces = createNamespaces(memory.namespaces);
    },
  };
}

/** How many lines the converter puts before the cell. */
const PREFIX_LINES: number = CELL_PREFIX.split("\n").length - 1;

/** The line of the cell, counted from 1, from which a place in the compiler's output comes. */
function sourceLine(origins: SourceMap, line: number, column: number): number {
  const entry = origins.findEntry(line, column);
  return "originalLine" in entry ? Math.max(1, entry.originalLine - PREFIX_LINES + 1) : 1;
}

// An overload can be refused several times at one place, in the same words.
function withoutRepetition(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const seen = new Set<string>();
  return diagnostics.filter(({ line, column, message }) => {
    const key = `${line}:${column}:${message}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** Declarations that are shorter hold no text that slows down later cells. */
const SHORT = 100_000;
/** The most characters of a text that is a type by itself. */
const LONGEST_TEXT = 10_000;

/** The declarations with `string` for the type of a very long text, which would be compiled with every later cell. */
function withoutLongTexts(declarations: string): string {
  if (declarations.length < SHORT) return declarations;
  const scanner = typescript.createScanner(typescript.ScriptTarget.ES2022, true);
  scanner.setText(declarations);
  const parts: string[] = [];
  let from = 0;
  for (let kind = scanner.scan(); kind !== typescript.SyntaxKind.EndOfFileToken; kind = scanner.scan()) {
    const [start, end] = [scanner.getTokenStart(), scanner.getTokenEnd()];
    if (kind !== typescript.SyntaxKind.StringLiteral || end - start <= LONGEST_TEXT) continue;
    const before = declarations.slice(Math.max(from, start - 200), start);
    const constant = /\b(?:const|readonly) [\p{L}\p{N}_$]+ = $/u.test(before);
    if (!constant && !/: $/.test(before)) continue;
    parts.push(
      declarations.slice(from, constant ? start - " = ".length : start),
      constant ? ": string" : "string",
    );
    from = end;
  }
  return [...parts, declarations.slice(from)].join("");
}
