/** Large tensors that were shown in part, so that a front end can ask for all of one. */

import { ValueError } from "./errors.ts";
import type { Tensor } from "./tensor.ts";

const tensors = new Map<string, WeakRef<Tensor>>();
const names = new WeakMap<Tensor, string>();
const forgotten = new FinalizationRegistry<string>((id) => tensors.delete(id));
let count = 0;

/** Names a tensor for as long as somebody holds on to it. */
export function keepTensor(x: Tensor): string {
  const known = names.get(x);
  if (known !== undefined) return known;
  count += 1;
  const id = `t${count}`;
  names.set(x, id);
  tensors.set(id, new WeakRef(x));
  forgotten.register(x, id);
  return id;
}

/**
 * The tensor of that name.
 *
 * @throws ValueError when it is gone.
 */
export function keptTensor(id: string): Tensor {
  const x = tensors.get(id)?.deref();
  if (x === undefined) throw new ValueError("Cannot find this tensor any more: run its cell again");
  return x;
}
