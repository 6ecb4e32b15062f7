/** The work as a list for batch systems, which campuses have: each task is a number, and grades one notebook. */

import type { KeyedJob } from "../grade/store.ts";

export const LISTS = ["lines", "slurm", "kubernetes"] as const;
export type List = (typeof LISTS)[number];

export interface ListOptions {
  /** The command that starts this very gradbook, and the file that holds the jobs. */
  readonly command: readonly string[];
  readonly file: string;
  readonly jobs: readonly KeyedJob[];
}

/** What to hand to a shell or to GNU parallel, to `sbatch`, or to `kubectl apply -f -`. */
export function listOf(list: List, { command, file, jobs }: ListOptions): string {
  const one = [...command, "grade-one", file].map(quoted).join(" ");
  switch (list) {
    case "lines":
      return jobs.map((_, k) => `${one} ${k}\n`).join("");
    case "slurm":
      // A cluster has a limit for the length of an array, often 1,001: then a task takes every 1,000th job.
      return [
        "#!/bin/sh",
        "#SBATCH --job-name=gradbook-grade",
        `#SBATCH --array=0-${Math.min(jobs.length, ARRAY) - 1}`,
        "#SBATCH --cpus-per-task=1",
        "#SBATCH --mem=3G",
        "#SBATCH --time=00:30:00",
        "#SBATCH --requeue",
        `k=$SLURM_ARRAY_TASK_ID; while [ "$k" -lt ${jobs.length} ]; do`,
        `  ${one} "$k"; k=$((k + ${ARRAY}))`,
        "done",
        "",
      ].join("\n");
    case "kubernetes":
      return `${JSON.stringify(indexedJob([...command, "grade-one", file], jobs.length), null, 2)}\n`;
  }
}

const ARRAY = 1000;

/** An Indexed Job; the image, and where the folder is mounted, are the cluster's. */
function indexedJob(command: readonly string[], count: number): object {
  return {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: { name: "gradbook-grade" },
    spec: {
      completions: count,
      parallelism: Math.min(count, 50),
      completionMode: "Indexed",
      backoffLimitPerIndex: 2,
      template: {
        spec: {
          restartPolicy: "Never",
          containers: [
            {
              name: "grade",
              image: "gradbook",
              command,
              resources: { requests: { cpu: "1", memory: "2Gi" }, limits: { memory: "4Gi" } },
              volumeMounts: [{ name: "course", mountPath: "/course" }],
            },
          ],
          volumes: [{ name: "course", persistentVolumeClaim: { claimName: "gradbook-course" } }],
        },
      },
    },
  };
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
