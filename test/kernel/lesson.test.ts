/** The notebooks that come with Gradbook, run as a student leaves them: with other numbers, other shapes, and run once more. */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Ran } from "./client.ts";
import { tracebackOf, useKernel } from "./kernel.ts";

interface Cell {
  readonly cell_type: string;
  readonly id: string;
  readonly source: readonly string[];
  readonly outputs: readonly { readonly data?: unknown; readonly text?: readonly string[] }[];
}

const folder = join(import.meta.dirname, "../../notebooks");

function codeOf(name: string): Cell[] {
  const [file] = globSync(`{lectures,explore}/${name}.ipynb`, { cwd: folder });
  const { cells } = JSON.parse(readFileSync(join(folder, file), "utf8")) as { cells: Cell[] };
  return cells.filter(({ cell_type }) => cell_type === "code");
}

/** What stands in place of a cell's literal, by the cell's id. */
type Change = Readonly<Record<string, readonly [literal: string, other: string]>>;

const [X, M, N] = ["[[1, -2, 0], [3, 0.5, -1]]", "[[1, 2, 3], [4, 5, 6]]", "[[2, 0, -1], [1, -2, 3]]"];
const P = "[[1, 2, 4], [0.5, 5, 10]]";

const changes: Readonly<Record<string, Readonly<Record<string, Change>>>> = {
  "kernel-tour": {
    "another matrix": { "values-matrix": ["[[1, -2, 0], [3, 0.5, -1]]", "[[1, 2, 3]]"] },
  },
  "09-jacobians": {
    "one number of X, and the point of the scalar example": {
      "data-x": [X, "[[2, -2, 0], [3, 0.5, -1]]"],
      "scalar-j": ["tensor(2)", "tensor(-1)"],
    },
    "M and N are 2×2": { "hadamard-m": [M, "[[1, 2], [3, 4]]"], "hadamard-n": [N, "[[0, 1], [1, 0]]"] },
    "X has more rows than columns, and P is not positive": {
      "data-x": [X, "[[1, 2], [0, -1], [5, 0.25]]"],
      "log-p": [P, "[[-1, 0], [2, 3]]"],
    },
    "X is a single row, the step is too large, and other paths": {
      "data-x": [X, "[[4, -1]]"],
      "s07-step": ["eta = 0.1", "eta = 2"],
      "s10-values": ["x2 = tensor(2)", "x2 = tensor(0)"],
    },
    "zeros, large numbers, and a larger M": {
      "data-x": [X, "[[0, 0, 0, 0], [800, -800, 30, 1e-9], [1, 1, 1, 1]]"],
      "s03-square": [M, "[[0]]"],
      "data-dy": ["[1, 0.5, -1, 2, -0.25, 4]", "[0, 0, 3]"],
    },
  },
  "09b-linear-layers": {
    "one number of X": { "linear-x": ["[[1, 2, 0]", "[[2, 2, 0]"] },
    "another W and b": {
      "linear-w": ["[[1, 0], [2, -1], [0, 1]]", "[[1, 0, 2], [2, -1, 0], [0, 1, 1]]"],
      "linear-b": ["[0.5, -0.5]", "[0.5, -0.5, 0]"],
    },
    "a single sample": { "linear-x": ["[[1, 2, 0], [-1, 0, 3], [2, 1, 1], [0, -2, 1]]", "[[1, 2, 0]]"] },
    "weights of 0 and other targets": {
      "mlp-parameters": [
        "[[1, -1], [0.5, 0], [-0.5, 2], [0, 0.25], [1.5, -1]]",
        "[[0, 0], [0, 0], [0, 0], [0, 0], [0, 0]]",
      ],
      "mlp-data": ["[[1, 0], [0, 1], [1, 1], [0, 0]]", "[[2, 0], [0, 1], [1, 7], [0, 0]]"],
    },
    "a rate that is too large, and a larger step": {
      "train-fit": ["learningRate: 0.5", "learningRate: 50"],
      "update-step": ["eta = 0.1", "eta = 3"],
    },
  },
  "10-softmax-cross-entropy": {
    "one score": { "softmax-z": ["[[2, 1, 0]", "[[3, 1, 0]"] },
    "two samples of two classes": {
      "softmax-z": ["[[2, 1, 0], [0.5, -1, 1.5], [1, 1, -2], [-1, 0, 3]]", "[[2, 1], [0.5, -1]]"],
    },
    "scores that are far apart": {
      "softmax-z": ["[[2, 1, 0], [0.5, -1, 1.5], [1, 1, -2], [-1, 0, 3]]", "[[900, 1, 0, -900]]"],
    },
    "scores that are all the same, and no temperature": {
      "softmax-z": ["[[2, 1, 0], [0.5, -1, 1.5], [1, 1, -2], [-1, 0, 3]]", "[[0, 0, 0], [0, 0, 0]]"],
      "exercise-1-try": ["tau = 10", "tau = 0"],
    },
    "another upstream gradient, and sure wrong answers": {
      "jacobian-dz": ["[1, 0.5, -1, 2, -0.25, 4, 0, 1, 0, -1, 1, 0.5]", "[0]"],
      "binary-j": ["tensor([2, -1, 0.5, 0])", "tensor([-800, 800])"],
    },
  },
  "11-convolution": {
    "one number of X, and of P, where now equal entries stand side by side": {
      "window-data": ["[[1, 2, 0, 1, 3]", "[[2, 2, 0, 1, 3]"],
      "pool-max": ["[[1, 5, 2, 0]", "[[5, 5, 2, 0]"],
    },
    "a larger picture, and a kernel that is a row": {
      "window-data": [
        "[1, 0, 2, 1, -2]])\nconst W = tensor([[1, -1], [2, 0.5]])",
        "[1, 0, 2, 1, -2], [0, 0, 1, 1, 0]])\nconst W = tensor([[1, 0, -1]])",
      ],
    },
    "a kernel of one entry, and one picture to learn from": {
      "window-data": ["[[1, -1], [2, 0.5]]", "[[3]]"],
      "train-start": ["digits(60).X.reshape(60, 1, 8, 8)", "digits(1).X.reshape(1, 1, 8, 8)"],
    },
    "a kernel as large as the picture, and an odd picture to pool": {
      "window-data": [
        "[[1, 2, 0, 1, 3], [0, 1, 3, 1, 0], [2, -1, 1, 0, 1], [1, 0, 2, 1, -2]]",
        "[[1, 2], [0, 1]]",
      ],
      "pool-max": [
        "[[1, 5, 2, 0], [3, 4, 6, 7], [-1, 0, 9, 8], [2, -3, 4, 5]]",
        "[[1, 5, 2], [3, 4, 6], [-1, 0, 9]]",
      ],
    },
    "other strides, another upstream gradient, and a rate that is too large": {
      "kernel-dw": ["[1, 0, -1, 2, 0.5, 0, 0, 1, 1, -1, 0, 0]", "[0]"],
      "stride-y": ["{ stride: 2, padding: 1 }", "{ stride: [1, 3], padding: [0, 2] }"],
      "train-fit": ["learningRate: 0.1", "learningRate: 1000"],
    },
  },
  "12-attention": {
    "one query": { "lookup-data": ["[[1, 0], [0, 1]", "[[2, 0], [0, 1]"] },
    "fewer keys, and longer values": {
      "lookup-data": [
        "[[1, 1], [0, -1], [2, 0], [0.5, 1]])\nconst V = tensor([[1, 0, 2], [0, 1, -1], [1, 1, 0], [2, -1, 1]])",
        "[[1, 1], [0, -1], [2, 0]])\nconst V = tensor([[1, 0, 2, 3], [0, 1, -1, 3], [1, 1, 0, 3]])",
      ],
      "self-data": ["[[1, 0, 2], [0, 1, -1], [1, 1, 0], [2, -1, 1]]", "[[1, 0], [0, 1], [1, 1]]"],
    },
    "a single query, which is sure, and a single row": {
      "lookup-data": ["[[1, 0], [0, 1], [1, 1], [-1, 0.5]]", "[[900, 0]]"],
      "self-data": ["[[1, 0, 2], [0, 1, -1], [1, 1, 0], [2, -1, 1]]", "[[1, 0, 2]]"],
    },
    "longer queries and keys, all the same": {
      "lookup-data": [
        "[[1, 0], [0, 1], [1, 1], [-1, 0.5]])\nconst K = tensor([[1, 1], [0, -1], [2, 0], [0.5, 1]])",
        "[[1, 1, 1], [1, 1, 1]])\nconst K = tensor([[1, 1, 1], [1, 1, 1], [1, 1, 1], [1, 1, 1]])",
      ],
      "back-v": ["[1, 0, -1, 2, 0.5, 0, 0, 1, 1, -1, 2, 0.5]", "[0]"],
    },
    "fewer places, and a rate that is too large": {
      "train-start": ["places = 6", "places = 3"],
      "train-fit": ["learningRate: 0.05", "learningRate: 50"],
    },
  },
};

