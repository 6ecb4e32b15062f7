/** Whether a text is XML, as strictly as a browser reads an image. */

const TOKEN =
  /<(?<open>[a-z]+)(?<attributes>(?: [a-zA-Z:-]+="[^"<&]*(?:&(?:amp|lt|gt|quot);[^"<&]*)*")*)(?<alone>\/?)>|<\/(?<close>[a-z]+)>|(?<text>[^<&>]+|&(?:amp|lt|gt|quot);)/gy;

/** What is wrong with it; `null` for nothing. */
export function notWellFormed(xml: string): string | null {
  const open: string[] = [];
  let at = 0;
  for (const { 0: whole, index, groups = {} } of xml.matchAll(TOKEN)) {
    if (index !== at) break;
    at += whole.length;
    if (/[^\t\n\r -\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u.test(whole))
      return `a sign that XML has not: ${whole}`;
    const names = [...(groups.attributes ?? "").matchAll(/ ([a-zA-Z:-]+)="/g)].map(([, name]) => name);
    if (new Set(names).size < names.length) return `an attribute twice: ${whole}`;
    if (groups.open !== undefined && groups.alone === "") open.push(groups.open);
    if (groups.close !== undefined && open.pop() !== groups.close) return `</${groups.close}> closes nothing`;
  }
  if (at < xml.length) return `at ${at}: ${xml.slice(at, at + 80)}`;
  return open.length === 0 ? null : `<${open.at(-1)}> is not closed`;
}
