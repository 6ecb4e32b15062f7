/** `node:util`: what Node prints, as Node prints it. */
import { inspect } from "node-inspect-extracted";

export { format, formatWithOptions, inspect } from "node-inspect-extracted";

type Style = string;

/** The codes that begin and end a colour; its types leave them out. */
const { colors } = inspect as unknown as {
  readonly colors: Readonly<Record<string, readonly [number, number]>>;
};

export function styleText(style: Style | readonly Style[], text: string): string {
  return [style].flat().reduceRight((inner, each) => {
    const [open, close] = colors[each] ?? [0, 0];
    return `\u001b[${open}m${inner}\u001b[${close}m`;
  }, text);
}

export const promisify = { custom: Symbol.for("nodejs.util.promisify.custom") };

/** A page cannot tell a proxy from what it stands for. */
export const types = { isProxy: (): boolean => false };
