/** The teacher's view as a notebook, to go on from: it reads the marks beside it. */

import type { Notebook } from "../notebook/ipynb.ts";
import { writeNotebook } from "../notebook/ipynb.ts";
import type { Overview } from "./teacher.ts";

const READ = `import { readFileSync } from "node:fs"

interface Row { student: string; earned: number; points: number; marks: Record<string, number | null>; flags: string[] }
interface Item { id: string; solved: number; mean: number; discrimination: number | null; mistakes: { what: string; count: number }[] }
const rows: Row[] = JSON.parse(readFileSync("marks.json", "utf8"))
const items: Item[] = JSON.parse(readFileSync("items.json", "utf8"))
const earned = tensor(rows.map((row) => row.earned))
console.log(\`\${rows.length} notebooks, \${mean(earned).item().toFixed(2)} points on average\`)`;

const ITEMS = `console.table(items.map(({ id, solved, mean, discrimination }) => ({ id, solved, mean, discrimination })))`;

const MISTAKES = `for (const { id, mistakes } of items) {
  console.log(id)
  for (const { what, count } of mistakes) console.log(\`  \${count} × \${what}\`)
}`;

const HISTOGRAM = `const most = Math.max(...rows.map((row) => row.points))
const counts = new Map<number, number>()
for (const row of rows) counts.set(Math.round(row.earned), (counts.get(Math.round(row.earned)) ?? 0) + 1)
for (let k = 0; k <= most; k++) console.log(String(k).padStart(3), "█".repeat(counts.get(k) ?? 0))`;

/** The notebook's file. */
export function overviewNotebook({ assignment }: Pick<Overview, "assignment">): string {
  const notebook: Notebook = {
    cells: [
      { cell_type: "markdown", source: `# ${assignment}: overview`, metadata: {}, id: "title" },
      ...[READ, HISTOGRAM, ITEMS, MISTAKES].map((source, k) => ({
        cell_type: "code" as const,
        source,
        metadata: {},
        id: `cell-${k}`,
      })),
    ],
    metadata: {
      kernelspec: { name: "gradbook", display_name: "TypeScript (Gradbook)", language: "typescript" },
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
  return writeNotebook(notebook);
}
