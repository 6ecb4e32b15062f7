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
const [MOST_ROUNDS, LEAST_ROUNDS] = [15, 3];
/** Seconds after which no other turn begins, however few there were. */
const MOST_PATIENCE = 45;
/** How far answers may differ, relatively: float32 has seven digits, of which sums lose some. */
const TOLERANCE = 1e-3;

/** Measures case number `index` of a file by a point in time, about, and says how it goes on. */
export async function measure(
  file: string,
  index: number,
  one: Case,
  until: number,
  say: (text: string) => void,
): Promise<Result> {
  const names = (Object.keys(rivals) as Name[]).filter((name) => one.rivals[name] !== undefined);
  const times = new Map<Name, Map<number, Time>>();
  const versions = new Map<Name, string>();
  const failures: string[] = [];
  const running: Rival[] = [];
  try {
    for (const name of names) running.push(new Rival(name, file, one.isWall !== true));
    const sizes = one.sizes?.values ?? [0];
    for (const [k, size] of sizes.entries()) {
      say(`${one.title}${one.sizes === undefined ? "" : `, ${one.sizes.of} = ${size}`}`);
      const ready = await prepared(running, one, index, size, versions, failures);
      const left = Math.max(0, until - performance.now()) / (sizes.length - k);
      const turns = await rounds(ready, one.isWall === true, Math.min(LIMIT * 1000, left), failures);
      for (const [name, list] of turns) {
        if (list.length === 0) continue;
        if (!times.has(name)) times.set(name, new Map());
        times.get(name)?.set(size, timeOf(list));
      }
    }
  } catch (error) {
    // What has been measured is not lost, nor are the cases after it.
    failures.push(told(error));
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
      if (one.isWall !== true) await rival.ask({ time: WARM, isWall: false });
      ready.push(rival);
    } catch (error) {
      failures.push(`${told(error)}${one.sizes === undefined ? "" : ` (at ${size})`}`);
    }
  }
  return ready;
}

/** The sentence of an error, all of which is printed. */
function told(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  console.error(text);
  return text.split("\n")[0];
}

/** Lets the rivals take turns for so many milliseconds, and a few turns in any case; who fails is left out. */
async function rounds(
  ready: readonly Rival[],
  isWall: boolean,
  limit: number,
  failures: string[],
): Promise<Map<Name, number[]>> {
  const turns = new Map<Name, number[]>(ready.map(({ name }) => [name, []]));
  const start = performance.now();
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const elapsed = performance.now() - start;
    if (round >= LEAST_ROUNDS && elapsed > limit) break;
    if (round > 0 && elapsed > MOST_PATIENCE * 1000) break;
    for (const rival of ready) {
      if (rival.hasEnded) continue;
      try {
        const { seconds } = await rival.ask({ time: TURN, isWall });
        turns.get(rival.name)?.push(Number(seconds));
      } catch (error) {
        failures.push(told(error));
      }
    }
  }
  return turns;
}

function timeOf(list: readonly number[]): Time {
  const sorted = list.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))];
  return { seconds: at(0.5), low: at(0.25), high: at(0.75) };
}
