/** The grader, a package of its own that stands on this one: so it is looked for by name, when it is needed. */

/** What the `gradbook` command has of the grader. */
export interface Grader {
  command(name: string, args: readonly string[]): Promise<number>;
  sandboxFound(): string;
}

const NAME = "@gradbook/grader/command";

/** The grader, or a sentence about it. */
export async function grader(): Promise<Grader> {
  try {
    return (await import(NAME)) as Grader;
  } catch (error) {
    if ((error as { code?: unknown }).code !== "ERR_MODULE_NOT_FOUND") throw error;
    throw new Error("Cannot find the grader: run npm ci, then build with npm start");
  }
}
