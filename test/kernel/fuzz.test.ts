/**
 * Sends what no front end sends to all five sockets, and asks after each burst what an honest one asks.
 *
 * `npm run fuzz -- 5000` is a longer run with another seed, by GRADBOOK_BURSTS and GRADBOOK_SEED.
 */

import { expect, test } from "vitest";
import { Draws, randomMessage, randomSpeech } from "./fuzz.ts";
import { resultOf, useKernel } from "./kernel.ts";
import { say } from "./stranger.ts";

const BURSTS = Number(process.env.GRADBOOK_BURSTS ?? 80);
const SEED = Number(process.env.GRADBOOK_SEED ?? 20_261_129);

/** How many connections, messages, and messages without a signature one burst has. */
const BYTES = 5;
const SIGNED = 20;
const UNSIGNED = 5;

const PEERS = [
  ["shell", "DEALER"],
  ["control", "DEALER"],
  ["stdin", "DEALER"],
  ["iopub", "SUB"],
  ["hb", "REQ"],
] as const;
const CHANNELS = ["shell", "control", "stdin"] as const;

const kernel = useKernel({ quiet: true });

test(`The kernel answers an honest request after each of ${BURSTS} bursts of seed ${SEED}`, async () => {
  const draws = new Draws(SEED);
  const unsigned: string[] = [];
  for (let burst = 0; burst < BURSTS; burst++) {
    const connections = Array.from({ length: BYTES }, () => {
      const [channel, peer] = draws.among(PEERS);
      return say(kernel().ports[channel], randomSpeech(draws, peer));
    });
    for (let i = 0; i < SIGNED; i++) {
      kernel().sendFrames(draws.among(CHANNELS), kernel().frames(randomMessage(draws).parts));
    }
    for (let i = 0; i < UNSIGNED; i++) {
      const { id, parts } = randomMessage(draws);
      unsigned.push(id);
      kernel().sendFrames(
        draws.among(CHANNELS),
        kernel()
          .frames(parts)
          .with(1, draws.among(["", "0".repeat(64)])),
      );
      const noise = Array.from({ length: 1 + draws.below(8) }, () => draws.bytes(draws.below(30)));
      kernel().sendFrames(draws.among(CHANNELS), noise);
    }
    await Promise.all(connections);
    await kernel().expectAlive();
  }
  const answered = new Set([...kernel().replies, ...kernel().heard].map(({ parent }) => parent.msg_id));
  expect(unsigned.filter((id) => answered.has(id))).toEqual([]);
  await kernel().run("1"); // may be turned down because of a random cell before it
  expect(resultOf(await kernel().run("6 * 7"))).toBe("42");
});
