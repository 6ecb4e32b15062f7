import { spawn } from "node:child_process";
import { chmodSync, existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect } from "vitest";
import type { MarksRow } from "../../grader/dist/report/marks.js";
import { students } from "./class.ts";
import { CourseFolder, ROOT } from "./course.ts";
import { homework } from "./homework.ts";
import { sandboxed as test } from "./sandbox.ts";

let course: CourseFolder;
let first: { code: number | null; said: string };

function gradbook(...args: string[]): Promise<{ code: number | null; said: string }> {
  return new Promise((resolve) => {
    const command = [join(ROOT, "kernel", "bin", "gradbook.js"), ...args];
    const child = spawn(process.execPath, command, { env: { ...process.env, GRADBOOK_SECONDS: "2" } });
    let said = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (text) => {
        said += text;
      });
    child.on("close", (code) => resolve({ code, said }));
  });
}

function results(): Map<string, string> {
  const folder = "graded/hw/results";
  return new Map(
    readdirSync(join(course.path, folder)).map((name) => [name, course.read(`${folder}/${name}`)]),
  );
}

const rows = (): MarksRow[] => JSON.parse(course.read("graded/hw/marks.json"));

describe("a class of forty, graded by gradbook grade", () => {
  beforeAll(async () => {
    course = new CourseFolder();
    course.write("source/hw/hw.ipynb", homework);
    for (const { name, file = "hw.ipynb", notebook } of students)
      course.write(`submitted/${name}/hw/${file}`, notebook);
    first = await gradbook("grade", course.path);
  });
  afterAll(() => course.remove());

  test("everybody gets the marks they should, whatever they handed in", () => {
    expect(first.code, first.said).toBe(0);
    const found = Object.fromEntries(
      rows().map(({ student, marks, refused }) => [
        student,
        refused === undefined ? [marks["test-backward"], marks["test-count"], marks["test-slope"]] : null,
      ]),
    );
    expect(found).toEqual(Object.fromEntries(students.map(({ name, marks }) => [name, marks])));
  });

  test("what was mended is told, each time", () => {
    const overview = course.read("graded/hw/index.html");
    for (const { name, told } of students.filter(({ told }) => told !== undefined)) {
      const row = rows().find(({ student }) => student === name);
      const notes = [
        ...(row?.repairs ?? []),
        row?.refused ?? "",
        ...overview.split("<li>").filter((line) => line.startsWith(name)),
      ];
      expect(notes.join("\n"), name).toMatch(told as RegExp);
    }
  });

  test("a second run does nothing, and says so", async () => {
    const before = results();
    const { code, said } = await gradbook("grade", course.path);
    expect([code, said]).toEqual([0, expect.stringContaining("40 notebooks, 40 of them graded before")]);
    expect(results()).toEqual(before);
  });

  test("marks stand in a table that a spreadsheet takes for numbers and text", () => {
    const lines = course.read("graded/hw/marks.csv").trim().split("\r\n");
    expect(lines[0]).toBe(
      "student,notebook,earned,points,to mark by hand,test-backward,test-count,test-slope,prose,notes",
    );
    expect(lines[1]).toBe("student-01,hw.ipynb,5,8,3,2,1,2,,");
    expect(lines).toHaveLength(41);
  });

  test("no page shows a hidden test, runs anything or loads anything", () => {
    const pages = readdirSync(join(course.path, "graded/hw/feedback")).map((name) =>
      course.read(`graded/hw/feedback/${name}`),
    );
    expect(pages).toHaveLength(40);
    for (const page of [...pages, course.read("graded/hw/index.html")]) {
      expect(page).not.toMatch(/secret|HIDDEN TESTS|<script|(?:src|href)="(?!data:)/);
    }
  });

  test("another user than root grades, too", async () => {
    const files = new CourseFolder();
    try {
      const file = files.write("hw.ipynb", homework);
      const handedIn = files.write("in/ada.ipynb", students[0].notebook);
      for (const path of [files.path, join(files.path, "in")]) chmodSync(path, 0o777);
      const args = ["grade", join(handedIn, ".."), "--source", file, "--processes", "1"];
      const isRoot = process.getuid?.() === 0;
      const child = spawn(process.execPath, [join(ROOT, "kernel", "bin", "gradbook.js"), ...args], {
        env: { ...process.env, HOME: files.path, XDG_CACHE_HOME: files.path },
        ...(isRoot && { uid: 65534, gid: 65534 }),
      });
      const code = await new Promise((resolve) => child.on("close", resolve));
      expect(code).toBe(0);
      expect(files.read("in/graded/marks.csv")).toContain("ada,hw.ipynb,5,8,3,2,1,2");
    } finally {
      files.remove();
    }
  });

  test("a run that is killed at random moments ends with the same results", async () => {
    const before = results();
    const output = join(course.path, "again");
    for (const delay of [1500, 2500, 4000]) {
      const child = spawn(
        process.execPath,
        [join(ROOT, "kernel", "bin", "gradbook.js"), "grade", course.path, "--output", output],
        { env: { ...process.env, GRADBOOK_SECONDS: "2" }, stdio: "ignore" },
      );
      await new Promise((resolve) => setTimeout(resolve, delay));
      child.kill("SIGKILL");
      await new Promise((resolve) => child.on("close", resolve));
    }
    expect((await gradbook("grade", course.path, "--output", output)).code).toBe(0);
    const folder = join(output, "hw", "results");
    expect(existsSync(folder)).toBe(true);
    expect(
      readdirSync(folder)
        .filter((name) => name.endsWith(".json"))
        .sort(),
    ).toEqual([...before.keys()].filter((name) => name.endsWith(".json")).sort());
    for (const [name, text] of before) expect(course.read(`again/hw/results/${name}`), name).toBe(text);
  });
});
