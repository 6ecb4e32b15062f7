/** What the kernel adds: its start, a small cell, and what the compiler takes for one. */
import { createLanguage } from "../../kernel/src/language/engine.ts";
import { KernelClient } from "../../test/kernel/client.ts";
import type { Case } from "../case.ts";

export default [
  {
    title: "Type check of a cell",
    unit: "ms",
    rivals: {
      Gradbook: () => {
        const language = createLanguage({ folder: import.meta.dirname });
        let cell = 0;
        const work = async () => {
          const compiled = await language.compile(
            `const v${++cell} = tensor([[1, 2], [3, ${cell}]]); v${cell}.exp()`,
            cell,
          );
          if (!compiled.ok) throw new Error(compiled.diagnostics[0].message);
        };
        return { work };
      },
    },
    goals: [{ of: "Gradbook", atMost: 40 }],
  },
  {
    title: "Start of the kernel, until its first cell is done",
    unit: "s",
    isWall: true,
    rivals: {
      Gradbook: () => ({
        work: async () => {
          const client = await KernelClient.start({ quiet: true });
          await client.run("tensor([[1, 2]])");
          await client.stop();
        },
      }),
    },
    goals: [{ of: "Gradbook", atMost: 1.2 }],
  },
] satisfies Case[];
