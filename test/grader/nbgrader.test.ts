import { spawn, spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, globSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { isSolution, markingOf, readNotebook } from "../../grader/dist/notebook/ipynb.js";
import { findBrowser } from "../../scripts/browser.ts";
import { attacks } from "./attacks.ts";
import { type Student, students } from "./class.ts";
import { CourseFolder, type RawNotebook, ROOT, solved } from "./course.ts";
import { GOOD, homework } from "./homework.ts";
import { sandboxed } from "./sandbox.ts";

const environment = join(ROOT, ".cache", "grading");
const user = Number(process.env.GRADBOOK_USER) || undefined;
// A Python of root's own home is not another user's: the machine's can do as much with the same packages.
const python = user === undefined ? join(environment, "bin", "python") : "/usr/bin/python3";
const isThere = existsSync(join(environment, "bin", "nbgrader"));
if (!isThere) console.warn("Left out, as there is no nbgrader in .cache/grading: the tests of nbgrader");
const test = isThere ? sandboxed : (sandboxed.skip as typeof sandboxed);

/** Debian's Python has not all that the pages of nbgrader need. */
const inBrowser = user === undefined ? test : test.skip;

/**
 * Some of each kind, as nbgrader takes seconds for each; `gradbook grade` meets them all, and so does nbgrader where
 * GRADBOOK_WHOLE_CLASS is set. GRADBOOK_USER is the number of another user, as whom it all runs.
 */
const isWhole = process.env.GRADBOOK_WHOLE_CLASS !== undefined;
const FEW = [1, 9, 16, 21, 27, 37, 38];
const forgers: Student[] = attacks
  .filter((_, k) => isWhole || k % 30 === 0)
  .map(({ title, backward = GOOD.backward, count = GOOD.count }, k) => ({
    name: `forger-${k} ${title.replace(/\W+/g, "-")}`.replace(" ", "-"),
    notebook: solved(homework, { ...GOOD, backward, count }),
    marks: [backward === GOOD.backward ? 2 : 0, count === GOOD.count ? 1 : 0, 2],
  }));
const everyone = [...students.filter((_, k) => isWhole || FEW.includes(k + 1)), ...forgers];

let course: CourseFolder;

function environmentOf(): NodeJS.ProcessEnv {
  const folders = ["CONFIG_DIR", "DATA_DIR", "RUNTIME_DIR"].map((name) => [
    `JUPYTER_${name}`,
    join(course.path, ".jupyter", name),
  ]);
  return {
    ...process.env,
    ...Object.fromEntries(folders),
    PATH: `${join(course.path, ".bin")}:${join(environment, "bin")}:${process.env.PATH}`,
    GRADBOOK_SECONDS: "2",
    ...(user !== undefined && {
      ...{
        HOME: course.path,
        XDG_CACHE_HOME: course.path,
        JUPYTER_PATH: join(environment, "share", "jupyter"),
      },
      PYTHONPATH: globSync(join(environment, "lib", "*", "site-packages"))[0],
    }),
  };
}

function run(command: string, ...args: string[]): Promise<{ code: number | null; said: string }> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      ...{ cwd: course.path, env: environmentOf(), stdio: ["ignore", "pipe", "pipe"] },
      ...(user !== undefined && { uid: user, gid: user }),
    });
    let said = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (text) => {
        said += text;
      });
    child.on("error", (error) => resolve({ code: null, said: error.message }));
    child.on("close", (code) => resolve({ code, said }));
  });
}

const nbgrader = (...args: string[]) => run(python, "-m", "nbgrader", ...args);
const gradbook = (...args: string[]) =>
  run(process.execPath, join(ROOT, "kernel", "bin", "gradbook.js"), ...args);

