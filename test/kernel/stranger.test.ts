import { expect, test } from "vitest";
import { Dealer } from "zeromq";
import { useKernel } from "./kernel.ts";
import { command, frame, sendBytes, zeromqBytes } from "./stranger.ts";

const kernel = useKernel({ quiet: true });

/** What a peer of each socket says that it is. */
const PEERS = { shell: "DEALER", control: "DEALER", stdin: "DEALER", iopub: "SUB", hb: "REQ" } as const;

const BYTES: Readonly<Record<string, (type: string) => Uint8Array>> = {
  "a line of text": () => Buffer.from("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"),
  "a TLS hello": () => Buffer.from(`16030100c8010000c40303${"5a".repeat(32)}20${"a5".repeat(160)}`, "hex"),
  "a byte": () => Buffer.from([0]),
  "a thousand zeros": () => Buffer.alloc(1000),
  "a thousand bytes 255": () => Buffer.alloc(1000, 255),
  "the oldest protocol, and a frame without a delimiter": () => Buffer.from("0100026869", "hex"),
  "a peer of another type": () => zeromqBytes("PUSH", frame("hi")),
  "a frame without a delimiter": (type) => zeromqBytes(type, frame("hi")),
  "a frame that is empty": (type) => zeromqBytes(type, frame("")),
  "a frame that says it is 2⁶³ − 1 bytes long": (type) =>
    zeromqBytes(type, Buffer.from("027fffffffffffffff00", "hex")),
  "flags that nobody has defined": (type) => zeromqBytes(type, Buffer.from("f80568656c6c6f", "hex")),
  "a ping, an unknown command, and a second handshake": (type) =>
    zeromqBytes(type, Buffer.concat([command("PING"), command("DANCE"), command("READY")])),
};

const CASES = Object.entries(PEERS).flatMap(([channel, type]) =>
  Object.entries(BYTES).map(([what, bytes]) => ({
    channel: channel as keyof typeof PEERS,
    what,
    type,
    bytes,
  })),
);

test.each(CASES)("The $channel socket survives $what", async ({ channel, type, bytes }) => {
  await sendBytes(kernel().ports[channel], bytes(type));
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
