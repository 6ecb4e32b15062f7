/** All names of the library by task, for a panel beside the notebook: where a name is declared says what it is for. */

import type ts from "typescript";
import { libraryModule } from "./library.ts";
import { plainText } from "./message.ts";
import { path } from "./node.ts";
import type { CatalogueEntry } from "./protocol.ts";
import { inFolder } from "./slashes.ts";
import { typescript } from "./typescript.ts";

/** The tasks in the order of the cheat sheet, and the files or rooms of the library whose names serve them. */
const TASKS: readonly (readonly [task: string, places: readonly string[]])[] = [
  ["Build", ["tensor/make", "tensor/random", "tensor/symbol"]],
  ["Compute", ["ops/", "tensor/allclose"]],
  ["Differentiate", ["autodiff/"]],
  ["Ask why", ["explain/", "paths/", "check/", "lesson/ask", "lesson/reference"]],
  ["Look", ["picture/", "plot/", "print/", "figures/", "views/", "tensor/display", "tensor/host"]],
  ["Play", ["lesson/live"]],
  ["Train", ["nn/"]],
  ["Exercise", ["exercise/"]],
  ["Of a tensor", ["tensor/tensor", "methods"]],
];

/** What the declaration file `types` of the library exports to be called, and what a tensor has besides. */
export function catalogue(program: ts.Program, types: string): readonly CatalogueEntry[] {
  const checker = program.getTypeChecker();
  const folder = inFolder(path.posix.dirname(types), "/");
  const exported = checker.getExportsOfModule(libraryModule(program, types));
  const things = exported.map((symbol) => {
    const isAlias = (symbol.flags & typescript.SymbolFlags.Alias) !== 0;
    return { name: symbol.name, symbol: isAlias ? checker.getAliasedSymbol(symbol) : symbol };
  });

  const entryOf = (name: string, symbol: ts.Symbol, isMember: boolean): CatalogueEntry[] => {
    const declaration = symbol.declarations?.[0];
    const file = declaration?.getSourceFile().fileName;
    if (!declaration || !file?.startsWith(folder)) return [];
    const place = file.slice(folder.length).replace(/\.d\.ts$/, "");
    const task = TASKS.find(([, places]) => places.some((one) => isAt(one, place)))?.[0];
    const words = plainText(symbol.getDocumentationComment(checker));
    if (task === undefined || words === "") return [];
    const [call] = checker.getTypeOfSymbolAtLocation(symbol, declaration).getCallSignatures();
    const parameters = call?.getParameters().map((one) => one.name + (isOptional(one) ? "?" : ""));
    const head = isMember ? `X.${name}` : name;
    const example = symbol.getJsDocTags(checker).find((tag) => tag.name === "example");
    return [
      {
        task,
        name: head,
        signature: parameters === undefined ? head : `${head}(${parameters.join(", ")})`,
        words: words.split(/\n\s*\n/)[0].replaceAll(/\s*\n\s*/g, " "),
        example: plainText(example?.text).trim(),
      },
    ];
  };

  const functions = things
    .filter(({ symbol }) => isOffered(symbol))
    .flatMap(({ name, symbol }) => entryOf(name, symbol, false));
  const known = new Set(things.map(({ name }) => name));
  const tensor = things.find(({ name }) => name === "Tensor")?.symbol;
  const members = (tensor ? checker.getDeclaredTypeOfSymbol(tensor).getProperties() : [])
    .filter(
      ({ name }) => /^[a-z]\w*$|^T$/.test(name) && (!known.has(name) || name === "grad") && name !== "toJSON",
    )
    .flatMap((symbol) => entryOf(symbol.name, symbol, true));
  const order = TASKS.map(([task]) => task);
  return [...functions, ...members].toSorted((a, b) => order.indexOf(a.task) - order.indexOf(b.task));
}

/** What can be called, or is a class that one makes things of by a call; no error, no mere type. */
function isOffered({ flags, name }: ts.Symbol): boolean {
  const { Function: aFunction, Variable } = typescript.SymbolFlags;
  return (flags & (aFunction | Variable)) !== 0 && name !== "default";
}

function isAt(one: string, place: string): boolean {
  return one.endsWith("/") ? place.startsWith(one) : place === one;
}

function isOptional({ valueDeclaration }: ts.Symbol): boolean {
  return (
    valueDeclaration !== undefined &&
    typescript.isParameter(valueDeclaration) &&
    (valueDeclaration.questionToken !== undefined || valueDeclaration.dotDotDotToken !== undefined)
  );
}