describe("nbgrader as it is, without a network", () => {
  beforeAll(async () => {
    course = new CourseFolder();
    for (const name of ["nbgrader_config.py", "templates"]) {
      cpSync(join(ROOT, "notebooks", "homework", name), join(course.path, name), { recursive: true });
    }
    course.write("source/hw/hw.ipynb", homework);
    for (const { name, file = "hw.ipynb", notebook } of everyone)
      course.write(`submitted/${name}/hw/${file}`, notebook);
    // nbgrader calls this one by name.
    if (user !== undefined)
      chmodSync(course.write(".bin/alembic", `#!/bin/sh\nexec ${python} -m alembic "$@"\n`), 0o755);
    if (user !== undefined) spawnSync("chown", ["-R", `${user}:${user}`, course.path]);
  });
  afterAll(() => course.remove());

  test("a release compiles, and correct work passes validation", { timeout: 600_000 }, async () => {
    const { code, said } = await nbgrader("generate_assignment", "hw");
    expect(code, said).toBe(0);
    const release = course.read("release/hw/hw.ipynb");
    expect(release).toContain("YOUR CODE HERE");
    expect(release).not.toMatch(/secret|HIDDEN|SOLUTION/);
    course.write("mine.ipynb", solved(homework, GOOD));
    expect((await nbgrader("validate", "mine.ipynb")).said).toMatch(
      /Success! Your notebook passes all the tests/,
    );
  });

  test("a homework of the course validates as its work is: right, and wrong", {
    timeout: 600_000,
  }, async () => {
    const name = "01-elementwise";
    const file = join(ROOT, "notebooks", "homework", "source", name, `${name}.ipynb`);
    const { cells } = readNotebook(readFileSync(file, "utf8"));
    const source = JSON.parse(readFileSync(file, "utf8")) as RawNotebook;
    const solutions = Object.fromEntries(
      cells
        .filter((cell) => isSolution(markingOf(cell)))
        .map((cell) => [markingOf(cell).grade_id, cell.source]),
    );
    course.write("right.ipynb", solved(source, solutions));
    expect((await nbgrader("validate", "right.ipynb")).said).toMatch(/Success! Your notebook passes all/);
    const wrong = solutions["1a-solution"].replace("dY.mul(exp(X))", "exp(X)");
    course.write("wrong.ipynb", solved(source, { ...solutions, "1a-solution": wrong }));
    const { said } = await nbgrader("validate", "wrong.ipynb");
    expect(said).toMatch(/VALIDATION FAILED ON 1 CELL/i);
    expect(said).not.toMatch(/Success/);
  });

  test("one run grades everybody as it should, faults and forgers included", {
    timeout: isWhole ? 3_600_000 : 900_000,
  }, async () => {
    const tidied = await gradbook("homework", "tidy", ".");
    expect(tidied.code, tidied.said).toBe(0);
    const graded = await nbgrader("autograde", "hw");
    expect(graded.code, graded.said.slice(-3000)).toBe(0);
    const script = [
      "import json, sys",
      "from nbgrader.api import Gradebook",
      "gb = Gradebook('sqlite:///gradebook.db')",
      "print(json.dumps({s.student_id: {g.name: g.auto_score for g in s.notebooks[0].grades} for s in gb.assignment_submissions('hw')}))",
    ];
    const { said } = await run(python, "-c", script.join("\n"));
    const scores = JSON.parse(said.trim().split("\n").at(-1) ?? "{}") as Record<
      string,
      Record<string, number | null>
    >;
    const found = Object.fromEntries(
      everyone.map(({ name }) => {
        const own = scores[name];
        return [name, own ? [own["test-backward"], own["test-count"], own["test-slope"]] : null];
      }),
    );
    const honest = everyone.filter((one) => !forgers.includes(one));
    expect(Object.fromEntries(honest.map(({ name }) => [name, found[name]]))).toEqual(
      Object.fromEntries(honest.map(({ name, marks }) => [name, marks])),
    );
    // What a forger has broken in its own process, and is used by its other exercises, is its own loss.
    const gains = forgers.filter(({ name, marks }) =>
      marks?.some((points, k) => ![0, points].includes(found[name]?.[k] ?? -1)),
    );
    expect(gains.map(({ name }) => [name, found[name]])).toEqual([]);
  });

  describe("in a browser without a network", () => {
    let browser: Browser;
    beforeAll(async () => {
      const { executablePath, args, env } = findBrowser();
      browser = await chromium.launch({ executablePath, args: [...args], env: { ...env } });
    });
    afterAll(() => browser?.close());

    /** Looks at a page: what it shows, and what it asks of anybody but its own server. */
    async function look(
      url: string,
    ): Promise<{ text: string; formulas: number; width: number; asked: string[] }> {
      const page = await browser.newPage();
      const asked: string[] = [];
      page.on("request", (request) => asked.push(request.url()));
      await page.goto(url);
      const formulas = page.locator(".katex .mord");
      await formulas.first().waitFor();
      const width = await formulas.first().evaluate((node) => node.getBoundingClientRect().width);
      // Without its styles a formula stands there twice: for the eye, and for screen readers.
      expect(
        await page
          .locator(".katex-mathml")
          .first()
          .evaluate((node) => node.clientHeight),
      ).toBeLessThan(3);
      await page.screenshot({ path: join(course.path, "page.png"), fullPage: true });
      if (process.env.GRADBOOK_SCREENSHOTS) cpSync(join(course.path, "page.png"), shotOf(url));
      return {
        ...{ text: await page.locator("body").innerText(), formulas: await formulas.count(), width },
        asked: asked.filter(
          (one) => !/^(?:file|data|blob):/.test(one) && new URL(one).host !== new URL(url).host,
        ),
      };
    }
    const shotOf = (url: string): string =>
      join(
        process.env.GRADBOOK_SCREENSHOTS ?? "",
        url.startsWith("file:") ? "feedback.png" : "formgrader.png",
      );

    inBrowser("feedback shows typeset mathematics, loads nothing, and has no hidden test", async () => {
      const { code, said } = await nbgrader("generate_feedback", "hw", "--student", "student-01");
      expect(code, said).toBe(0);
      const folder = join(course.path, "feedback", "student-01", "hw");
      const file = join(folder, readdirSync(folder).find((name) => name.endsWith(".html")) ?? "");
      expect(readFileSync(file, "utf8")).not.toMatch(/secret|HIDDEN TESTS/);
      const { formulas, width, asked } = await look(`file://${file}`);
      expect(formulas).toBeGreaterThan(1);
      expect(width).toBeGreaterThan(3);
      expect(asked).toEqual([]);
    });

    inBrowser("the formgrader shows a submission to its teacher, with typeset mathematics", async () => {
      const script = [
        "from nbgrader.api import Gradebook",
        "gb = Gradebook('sqlite:///gradebook.db')",
        "print([n.id for n in gb.notebook_submissions('hw', 'hw') if n.student.id == 'student-01'][0])",
      ];
      const id = (await run(python, "-c", script.join("\n"))).said.trim().split("\n").at(-1);
      const server = spawn(
        python,
        [
          ...[
            "-m",
            "jupyter_server",
            "--ServerApp.port=0",
            "--ServerApp.ip=127.0.0.1",
            "--IdentityProvider.token=",
          ],
          ...(process.getuid?.() === 0 ? ["--allow-root"] : []),
        ],
        { cwd: course.path, env: environmentOf(), stdio: ["ignore", "ignore", "pipe"] },
      );
      try {
        let said = "";
        const address = await new Promise<string>((resolve, reject) => {
          server.stderr.on("data", (text) => {
            said += text;
            const found = /http:\/\/127\.0\.0\.1:\d+/.exec(said);
            if (found) resolve(found[0]);
          });
          server.on("close", () => reject(new Error(said)));
        });
        const { text, width, asked } = await look(`${address}/formgrader/submissions/${id}/?index=0`);
        expect(text).toContain("sigmoidBackward");
        expect(text).toContain("secret"); // the teacher sees the hidden tests
        expect(width).toBeGreaterThan(3);
        expect(asked).toEqual([]);
      } finally {
        server.kill("SIGKILL");
      }
    });
  });
});
