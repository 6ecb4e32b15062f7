/** Asks a kernel for all entries of a tensor. */
import type { JsonNumber } from "gradbook/graph";
import type { CommKernel } from "../kernel-link/comm-kernel.ts";
import { openRequests } from "../kernel-link/comm-requests.ts";
import { isList } from "../untrusted.ts";
import { isJsonNumber, mostEntries } from "./tensor-data.ts";

/** The entries of the tensor that `kernel` knows by this id; rejects with the kernel's own sentence, or with ours. */
export async function askForTensor(kernel: CommKernel, tensor: string): Promise<readonly JsonNumber[]> {
  const requests = openRequests(kernel, "gradbook.graph");
  try {
    const { data } = await requests.ask({ type: "tensor", tensor });
    if (isList(data, mostEntries, isJsonNumber)) return data;
    throw new Error("Cannot read what the kernel answers: update Gradbook, and start the kernel again");
  } finally {
    requests.dispose();
  }
}
