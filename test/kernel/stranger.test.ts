import { expect, test } from "vitest";
import { Dealer } from "zeromq";
import { useKernel } from "./kernel.ts";
import { asPeer, command, frame, type Speech, say } from "./stranger.ts";

const kernel = useKernel({ quiet: true });

/** What a peer of each socket says that it is. */
const PEERS = { shell: "DEALER", control: "DEALER", stdin: "DEALER", iopub: "SUB", hb: "REQ" } as const;

const SPEECHES: Readonly<Record<string, (type: string) => Speech>> = {
  "a line of text": () => ({ bytes: Buffer.from("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n") }),
  "a TLS hello": () => ({
    bytes: Buffer.from(`16030100c8010000c40303${"5a".repeat(32)}20${"a5".repeat(160)}`, "hex"),
  }),
  "a byte": () => ({ bytes: Buffer.from([0]) }),
  "a thousand zeros": () => ({ bytes: Buffer.alloc(1000) }),
  "a thousand bytes 255": () => ({ bytes: Buffer.alloc(1000, 255) }),
  "the oldest protocol, and a frame without a delimiter": () => ({ bytes: Buffer.from("0100026869", "hex") }),
  "a peer of another type": () => asPeer("PUSH", frame("hi")),
  "a frame without a delimiter": (type) => asPeer(type, frame("hi")),
  "a frame that is empty": (type) => asPeer(type, frame("")),
  "a frame that says it is 2⁶³ − 1 bytes long": (type) =>
    asPeer(type, Buffer.from("027fffffffffffffff00", "hex")),
  "flags that nobody has defined": (type) => asPeer(type, Buffer.from("f80568656c6c6f", "hex")),
  "a ping, an unknown command, and a second handshake": (type) =>
    asPeer(type, Buffer.concat([command("PING"), command("DANCE"), command("READY")])),
};

const CASES = Object.entries(PEERS).flatMap(([channel, type]) =>
  Object.entries(SPEECHES).map(([what, speech]) => ({
    channel: channel as keyof typeof PEERS,
    what,
    type,
    speech,
  })),
);

test.each(CASES)("The $channel socket survives $what", async ({ channel, type, speech }) => {
  await say(kernel().ports[channel], speech(type));
  await kernel().expectAlive();
});

test.each([["a frame"], ["two", "frames"], ["", ""]])(
  "The heartbeat comes back as it was sent: %j, %j",
  async (...frames) => {
    const dealer = new Dealer({ linger: 0 });
    try {
      dealer.connect(`tcp://127.0.0.1:${kernel().ports.hb}`);
      const sent = frames.filter((text) => text !== undefined);
      await dealer.send(sent);
      const gone = kernel().exited();
      expect(await Promise.race([dealer.receive().then((echo) => echo.map(String)), gone])).toEqual(sent);
      await kernel().expectAlive();
    } finally {
      dealer.close();
    }
  },
);
