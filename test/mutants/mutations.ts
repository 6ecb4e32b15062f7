/** Small edits of a source file, each of which a test ought to notice. */
import ts from "typescript";

/** One edit: `text` in place of what stands from `start` to `end`. */
export interface Mutation {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** What it does, in a few words. */
  readonly title: string;
}

/** What stands for an operator that is easily confused with it. */
const CONFUSED: Readonly<Record<string, string>> = {
  "+": "-",
  "-": "+",
  "*": "/",
  "/": "*",
  "<": "<=",
  "<=": "<",
  ">": ">=",
  ">=": ">",
  "===": "!==",
  "!==": "===",
  "&&": "||",
  "||": "&&",
  "??": "&&",
};

/** All edits of `source`, in the order of the text. Types are left alone, as the compiler watches over them. */
export function mutationsOf(file: string, source: string): Mutation[] {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const found: Mutation[] = [];
  const replace = (node: ts.Node, text: string, title: string) =>
    found.push({ start: node.getStart(), end: node.end, text, title });
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return;
    if (ts.isObjectLiteralExpression(node) && isSample(node)) return;
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
    if (ts.isBinaryExpression(node)) {
      const operator = node.operatorToken.getText();
      const other = CONFUSED[operator];
      const isText = [node.left, node.right].some(
        (side) => ts.isStringLiteralLike(side) || ts.isTemplateExpression(side),
      );
      if (other !== undefined && !isText) replace(node.operatorToken, other, `${operator} becomes ${other}`);
    }
    if (ts.isIfStatement(node) || ts.isWhileStatement(node) || ts.isConditionalExpression(node)) {
      const condition = ts.isConditionalExpression(node) ? node.condition : node.expression;
      replace(condition, `!(${condition.getText()})`, "the condition is negated");
    }
    if (ts.isExpressionStatement(node) && !ts.isStringLiteral(node.expression)) {
      replace(node, ";", "the statement is left out");
    }
    if (ts.isReturnStatement(node) && node.expression !== undefined) {
      replace(node, "return undefined as never;", "the result is left out");
    }
    if (node.kind === ts.SyntaxKind.TrueKeyword) replace(node, "false", "true becomes false");
    if (node.kind === ts.SyntaxKind.FalseKeyword) replace(node, "true", "false becomes true");
    if (ts.isNumericLiteral(node))
      replace(node, `(${node.getText()} + 1)`, `${node.getText()} becomes one more`);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found.sort((a, b) => a.start - b.start || b.end - a.end);
}

/** Whether it says how an op is tried out: that belongs to the tests, wherever it stands. */
function isSample({ properties }: ts.ObjectLiteralExpression): boolean {
  const names = properties.map(({ name }) => name?.getText());
  return names.includes("shapes") && names.includes("domain");
}

/** The source after an edit. */
export function mutated(source: string, { start, end, text }: Mutation): string {
  return source.slice(0, start) + text + source.slice(end);
}
