import { expect, it } from "vitest";
import { type DenoJupyter, denoHost, denoJupyter } from "../../src/tensor/host.ts";

it("shows in Deno's kernel, and updates there what was shown under the same id", () => {
  const calls: unknown[] = [];
  const jupyter: DenoJupyter = {
    display: async (...call) => void calls.push(call),
    broadcast: async (...call) => void calls.push(call),
  };
  const host = denoHost(jupyter);
  host.display("a", {});
  host.display("b", { id: "x" });
  host.display("c", { id: "x" });
  host.clearOutput({});
  host.note("by the way");
  expect(calls).toEqual([
    ["a", {}],
    ["b", { display_id: "x", update: false }],
    ["c", { display_id: "x", update: true }],
    ["clear_output", { wait: false }],
    ["stream", { name: "stdout", text: "by the way\n" }],
  ]);
});

it("finds Deno's kernel where there is one", () => {
  const jupyter = {};
  const refused = {
    get jupyter() {
      throw new Error("only in deno jupyter");
    },
  };
  expect(denoJupyter({ Deno: { jupyter } })).toBe(jupyter);
  expect(denoJupyter({})).toBe(null);
  expect(denoJupyter({ Deno: {} })).toBe(null);
  expect(denoJupyter({ Deno: refused })).toBe(null);
});
