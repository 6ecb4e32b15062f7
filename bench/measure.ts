/** Measures a case: every rival in turn, over and over, so that whatever else the machine does meets all of them. */
import type { Case } from "./case.ts";
import { type Name, Rival, rivals } from "./rivals.ts";

/** What one run took: the median over the rounds, and the quartiles. */
export interface Time {
  readonly seconds: number;
  readonly low: number;
  readonly high: number;
}

/** All that was measured of a case. */
export interface Result {
  readonly case: Case;
  /** By rival and by size; a case without sizes has the one size 0. */
  readonly times: ReadonlyMap<Name, ReadonlyMap<number, Time>>;
  /** What could not be measured, as sentences. */
  readonly failures: readonly string[];
  readonly versions: ReadonlyMap<Name, string>;
}

/** Seconds of warming up, of one turn, and of all turns at one size, the last as clocks on the wall go. */
const [WARM, TURN, LIMIT] = [0.4, 0.04, 25];
const [MOST_ROUNDS, LEAST_ROUNDS] = [15, 5];
/** How far answers may differ, relatively: float32 has seven digits, of which sums lose some. */
const TOLERANCE = 1e-3;

/** Measures case number `index` of a file, and says how it goes on. */
export async function measure(
  file: string,
  index: number,
  one: Case,
  say: (text: string) => void,
): Promise<Result> {
  const names = (Object.keys(rivals) as Name[]).filter((name) => one.rivals[name] !== undefined);
  const times = new Map<Name, Map<number, Time>>();
  const versions = new Map<Name, string>();
  const failures: string[] = [];
  const running: Rival[] = [];
  try {
    for (const name of names) running.push(new Rival(name, file));
    for (const size of one.sizes?.values ?? [0]) {
      say(`${one.title}${one.sizes === undefined ? "" : `, ${one.sizes.of} = ${size}`}`);
      const ready = await prepared(running, one, index, size, versions, failures);
      const turns = await rounds(ready, one.isWall === true);
      for (const [name, list] of turns) {
        if (!times.has(name)) times.set(name, new Map());
        times.get(name)?.set(size, timeOf(list));
      }
    }
  } finally {
    await Promise.all(running.map((rival) => rival.stop()));
  }
  return { case: one, times, failures, versions };
}

/** Those of the rivals that are ready, have the right answer, and are warm. */
async function prepared(
  running: readonly Rival[],
  one: Case,
  index: number,
  size: number,
  versions: Map<Name, string>,
  failures: string[],
): Promise<Rival[]> {
  const ready: Rival[] = [];
  let expected: number | null = null;
  for (const rival of running) {
    if (rival.hasEnded) continue; // told where it ended
    const work = one.rivals[rival.name];
    const prepare = typeof work === "string" ? { code: work, size } : { index, size };
    try {
      const { version, answer } = await rival.ask({ prepare });
      versions.set(rival.name, String(version));
      if (typeof answer === "number") {
        expected ??= answer;
        const isClose = Math.abs(answer - expected) <= TOLERANCE * Math.max(Math.abs(expected), 1e-6);
        if (!isClose) throw new Error(`${rival.name}: it answers ${answer}, and ${expected} was expected`);
      }
      await rival.ask({ time: WARM, isWall: one.isWall === true });
      ready.push(rival);
    } catch (error) {
      const sentence = error instanceof Error ? error.message : String(error);
      console.error(sentence);
      failures.push(`${sentence.split("\n")[0]}${one.sizes === undefined ? "" : ` (at ${size})`}`);
    }
  }
  return ready;
}

async function rounds(ready: readonly Rival[], isWall: boolean): Promise<Map<Name, number[]>> {
  const turns = new Map<Name, number[]>(ready.map(({ name }) => [name, []]));
  const start = performance.now();
  for (let round = 0; round < MOST_ROUNDS; round++) {
    if (round >= LEAST_ROUNDS && performance.now() - start > LIMIT * 1000) break;
    for (const rival of ready) {
      const { seconds } = await rival.ask({ time: TURN, isWall });
      turns.get(rival.name)?.push(Number(seconds));
    }
  }
  return turns;
}

function timeOf(list: readonly number[]): Time {
  const sorted = list.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))];
  return { seconds: at(0.5), low: at(0.25), high: at(0.75) };
}
