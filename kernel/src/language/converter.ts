/**
 * tslab's converter, which keeps TypeScript's watch program alive between cells and carries each cell's
 * declarations on to the next, made to use our own compiler (cell-compiler.ts).
 */

import type { Converter } from "tslab/dist/converter.js";
import type ts from "typescript";
import { catalogue } from "./catalogue.ts";
import { createCellCompiler } from "./cell-compiler.ts";
import { type CellView, cellView } from "./cell-view.ts";
import { type ConverterTypeScript, inPlaceOfFork } from "./fork.ts";
import { type LibraryExports, libraryExports } from "./library.ts";
import { asksForNode, importsNode, isRuntimeName, mayBeAboutNode, missingName } from "./node-types.ts";
import { type Proposed, proposalsAt } from "./proposals.ts";
import type { CatalogueEntry, LocalModule, Signature } from "./protocol.ts";
import { CELL_PREFIX, readingOf } from "./reading.ts";
import { type Declarations, unsettle } from "./settled-declarations.ts";
import { converterPath, forkPath, requireFromTslab } from "./typescript.ts";
import { widenDeclarations } from "./wide-types.ts";
import { wideningOf } from "./widening.ts";

/** A cell after the converter. When it has diagnostics, the other fields are missing. */
export interface ConvertedCell {
  readonly diagnostics: readonly ts.Diagnostic[];
  /** An ES module that exports all its top-level values, with an inline source map. */
  readonly javascript?: string;
  /** The declarations of this cell and of all before it. */
  readonly declarations?: Declarations;
  readonly modules?: readonly LocalModule[];
}

/** Names that fit between two offsets of the cell, the best first. */
export interface Proposals {
  readonly start: number;
  readonly end: number;
  readonly names: readonly { readonly name: string; readonly kind: string }[];
}

/** What a hover tells. */
export interface QuickInfo {
  readonly declaration: readonly ts.SymbolDisplayPart[];
  /** What takes the declaration's place, for things of the library. */
  readonly headline: string | undefined;
  readonly documentation: readonly ts.SymbolDisplayPart[];
  readonly tags: readonly ts.JSDocTagInfo[];
}

export interface CellConverter {
  /**
   * `names` are all those that the cell declares at its top level, types included; `annotated` the variables of
   * earlier cells whose types a person wrote.
   */
  convert(
    declarations: Declarations,
    source: string,
    names: readonly string[],
    annotated: ReadonlySet<string>,
  ): ConvertedCell;
  /** The diagnostics that `convert` would have, without its work of writing a cell that has none. */
  check(
    declarations: Declarations,
    source: string,
    names: readonly string[],
    annotated: ReadonlySet<string>,
  ): readonly ts.Diagnostic[];
  complete(declarations: Declarations, source: string, position: number): Proposals;
  inspect(declarations: Declarations, source: string, position: number): QuickInfo | undefined;
  signature(declarations: Declarations, source: string, position: number): Signature | null;
  libraryExports(): LibraryExports;
  /** The names of the library by task. */
  catalogue(): readonly CatalogueEntry[];
  /** Tells what earlier cells have put into the global scope. */
  knowGlobals(names: readonly string[]): void;
}

/** What came of reading a cell, and which declarations it left settled. */
interface ReadCell<T> {
  readonly diagnostics: readonly ts.Diagnostic[];
  readonly result: T;
  readonly settled: Declarations["settled"];
}

