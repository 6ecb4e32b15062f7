import { afterEach, expect, test } from "vitest";
import { explain, paths, sigmoid, sum, type Tensor, tensor } from "../../src/index.ts";
import { connectHost } from "../../src/session.ts";

/** A notebook whose variables are these. */
function connect(variables: Record<string, Tensor>): void {
  connectHost({
    display: () => {},
    clearOutput: () => {},
    note: () => {},
    variables: { names: () => Object.keys(variables), get: (name) => variables[name] },
  });
}

afterEach(() => connect({}));

test("a tensor prints under its variable's name already in the cell that declares it", () => {
  const X = tensor([1, 2]);
  connect({ X });
  expect(String(X)).toMatch(/^X = /);
});

test("the first variable names, an alias does not rename", () => {
  const X = tensor(1);
  connect({ X, copy: X });
  expect(String(X)).toBe("X = 1");
});

test("a derivation and a list of paths use the names of the running cell", () => {
  const X = tensor([[1, 2, 3]]);
  const Y = sigmoid(X);
  const J = sum(Y);
  connect({ X, Y, J });
  expect(explain(Y).step("closed")).toBe("dX = dY \\odot (Y \\odot (1 - Y))");
  expect(paths(J, X).list).toHaveLength(1);
});
