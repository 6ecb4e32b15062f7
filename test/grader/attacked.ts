/**
 * An attack as it is graded. `node test/grader/attacked.ts [first] [step]` grades every so-manieth of them and says what
 * they gained: whoever calls it is whose rights they meet.
 */
import { Bench } from "../../grader/dist/grade/bench.js";
import type { Result } from "../../grader/dist/grade/result.js";
import { readNotebook } from "../../grader/dist/notebook/ipynb.js";
import { type Attack, attacks } from "./attacks.ts";
import { solved } from "./course.ts";
import { GOOD, homework } from "./homework.ts";

const source = readNotebook(JSON.stringify(homework));
const patience = { cell: 1000, notebook: 20_000 };

/** What a notebook gets whose other exercises are solved. */
export function attacked(bench: Bench, { backward, count }: Attack): Promise<Result> {
  const solutions = {
    ...GOOD,
    ...(backward !== undefined && { backward }),
    ...(count !== undefined && { count }),
  };
  const submission = readNotebook(JSON.stringify(solved(homework, solutions)));
  const whose = { key: "k", student: "eve", assignment: "hw", notebook: "hw.ipynb" };
  return bench.grade({ ...whose, source, submission, patience });
}

if (import.meta.main) {
  const [first = 0, step = 1] = process.argv.slice(2).map(Number);
  const tried = attacks.filter((_, k) => k >= first && (k - first) % step === 0);
  const bench = new Bench();
  let gained = 0;
  for (const attack of tried) {
    const { marks } = await attacked(bench, attack);
    const [backward, count] = marks.map(({ earned }) => earned);
    const undeserved =
      (attack.backward === undefined ? 0 : backward) + (attack.count === undefined ? 0 : count);
    if (undeserved > 0) {
      gained += 1;
      console.log(`${attack.title}: ${undeserved}`);
    }
  }
  await bench.close();
  console.log(`${gained} of ${tried.length} attacks gained something, as user ${process.getuid?.()}`);
  process.exitCode = gained === 0 ? 0 : 1;
}