describe.each(Object.entries(changes))("%s", (name, ways) => {
  const kernel = useKernel();
  const cells = codeOf(name);

  /** Runs all cells, one after the other, as "Run all" does. */
  const runAll = (change: Change = {}): Promise<Ran[]> =>
    Promise.all(
      cells.map(({ id, source }) => {
        const [literal, other] = change[id] ?? ["", ""];
        const code = source.join("");
        expect(code, id).toContain(literal);
        return kernel().run(code.replace(literal, other));
      }),
    );
  const expectRan = (all: readonly Ran[]): void => {
    const failed = all.findIndex(({ reply }) => reply.status !== "ok");
    const told = failed < 0 ? "" : `${cells[failed].id}\n${tracebackOf(all[failed])}`;
    expect(told).toBe("");
  };

  test("gives the outputs that it was saved with", async () => {
    const all = await runAll();
    expectRan(all);
    for (const [k, { id, outputs }] of cells.entries()) {
      const saved = outputs.flatMap(({ data }) => (data === undefined ? [] : [joined(data)]));
      expect(shownBy(all[k]), id).toEqual(saved);
      expect(all[k].text(), id).toBe(outputs.flatMap(({ text = [] }) => text).join(""));
    }
  });

  test.each(Object.entries(ways))("runs to its end: %s", async (_way, change) => {
    expect(Object.keys(change).filter((id) => !cells.some((cell) => cell.id === id))).toEqual([]);
    expectRan(await runAll(change));
  });
});

/** What a cell shows in the end: an update takes the place of what had its id before. */
function shownBy({ published }: Ran): unknown[] {
  const shown = new Map<unknown, unknown>();
  for (const { type, content } of published) {
    const isShown = /^(display_data|update_display_data|execute_result)$/.test(type);
    if (isShown) shown.set(content.transient?.display_id ?? content, content.data);
  }
  return [...shown.values()];
}

/** A saved bundle keeps long text as lines. */
function joined(data: unknown): unknown {
  return Object.fromEntries(
    Object.entries(data as Record<string, unknown>).map(([type, value]) => [
      type,
      Array.isArray(value) ? value.join("") : value,
    ]),
  );
}
