/** The lecture's figures as graphs of the library's own records: what the golden pictures show. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { GraphJson, GraphView } from "../../src/graph/graph-json.ts";
import { firstView } from "../../src/graph/graph-json.ts";
import {
  add,
  exp,
  graph,
  matmul,
  mean,
  mul,
  sigmoid,
  square,
  sub,
  sum,
  symbol,
  type Tensor,
  tensor,
} from "../../src/index.ts";
import { sketchTensors } from "../graph/examples.ts";

/** A figure: what it shows, and how it is looked at. */
export interface Golden {
  readonly name: string;
  readonly graph: GraphJson;
  readonly view: GraphView;
}

const data: Record<string, Record<string, number[][]>> = JSON.parse(
  readFileSync(join(import.meta.dirname, "../data/golden.json"), "utf8"),
);

/** F1 to F6, and the graph of the first example. */
export function lectureGraphs(): readonly Golden[] {
  return [
    golden("sketch", example()),
    golden("F1", graphOf(network(numbers())), { step: 0 }),
    golden("F2", graphOf(backward(network(numbers())))),
    golden("F3", graphOf(network(symbols()))),
    golden("F4", graphOf(effects())),
    golden("F5", graphOf(backward(sum(exp(input("X")).as("Y")).as("J"))), { scattered: new Set([0, 1]) }),
    golden("F6", graphOf(backward(sum(mul(input("X"), input("Y", "dY")).as("Z")).as("J")))),
  ];
}

/** X W, σ of it, and their sum. */
export function example(): GraphJson {
  return graphOf(backward(sketchTensors().J));
}

function golden(name: string, json: GraphJson, view: Partial<GraphView> = {}): Golden {
  return { name, graph: json, view: { ...firstView(json, Number.POSITIVE_INFINITY), ...view } };
}

function graphOf(y: Tensor): GraphJson {
  return { ...graph(y, { check: false }).toJSON(), id: null };
}

function backward(J: Tensor): Tensor {
  J.backward();
  return J;
}

function input(name: string, from: string = name): Tensor {
  return tensor(data.data[from]).as(name);
}

type Parameters = Record<"X" | "W1" | "b1" | "W2" | "b2" | "T", Tensor>;

function numbers(): Parameters {
  const of = (name: string, as: string = name): Tensor => tensor(data["A3 MLP"][name]).as(as);
  return {
    X: of("X"),
    W1: of("W1", "W^[1]"),
    b1: of("b1", "b^[1]"),
    W2: of("W2", "W^[2]"),
    b2: of("b2", "b^[2]"),
    T: of("T"),
  };
}

function symbols(): Parameters {
  return {
    X: symbol("X", "N", "l_0"),
    W1: symbol("W^[1]", "l_0", "l_1"),
    b1: symbol("b^[1]", "l_1"),
    W2: symbol("W^[2]", "l_1", "K"),
    b2: symbol("b^[2]", "K"),
    T: symbol("T", "N", "K"),
  };
}

function network({ X, W1, b1, W2, b2, T }: Parameters): Tensor {
  const A1 = sigmoid(add(matmul(X, W1), b1).as("Z^[1]")).as("A^[1]");
  const Z2 = add(matmul(A1, W2), b2).as("Z^[2]");
  return mean(square(sub(Z2, T))).as("J");
}

/** Effects of x on J: y₁ is of x₁ alone, y₂ and y₃ of x₁ and x₂, y₄ of x₃. */
function effects(): Tensor {
  const [x1, x2, x3] = [2, -1, 0.5].map((value, i) => tensor(value).as(`x${i + 1}`));
  const y1 = mul(3, x1).as("y1");
  const y2 = mul(x1, x2).as("y2");
  const y3 = add(x1, square(x2)).as("y3");
  const y4 = square(x3).as("y4");
  return backward(y1.add(mul(2, y2)).add(mul(y3, y4)).as("J"));
}
