/** Keeps the namespaces of earlier cells, which tslab's converter forgets after the next one. */

import { typescript } from "./typescript.ts";

export interface Namespaces {
  /**
   * The declarations with the namespaces of earlier cells added: `declarations` holds those of the last cell,
   * and `declared` the names that the last cell gave a new value.
   */
  keep(declarations: string, declared: ReadonlySet<string>): string;
  /** What is kept, by name. */
  entries(): (readonly [name: string, text: string])[];
}

export function createNamespaces(earlier: Iterable<readonly [string, string]> = []): Namespaces {
  const kept = new Map<string, string>(earlier);
  return {
    entries: () => [...kept],
    keep(declarations, declared) {
      for (const name of declared) kept.delete(name);
      const earlier = [...kept.values()];
      for (const [name, text] of namespacesIn(declarations)) kept.set(name, text);
      return [declarations, ...earlier].join("\n");
    },
  };
}

function namespacesIn(declarations: string): [name: string, text: string][] {
  if (!/\bnamespace\b/.test(declarations)) return [];
  const { ES2022 } = typescript.ScriptTarget;
  return typescript
    .createSourceFile("cell.d.ts", declarations, ES2022, true)
    .statements.flatMap((statement) => {
      const isNamespace =
        typescript.isModuleDeclaration(statement) && typescript.isIdentifier(statement.name);
      return isNamespace ? [[statement.name.text, statement.getText()]] : [];
    });
}
