import { statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { curveKeyPair, Dealer } from "zeromq";
import { KernelClient } from "./client.ts";
import { JupyterFolder } from "./jupyter.ts";
import { resultOf } from "./kernel.ts";

const folder = new JupyterFolder();
afterAll(() => folder.remove());

const FILE = join(folder.path, "connection.json");

/** A connection file that is as it should be; nobody gets so far as to open its ports. */
const GOOD = {
  transport: "tcp",
  ip: "127.0.0.1",
  ...{ shell_port: 1, control_port: 2, stdin_port: 3, iopub_port: 4, hb_port: 5 },
  key: "a key",
  signature_scheme: "hmac-sha256",
};
const { publicKey, secretKey } = curveKeyPair();

/** What is written to the connection file, and the sentence that it gets. */
const REFUSED: readonly (readonly [string, unknown, string])[] = [
  [
    "a public key without its secret",
    { ...GOOD, curve_publickey: publicKey },
    "Cannot encrypt messages: the connection file has curve_publickey, but no curve_secretkey",
  ],
  [
    "a secret key without its public one",
    { ...GOOD, curve_secretkey: secretKey, curve_publickey: null },
    "Cannot encrypt messages: the connection file has curve_secretkey, but no curve_publickey",
  ],
  [
    "a scheme that nobody knows",
    { ...GOOD, signature_scheme: "hmac-md5" },
    "Cannot sign messages by hmac-md5: this kernel knows hmac-sha256 only",
  ],
  ["no key", { ...GOOD, key: undefined }, "Cannot sign messages: the connection file has no key"],
  [
    "another transport",
    { ...GOOD, transport: "udp" },
    "Cannot open sockets by udp: this kernel knows tcp and ipc only",
  ],
  ["a list", [], "Cannot open sockets by undefined: this kernel knows tcp and ipc only"],
];

test.each(REFUSED)("A connection file with %s is refused by a sentence", async (_, content, sentence) => {
  writeFileSync(FILE, JSON.stringify(content));
  const { code, stderr } = await folder.gradbook("kernel", FILE);
  expect(stderr).toBe(`gradbook: ${sentence}\n`);
  expect(code).toBe(2);
});

test.each([
  ["is not there", undefined, /^gradbook: Cannot read the connection file .*: ENOENT.*\n$/],
  ["is not JSON", "{", /^gradbook: Cannot read the connection file .*: .*JSON.*\n$/],
  ["holds null", "null", /^gradbook: Cannot read the connection file .*: it holds no object\n$/],
])("A connection file that %s is refused by a sentence", async (_, text, sentence) => {
  const file = text === undefined ? `${FILE}.missing` : FILE;
  if (text !== undefined) writeFileSync(file, text);
  const { code, stderr } = await folder.gradbook("kernel", file);
  expect(stderr).toMatch(sentence);
  expect(code).toBe(2);
});

test.each([
  ["busy", "shell", {}, /^gradbook: Cannot open the shell channel at tcp:.*: .*in use.*\n$/],
  ["busy", "iopub", {}, /^gradbook: Cannot open the iopub channel at tcp:.*: .*in use.*\n$/],
  ["no port", "hb", { hb_port: "x" }, /^gradbook: Cannot open the hb channel at tcp:.*: .*\n$/],
  [
    "fine, but its keys are not",
    "shell",
    { curve_publickey: "short", curve_secretkey: "short" },
    /^gradbook: Cannot open the shell channel at tcp:.*: .*\n$/,
  ],
])("A port that is %s (%s) is a sentence and not a stack", async (how, channel, rest, sentence) => {
  const busy = createServer();
  await new Promise<void>((resolve) => busy.listen(0, "127.0.0.1", resolve));
  const address = busy.address();
  if (typeof address !== "object" || !address) throw new Error("A server without an address");
  const free = { shell_port: 0, control_port: 0, stdin_port: 0, iopub_port: 0, hb_port: 0 };
  const port = how === "busy" ? { [`${channel}_port`]: address.port } : {};
  writeFileSync(FILE, JSON.stringify({ ...GOOD, ...free, ...port, ...rest }));
  const { code, stderr } = await folder.gradbook("kernel", FILE);
  busy.close();
  expect(stderr).toMatch(sentence);
  expect(code).toBe(2);
});

test("Sockets that are files are for their owner only, whatever the mask of the process allows", async () => {
  const client = await KernelClient.start({
    transport: "ipc",
    starter: ["sh", "-c", 'umask 0; exec "$@"', "sh"],
  });
  try {
    expect(resultOf(await client.run("6 * 7"))).toBe("42");
    for (const [channel, port] of Object.entries(client.ports)) {
      expect((statSync(`${client.ip}-${port}`).mode & 0o777).toString(8), channel).toBe("600");
    }
  } finally {
    await client.stop();
  }
});

test.each(["tcp", "ipc"] as const)(
  "A front end that comes back under its name is answered, by %s",
  async (transport) => {
    const client = await KernelClient.start({ transport });
    const { ip, ports } = client;
    const address = transport === "tcp" ? `tcp://${ip}:${ports.shell}` : `ipc://${ip}-${ports.shell}`;
    const sockets: Dealer[] = [];
    /** The id of the message that a front end of this name gets an answer to, on a new connection. */
    const ask = async (id: string): Promise<string> => {
      const socket = new Dealer({ routingId: "the same name", linger: 0, receiveTimeout: 60_000 });
      sockets.push(socket); // what is left of the one before is still connected
      socket.connect(address);
      const header = {
        msg_id: id,
        msg_type: "kernel_info_request",
        session: "s",
        username: "u",
        date: "",
        version: "5.5",
      };
      await socket.send(client.frames([header, {}, {}, {}].map((part) => JSON.stringify(part))));
      const frames = await socket.receive();
      return JSON.parse(frames[3].toString()).msg_id; // behind the delimiter, the signature and the header
    };
    try {
      for (const id of ["first", "second", "third"]) expect(await ask(id)).toBe(id);
    } finally {
      for (const socket of sockets) socket.close();
      await client.stop();
    }
  },
);
