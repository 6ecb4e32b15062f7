/** A heap that fills up: the cell is stopped before V8 ends the process. */

import { afterAll, beforeAll, expect, test } from "vitest";
import { KernelClient } from "./client.ts";
import { resultOf } from "./kernel.ts";

let client: KernelClient;
beforeAll(async () => {
  client = await KernelClient.start({ env: { NODE_OPTIONS: "--max-old-space-size=1200" } });
});
afterAll(() => client.stop());

test.each([
  ["arrays", "for (let i = 0; ; i++) kept.push(new Array(1000).fill(i))"],
  ["texts", 'for (let i = 0; ; i++) kept.push("x".repeat(100_000) + i)'],
])(
  "A cell that keeps ever more %s is stopped, its variable is named, and the session is kept",
  async (_, code) => {
    await client.run("const before = tensor([1, 2, 3])");
    const ran = await client.run(`let kept: unknown[] = []; ${code}`);
    expect(ran.reply.ename).toBe("MemoryNearlyFull");
    const [, size, unit] = /the largest are kept \(([\d.]+) ([GM]B)\)/.exec(ran.reply.evalue) ?? [];
    // Texts share what they are made of: all of it is less than the process has.
    expect(Number(size) * (unit === "GB" ? 1000 : 1)).toBeLessThan(2000);
    // A heap that is as full as before is no reason to stop a cell that only looks, and what can be freed is.
    const looks = await client.run(
      "const until = Date.now() + 300; while (Date.now() < until); kept.length > 0",
    );
    expect(resultOf(looks)).toBe("true");
    const next = await client.run(
      "kept.length = 0; const end = Date.now() + 300; while (Date.now() < end); before.size",
    );
    expect(resultOf(next)).toBe("3");
  },
);

test("Garbage is no reason to stop a cell", async () => {
  const ran = await client.run(
    "let last: number[] = []; const until = Date.now() + 3000; while (Date.now() < until) last = new Array(100_000).fill(1); last.length",
  );
  expect(ran.reply).toMatchObject({ status: "ok" });
  expect(resultOf(ran)).toBe("100000");
});
