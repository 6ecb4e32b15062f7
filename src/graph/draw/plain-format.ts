/** The engine's answer, read: where boxes are, and which way edges go. */

/** A point; y grows downwards. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** What the engine found, in pixels. */
export interface Answer {
  /** The middle of each body. */
  readonly places: ReadonlyMap<string, Point>;
  readonly edges: readonly AnsweredEdge[];
}

/** An edge: a Bézier curve of degree 3, piece by piece, each of which begins where the last one ends. */
export interface AnsweredEdge {
  readonly tail: string;
  readonly head: string;
  /** The place of the operand, where the head has several. */
  readonly port: number | null;
  readonly points: readonly Point[];
}

const INCH = 72;
const EDGE = /^edge (?:"([^"]*)"|([^":\s]+))(?:\S*) (?:"([^"]*)"|([^":\s]+)):"?(?:i(\d+):)?\w+"? \d+ (.*)$/;

/** Reads the format that Graphviz calls `plain-ext`. */
export function readPlain(text: string): Answer {
  const places = new Map<string, Point>();
  const edges: AnsweredEdge[] = [];
  for (const line of text.split("\n")) {
    const node = /^node "?([^"\s]+)"? (\S+) (\S+)/.exec(line);
    if (node !== null) places.set(node[1], pointOf(node[2], node[3]));
    const edge = EDGE.exec(line);
    if (edge === null) continue;
    const numbers = edge[6].split(" ");
    const points: Point[] = [];
    for (let k = 0; k + 1 < numbers.length && /^-?[\d.]/.test(numbers[k]); k += 2) {
      points.push(pointOf(numbers[k], numbers[k + 1]));
    }
    edges.push({
      tail: edge[1] ?? edge[2],
      head: edge[3] ?? edge[4],
      port: edge[5] === undefined ? null : Number(edge[5]),
      points,
    });
  }
  return { places, edges };
}

function pointOf(x: string, y: string): Point {
  return { x: Number(x) * INCH, y: -Number(y) * INCH };
}

/** The height of a curve at `x`; `null` where it does not pass. */
export function heightAt(points: readonly Point[], x: number): number | null {
  for (let k = 0; k + 3 < points.length; k += 3) {
    const [a, b, c, d] = points.slice(k, k + 4);
    if (x < a.x || x > d.x) continue;
    let [low, high] = [0, 1];
    for (let pass = 0; pass < 20; pass++) {
      const t = (low + high) / 2;
      if (bezier(a.x, b.x, c.x, d.x, t) < x) low = t;
      else high = t;
    }
    return bezier(a.y, b.y, c.y, d.y, low);
  }
  return null;
}

function bezier(a: number, b: number, c: number, d: number, t: number): number {
  const s = 1 - t;
  return s * s * s * a + 3 * s * s * t * b + 3 * s * t * t * c + t * t * t * d;
}
