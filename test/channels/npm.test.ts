/** The packed library in an empty project, as others run it: Node, Bun, Deno, a page built by Vite; and what judges packages. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { chromium } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { findBrowser } from "../../scripts/browser.ts";
import { root } from "../../scripts/setup/paths.ts";

const folder = mkdtempSync(join(tmpdir(), "gradbook-npm-"));
const npm = process.env.npm_execpath ?? "";
const run = (command: string, ...args: string[]): string =>
  execFileSync(command, args, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });

// The README's example, and a graph, for which the engine is loaded later.
const example = `import { allclose, exp, graph, tensor } from "gradbook";
const X = tensor([[1, -2, 0], [3, 0.5, -1]]);
const J = X.exp().sum();
J.backward();
console.log(JSON.stringify(X.grad.shape), allclose(X.grad, exp(X)), X.toArray()[1][0]);
const drawn = await graph(J)[Symbol.for("Jupyter.display")]();
console.log(Object.keys(drawn).sort().join(" "));
`;
const told = `[2,3] true 3\napplication/vnd.gradbook.graph.v1+json image/svg+xml text/plain\n`;

beforeAll(() => {
  run(process.execPath, npm, "pack", root, "--silent", "--ignore-scripts");
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  writeFileSync(join(folder, "package.json"), '{ "type": "module", "private": true }');
  writeFileSync(join(folder, "example.mjs"), example);
  const packages = [`./gradbook-${version}.tgz`, "bun@1.4.4", "deno@2.9.6", "vite@8.3.8", "publint@0.3.25"];
  const flags = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  run(
    process.execPath,
    npm,
    "install",
    ...flags,
    ...packages,
    "@arethetypeswrong/cli@0.18.5",
    "typescript@5.0.4",
  );
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("runs in Node", () => {
  expect(run(process.execPath, "example.mjs")).toBe(told);
});

it("runs in Bun", () => {
  expect(run(binary("@oven/bun-linux-x64", "bin/bun"), "example.mjs")).toBe(told);
});

it("runs in Deno", () => {
  expect(
    run(binary("@deno/linux-x64-glibc", "deno"), "run", "--node-modules-dir=manual", "example.mjs"),
  ).toBe(told);
});

it("has types that a TypeScript of 2023 reads, its own libraries checked", () => {
  writeFileSync(
    join(folder, "types.ts"),
    'import { tensor } from "gradbook";\nexport const s: 2 = tensor([[1], [2]]).shape[0];\n',
  );
  const flags = [
    "--noEmit",
    "--strict",
    "--target",
    "es2022",
    "--module",
    "nodenext",
    "--moduleResolution",
    "nodenext",
  ];
  expect(run(process.execPath, "node_modules/typescript/bin/tsc", ...flags, "types.ts")).toBe("");
});

it("pleases publint and Are The Types Wrong", () => {
  expect(
    run(process.execPath, "node_modules/publint/src/cli.js", "node_modules/gradbook", "--strict"),
  ).toMatch(/All good!/);
  const attw = "node_modules/@arethetypeswrong/cli/dist/index.js";
  // It ends with an error where it finds a problem that counts.
  expect(run(process.execPath, attw, "--profile", "esm-only", tarball())).toMatch(/🟢 \(ESM\)/);
});

it("runs in a page that Vite has built", async () => {
  mkdirSync(join(folder, "page"));
  writeFileSync(join(folder, "page", "index.html"), '<script type="module" src="./main.js"></script>');
  writeFileSync(join(folder, "page", "main.js"), example);
  run(process.execPath, "node_modules/vite/bin/vite.js", "build", "page", "--logLevel", "error");
  const site = join(folder, "page", "dist");
  const server = createServer((request, response) => {
    const file = join(site, request.url === "/" ? "index.html" : (request.url ?? ""));
    const type = extname(file) === ".html" ? "text/html" : "text/javascript";
    response.writeHead(200, { "content-type": type }).end(readFileSync(file));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { executablePath, args, env } = findBrowser();
  const browser = await chromium.launch({ executablePath, args: [...args], env });
  try {
    const page = await browser.newPage();
    const lines: string[] = [];
    page.on("console", (message) => lines.push(message.text()));
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await expect.poll(() => lines.length, { timeout: 20_000 }).toBeGreaterThanOrEqual(2);
    expect(`${lines.join("\n")}\n`).toBe(told);
  } finally {
    await browser.close();
    server.close();
  }
});

/** A program that a package brings for this system; the packages' own scripts would only link it. */
function binary(name: string, file: string): string {
  const path = join(folder, "node_modules", name, file);
  execFileSync("chmod", ["+x", path]);
  return path;
}

function tarball(): string {
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  return `gradbook-${version}.tgz`;
}
