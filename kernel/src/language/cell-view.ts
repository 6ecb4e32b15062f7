/** Questions to the type checker about the cell that the converter has just read. */

import type ts from "typescript";
import { plainText } from "./message.ts";
import { path } from "./node.ts";
import type { Signature } from "./protocol.ts";
import { readableSignature, type SignatureParts } from "./readable-signature.ts";
import { callAt, signatureOf } from "./signature-help.ts";
import { inFolder } from "./slashes.ts";
import { type Documentation, isStandardDeclaration, standardDocumentation } from "./standard-library.ts";
import { type Container, typescript } from "./typescript.ts";

export interface CellView {
  /** What an imported name stands for: function, class, const, … */
  kindOfAlias(name: string): string;
  /** Whether a property of what stands before a dot of the file can be called, as a method can. */
  kindOfMember(name: string, dot: number): string;
  /** What the library's function or class at an offset of the file is, such as `exp(x: Tensor): Tensor`. */
  headlineAt(offset: number): string | undefined;
  documentationAt(offset: number): Documentation;
  /** The function whose arguments stand at an offset of the file. */
  signatureAt(offset: number): Signature | null;
}

const { SymbolFlags } = typescript;

export function cellView(program: ts.Program, cellFile: string, libraryTypes: string): CellView {
  const checker = program.getTypeChecker();
  const library = inFolder(path.posix.dirname(libraryTypes), "/");
  const isLibrary = ({ fileName }: ts.SourceFile): boolean => fileName.startsWith(library);
  const file = program.getSourceFile(cellFile) as ts.SourceFile;

  function kindOfAlias(name: string): string {
    // The converter makes the file of earlier declarations the parent of the cell.
    const scopes = [file, file.parent as ts.Node | undefined];
    const escaped = typescript.escapeLeadingUnderscores(name);
    const symbol = scopes
      .map((scope) => (scope as Container | undefined)?.locals?.get(escaped))
      .find(Boolean);
    return symbol ? kindOf(checker, checker.getAliasedSymbol(symbol as ts.Symbol), file) : "variable";
  }

  function kindOfMember(name: string, dot: number): string {
    const { parent } = typescript.getTouchingPropertyName(file, dot);
    if (!parent || !typescript.isPropertyAccessExpression(parent)) return "property";
    const member = checker.getTypeAtLocation(parent.expression).getProperty(name);
    const type = member && checker.getTypeOfSymbolAtLocation(member, parent);
    return type && type.getCallSignatures().length > 0 ? "method" : "property";
  }

  /** What a name of the library stands for; undefined for names of others. */
  function libraryThing(node: ts.Node): ts.Symbol | undefined {
    const symbol = checker.getSymbolAtLocation(node);
    if (!symbol || !typescript.isIdentifier(node)) return undefined;
    const target = symbol.flags & SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    const isOurs = target.declarations?.some((declaration) => isLibrary(declaration.getSourceFile()));
    return isOurs ? target : undefined;
  }

  function libraryFunction(node: ts.Node): SignatureParts | undefined {
    if (!typescript.isIdentifier(node) || !libraryThing(node)) return undefined;
    if (checker.getTypeAtLocation(node).getCallSignatures().length === 0) return undefined;
    return readableSignature(checker, node);
  }

  function headlineAt(offset: number): string | undefined {
    const node = typescript.getTouchingPropertyName(file, offset);
    const thing = libraryThing(node);
    if (thing && thing.flags & SymbolFlags.Class) return `class ${node.getText()}`;
    const parts = libraryFunction(node);
    return parts && parts.before + parts.parameters.join(", ") + parts.after;
  }

  function signatureAt(offset: number): Signature | null {
    const call = callAt(program, file, offset);
    if (!call) return null;
    const name = typescript.isPropertyAccessExpression(call.callee) ? call.callee.name : call.callee;
    const words = documentationAt(name.getStart()).documentation;
    return signatureOf(call, libraryFunction(name), plainText(words));
  }

  function documentationAt(offset: number): Documentation {
    const symbol = checker.getSymbolAtLocation(typescript.getTouchingPropertyName(file, offset));
    if (!symbol) return { documentation: [], tags: [] };
    const target = symbol.flags & SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    const standard = target.declarations?.find(isStandardDeclaration);
    if (standard) return standardDocumentation(standard);
    return { documentation: target.getDocumentationComment(checker), tags: target.getJsDocTags(checker) };
  }

  return { kindOfAlias, kindOfMember, headlineAt, documentationAt, signatureAt };
}

function kindOf(checker: ts.TypeChecker, symbol: ts.Symbol, at: ts.Node): string {
  if (symbol.flags & SymbolFlags.Class) return "class";
  if (symbol.flags & SymbolFlags.Function) return "function";
  if (symbol.flags & SymbolFlags.Enum) return "enum";
  if (symbol.flags & SymbolFlags.Variable) {
    return checker.getTypeOfSymbolAtLocation(symbol, at).getCallSignatures().length > 0
      ? "function"
      : "const";
  }
  return symbol.flags & SymbolFlags.Type ? "interface" : "module";
}
