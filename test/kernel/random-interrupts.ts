/**
 * Interrupts at moments that nobody has chosen, in all that a cell can be at; after each of them the next gradient must be
 * right. `node test/kernel/random-interrupts.ts 100 7` interrupts a hundred times, by the seed 7.
 */

import { KernelClient } from "./client.ts";
import { resultOf, tracebackOf } from "./kernel.ts";

/** What each kind of work is; it goes on until it is stopped. */
const WORK: Readonly<Record<string, string>> = {
  compiling: `const { ${Array.from({ length: 300 }, (_, i) => `a${i} = X.matmul(W)`).join(", ")} } = {} as any;\nfor (;;);`,
  running: "for (;;) X.matmul(W).tanh();",
  awaiting: "for (;;) await new Promise<void>((done) => setTimeout(done, 1));",
  displaying: 'for (let i = 0; ; i++) display(X.mul(i), { id: "one" });',
  printing: 'for (;;) console.log("x".repeat(1000));',
  "going backward": "for (;;) { const J = X.matmul(W).tanh().square().sum(); J.backward(); }",
  drawing: "for (;;) plot({ x: [-3, 3], curve: (x) => sigmoid(x) });",
  fitting:
    "for (;;) fit((A) => A.matmul(W).square().mean(), [X], sgd([W], { learningRate: 1e-9 }), { epochs: 5 });",
  "differentiating twice": "for (;;) hessian(W.square().sum(), W);",
};

/** The gradient of ΣXW by W is the sum of the columns of X, in each of its columns. */
const GRADIENT =
  "const G = tensor([[1, 2], [3, 4]]); G.matmul(tensor([[1, 0], [0, 1]])).square().sum().backward(); G.grad.toArray()";
const RIGHT = "[ [ 2, 4 ], [ 6, 8 ] ]";

/** The longest wait in ms before an interrupt. */
const LONGEST = 200;

/** What went wrong, by the number of the interrupt; nothing where all is well. */
export async function interruptAtRandom(times: number, seed: number): Promise<string[]> {
  const wrong: string[] = [];
  const random = generator(seed);
  const client = await KernelClient.start();
  await client.run("const X = randn([20, 20]);\nlet W = randn([20, 20]);");
  const kinds = Object.keys(WORK);
  for (let i = 0; i < times; i++) {
    const kind = kinds[i % kinds.length];
    const wait = Math.round(random() * LONGEST);
    const run = client.run(WORK[kind]);
    await new Promise((resolve) => setTimeout(resolve, wait));
    await client.interrupt();
    const { reply } = await run;
    const after = await client.run(GRADIENT);
    const isStopped = reply.status === "error" && reply.ename === "Interrupted";
    const told = resultOf(after) ?? tracebackOf(after);
    if (!isStopped || told !== RIGHT) {
      wrong.push(
        `${i}, ${kind}, after ${wait} ms: ${reply.ename ?? reply.status} ${reply.evalue ?? ""}; then ${told}`,
      );
    }
  }
  await client.stop();
  return wrong;
}

/** Numbers from 0 to 1 that the seed decides: a linear congruential generator. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

if (import.meta.main) {
  const [times = 100, seed = 1] = process.argv.slice(2).map(Number);
  const wrong = await interruptAtRandom(times, seed);
  for (const line of wrong) console.log(line);
  console.log(`${times} interrupts, seed ${seed}: ${wrong.length} went wrong`);
  process.exitCode = wrong.length > 0 ? 1 : 0;
}