/** A converter for cells in `folder`, with the library's types at `libraryTypes`. */
export function createCellConverter(folder: string, libraryTypes: string, commonJs = false): CellConverter {
  const compiler = createCellCompiler(folder, libraryTypes, commonJs);
  const converter = loadConverter(compiler.replaced).createConverter({});
  const view = (): CellView => cellView(compiler.program(), compiler.cellFile, libraryTypes);
  let texts = 0;
  let globals: ReadonlySet<string> = new Set();

  /** The declarations that the converter is to write anew; the others are in the programs that follow. */
  function besideSettled({ recent, settled }: Declarations): string {
    compiler.settle(settled);
    return recent;
  }

  /** Reads a cell again and again until no variable of it needs to be wider; `read` reads it once. */
  function readCell<T>(
    declarations: Declarations,
    names: readonly string[],
    annotated: ReadonlySet<string>,
    read: (recent: string) => { readonly diagnostics: readonly ts.Diagnostic[]; readonly result: T },
  ): ReadCell<T> {
    compiler.noticeChanges();
    const inCell = new Map<number, number>();
    const granted = new Set<string>();
    let earlier = unsettle(declarations, names);
    for (;;) {
      const reading = compiler.unbound(inCell, () => read(besideSettled(earlier)));
      const { diagnostics } = reading;
      const { recent, settled } = earlier;
      if (diagnostics.length === 0) return { ...reading, settled };
      if (diagnostics.some(mayBeAboutNode) && compiler.learnNode()) continue;
      const missing = diagnostics.flatMap((diagnostic) => missingName(diagnostic) ?? []);
      const there = missing.filter(
        (name) => !granted.has(name) && (isRuntimeName(name) || globals.has(name)),
      );
      if (there.length > 0) {
        // Whatever the types say, a name that is there when the cell runs is not refused.
        for (const name of there) granted.add(name);
        const granting = there.map((name) => `declare const ${name}: any;\n`);
        earlier = { recent: recent + granting.join(""), settled };
        continue;
      }
      const { program, cellFile } = compiler;
      const widening = wideningOf({ program: program(), cellFile, libraryTypes, diagnostics }, annotated);
      const open = unsettle(earlier, [...widening.earlier.keys()]);
      const widened = widenDeclarations(open.recent, widening.earlier);
      if (widening.inCell.size === 0 && widened === recent) return { ...reading, settled };
      for (const [variable, depth] of widening.inCell) inCell.set(variable, depth);
      earlier = { recent: widened, settled: open.settled };
    }
  }

  // The converter would compile a cell twice, the first time to find its names. It finds none as long as the file is
  // not bound, which the number sees to by making each text a new one.
  const textOf = (source: string, names: readonly string[]): string =>
    `${source}\nexport { ${names.join(", ")} } // ${++texts}`;

  return {
    convert(declarations, source, names, annotated) {
      if (importsNode(source)) compiler.learnNode();
      const { diagnostics, result, settled } = readCell(declarations, names, annotated, (recent) => {
        const converted = converter.convert(recent, textOf(source, names));
        return { diagnostics: compiler.diagnostics(), result: converted };
      });
      if (diagnostics.length > 0) return { diagnostics };
      const [javascript, modules] = [compiler.javascript(), compiler.takeModules()];
      return { diagnostics, javascript, declarations: { recent: result.declOutput ?? "", settled }, modules };
    },
    check(declarations, source, names, annotated) {
      return readCell(declarations, names, annotated, (recent) => {
        // Of everything the converter can do, this does the least besides reading the cell.
        converter.inspect(recent, textOf(source, names), 0);
        return { diagnostics: compiler.check(), result: undefined };
      }).diagnostics;
    },
    knowGlobals(names) {
      globals = new Set(names);
    },
    complete(declarations, source, position) {
      if (importsNode(source) || asksForNode(source.slice(0, position))) compiler.learnNode();
      const { text, toText, toSource } = readingOf(source);
      const { start, end, candidates, original } = proposalsAt(
        (code, at) => converter.complete(besideSettled(declarations), code, at) as unknown as Proposed, // of the fork's own types
        text,
        toText(position),
      );
      const kinds = new Map(original?.entries.map(({ name, kind }) => [name, kind]));
      const cell = view();
      const names = candidates.map((name) => {
        const kind = kinds.get(name) ?? "";
        if (kind === "alias") return { name, kind: cell.kindOfAlias(name) };
        if (kind === "property")
          return { name, kind: cell.kindOfMember(name, start + CELL_PREFIX.length - 1) };
        return { name, kind };
      });
      return { start: toSource(start), end: toSource(end), names };
    },
    inspect(declarations, source, position) {
      const { text, toText } = readingOf(source);
      const info: ts.QuickInfo | undefined = converter.inspect(
        besideSettled(declarations),
        text,
        toText(position),
      );
      if (!info) return undefined;
      const at = toText(position) + CELL_PREFIX.length;
      const cell = view();
      return {
        declaration: info.displayParts ?? [],
        headline: cell.headlineAt(at),
        ...documentationOf(info, cell, at),
      };
    },
    signature(declarations, source, position) {
      const { text, toText } = readingOf(source);
      converter.inspect(besideSettled(declarations), text, toText(position));
      return view().signatureAt(toText(position) + CELL_PREFIX.length);
    },
    catalogue: () => catalogue(compiler.program(), libraryTypes),
    libraryExports: () => libraryExports(compiler.program(), libraryTypes),
  };
}

// At a call TypeScript takes the words from the signature; where it has none, those of the name are meant.
function documentationOf(
  info: ts.QuickInfo,
  cell: CellView,
  at: number,
): Pick<QuickInfo, "documentation" | "tags"> {
  const { documentation = [], tags = [] } = info;
  return documentation.length + tags.length > 0 ? { documentation, tags } : cell.documentationAt(at);
}

/** Loads the converter afresh, with TypeScript in the place of its fork, and some of its exports replaced. */
function loadConverter(replaced: Partial<ConverterTypeScript>): {
  createConverter(options: object): Converter;
} {
  const { cache } = requireFromTslab;
  const before = cache[forkPath];
  const exports = { ...inPlaceOfFork, ...replaced };
  // All that `require` asks of a module that is loaded already.
  cache[forkPath] = { id: forkPath, filename: forkPath, loaded: true, children: [], exports } as never;
  delete cache[converterPath];
  try {
    return requireFromTslab(converterPath) as { createConverter(options: object): Converter };
  } finally {
    delete cache[forkPath];
    if (before) cache[forkPath] = before;
    delete cache[converterPath];
  }
}
