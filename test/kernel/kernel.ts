/** One running kernel for the tests of a file. */

import { stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll } from "vitest";
import { KernelClient, type Message, type Ran, type StartOptions } from "./client.ts";

/** How much longer things may take on a machine that is busy with other things. */
export const PATIENCE = 10;

/** Starts a kernel before the tests of the calling file and ends it after them. */
export function useKernel(options: StartOptions = {}): () => KernelClient {
  let client: KernelClient | undefined;
  beforeAll(async () => {
    client = await KernelClient.start(options);
  });
  afterAll(() => client?.stop());
  return () => {
    if (!client) throw new Error("Cannot use the kernel outside of a test: it is not running");
    return client;
  };
}

/** The text of a cell's value, or undefined when it has none. */
export function resultOf(ran: Ran): string | undefined {
  return ran.first("execute_result")?.data["text/plain"];
}

/** The traceback of a failed cell as plain text. */
export function tracebackOf(ran: Ran): string {
  const { traceback } = ran.first("error") ?? { traceback: [] };
  return stripVTControlCharacters(traceback.join("\n"));
}

/** How often something is shown while these messages are sent: at once, ten times a second, and a last time. */
export function tenASecond(messages: readonly Message[]): number {
  const dates = messages.map(({ header }) => Date.parse(header.date));
  return 2 + (Math.max(...dates) - Math.min(...dates)) / 100;
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
