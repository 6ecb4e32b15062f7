import { describe, expect, test } from "vitest";
import { cellsOf, homework, sourceOf, titleOf } from "../exercise/notebooks.ts";
import { resultOf, tracebackOf, useKernel } from "./kernel.ts";

const solved = useKernel();
const fresh = useKernel();

describe.each(homework.map((path) => ({ path, title: titleOf(path) })))("$title", ({ path }) => {
  const cells = cellsOf(path).filter(({ cell_type }) => cell_type === "code");

  test("runs from top to bottom with its solutions, and earns all its points", async () => {
    for (const cell of cells) {
      const ran = await solved().run(sourceOf(cell));
      expect(ran.reply.status, `${sourceOf(cell)}\n${tracebackOf(ran)}`).toBe("ok");
      if (cell.metadata.gradbook?.role === "marks") {
        const { points } = cell.metadata.nbgrader ?? {};
        expect(resultOf(ran), sourceOf(cell)).toBe(`${points}`);
      }
    }
  });

  test("as it is released, it compiles, shows its exercises, and gives no marks", async () => {
    for (const cell of cells) {
      const ran = await fresh().run(released(sourceOf(cell)));
      const { role } = cell.metadata.gradbook ?? {};
      if (role === "solution") expect(tracebackOf(ran)).not.toMatch(/TypeScriptError/);
      if (role === "declaration") expect(resultOf(ran)).toMatch(/^Exercise \d\w: .* \(\d points?\)$/);
      if (role === "marks") expect(resultOf(ran), tracebackOf(ran)).toBe("0");
    }
  });
});

/** What a release leaves of a cell: stubs in place of solutions, nothing of hidden tests. */
function released(source: string): string {
  return source
    .replace(
      /^( *)\/\/\/ BEGIN SOLUTION[\s\S]*?END SOLUTION$/gm,
      "$1// YOUR CODE HERE\n$1throw new Error('Not implemented');",
    )
    .replace(/^\/\/\/ BEGIN HIDDEN TESTS[\s\S]*?END HIDDEN TESTS\n/gm, "");
}
