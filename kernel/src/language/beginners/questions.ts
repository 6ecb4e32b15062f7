/** Cells that ask instead of computing: help(sigmoid), sigmoid?, help(), dir(X). */

import type { Completions, Inspection } from "../protocol.ts";
import { CHEAT_SHEET } from "./cheat-sheet.ts";

/** What answers a question about a name. */
export interface Answering {
  inspect(source: string, cursor: number): Inspection;
  complete(source: string, cursor: number): Completions;
}

const HELP =
  /^\s*(?:(?:help|doc)[ \t]+([\w$.]+)|help\(\s*([\w$.]*)\s*\)|\?{1,2}\s*([\w$.]+)|([\w$.]+)\s*\?{1,2})\s*;?\s*$/;
const DIR = /^\s*dir\(\s*([\w$.]+)\s*\)\s*;?\s*$/;

/** Whether a cell is a question; a name of the notebook's own, such as its own `help`, is none. */
export function isQuestion(source: string, isDeclared: (name: string) => boolean): boolean {
  if (DIR.test(source)) return !isDeclared("dir");
  return HELP.test(source) && !(/^\s*help\(/.test(source) && isDeclared("help"));
}

/** The cell that shows the answer. */
export function answerCell(source: string, answering: Answering): string {
  const [, listed] = DIR.exec(source) ?? [];
  const { markdown, plain } = listed === undefined ? help(source, answering) : members(listed, answering);
  const bundle = JSON.stringify({ "text/markdown": markdown, "text/plain": plain });
  return `({ [Symbol.for("Jupyter.display")]: () => (${bundle}) })`;
}

type Text = Readonly<Record<"markdown" | "plain", string>>;

function help(source: string, { inspect }: Answering): Text {
  const name = (HELP.exec(source) ?? []).slice(1).find((one) => one !== undefined) ?? "";
  if (name === "") return { markdown: CHEAT_SHEET, plain: CHEAT_SHEET };
  const { found, markdown, plain } = inspect(name, name.length);
  if (found && plain !== "any") return { markdown, plain };
  const none = `There is no ${name} here. help() lists what there is.`;
  return { markdown: none, plain: none };
}

function members(name: string, { complete }: Answering): Text {
  const { matches } = complete(`${name}.`, name.length + 1);
  const listed = (of: string): string[] =>
    matches.filter(({ type, text }) => type === of && !text.startsWith("_")).map(({ text }) => text);
  const groups = [
    ["properties", listed("property")],
    ["methods", listed("method")],
  ] as const;
  const lines = groups.filter(([, names]) => names.length > 0);
  if (lines.length === 0) return { markdown: `${name} has no members.`, plain: `${name} has no members.` };
  return {
    markdown: lines
      .map(([kind, names]) => `**${kind} of ${name}**: ${names.map((one) => `\`${one}\``).join(" ")}`)
      .join("\n\n"),
    plain: lines.map(([kind, names]) => `${kind} of ${name}: ${names.join(" ")}`).join("\n"),
  };
}
