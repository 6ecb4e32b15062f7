/** A process of the pool: grades one job after the other, and ends with the process that started it. */

import { Bench } from "./bench.ts";
import type { FromWorker, ToWorker } from "./pool.ts";
import { gradeJob } from "./store.ts";

const bench = new Bench();

process.on("message", (job: ToWorker) => void work(job));
process.on("disconnect", () => process.exit(1));
tell({ type: "idle" });

async function work(job: ToWorker): Promise<void> {
  try {
    await gradeJob(bench, job);
    tell({ type: "done" });
  } catch (error) {
    tell({ type: "failed", message: error instanceof Error ? error.message : String(error) });
  }
}

function tell(message: FromWorker): void {
  process.send?.(message);
}
