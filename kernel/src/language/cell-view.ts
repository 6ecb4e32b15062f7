/** Questions to the type checker about the cell that the converter has just read. */

import type ts from "@tslab/typescript-for-tslab";
import { type Container, typescript } from "./typescript.ts";

export interface CellView {
  /** What an imported name stands for: function, class, const, … */
  kindOfAlias(name: string): string;
  /** Whether a property of what stands before a dot of the file can be called, as a method can. */
  kindOfMember(name: string, dot: number): string;
  /** The call signatures, such as `exp(x: Tensor): Tensor`, of the variable or property at an offset of the file. */
  signaturesAt(offset: number): string[];
  documentationAt(offset: number): { documentation: ts.SymbolDisplayPart[]; tags: ts.JSDocTagInfo[] };
}

const { SymbolFlags, TypeFormatFlags } = typescript;

export function cellView(program: ts.Program, cellFile: string): CellView {
  const checker = program.getTypeChecker();
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

  function signaturesAt(offset: number): string[] {
    const node = typescript.getTouchingPropertyName(file, offset);
    const symbol = checker.getSymbolAtLocation(node);
    const isValue =
      symbol && symbol.flags & (SymbolFlags.Variable | SymbolFlags.Property | SymbolFlags.Alias);
    if (!typescript.isIdentifier(node) || !isValue) return [];
    const flags =
      TypeFormatFlags.WriteArrowStyleSignature | TypeFormatFlags.UseAliasDefinedOutsideCurrentScope;
    return checker
      .getTypeAtLocation(node)
      .getCallSignatures()
      .map((signature) => checker.signatureToString(signature, file, flags))
      .map((text) => node.text + text.replace(/ => (?!.* => )/, ": "));
  }

  function documentationAt(offset: number): {
    documentation: ts.SymbolDisplayPart[];
    tags: ts.JSDocTagInfo[];
  } {
    const symbol = checker.getSymbolAtLocation(typescript.getTouchingPropertyName(file, offset));
    if (!symbol) return { documentation: [], tags: [] };
    const target = symbol.flags & SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    return { documentation: target.getDocumentationComment(checker), tags: target.getJsDocTags(checker) };
  }

  return { kindOfAlias, kindOfMember, signaturesAt, documentationAt };
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
