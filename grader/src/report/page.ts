/** A page of HTML that stands alone: it loads nothing and runs nothing. */

import { mathematicsStyle } from "./mathematics.ts";

const STYLE = `
:root { color-scheme: light dark; --line: #d5d9e0; --soft: #f5f6f8; --dim: #5b6270; --good: #1a7f37; --bad: #b3261e; --accent: #3257c8; }
@media (prefers-color-scheme: dark) {
  :root { --line: #3a3f4a; --soft: #22262e; --dim: #a4abb8; --good: #57c26f; --bad: #ff8a80; --accent: #8fb0ff; }
  body { background: #15181d; color: #e6e8ec; }
}
body { font: 16px/1.55 system-ui, sans-serif; max-width: 54rem; margin: 2rem auto; padding: 0 1.2rem; }
h1 { font-size: 1.5rem; margin: 0 0 0.3rem; } h2 { font-size: 1.15rem; margin: 2rem 0 0.5rem; }
pre { background: var(--soft); border: 1px solid var(--line); border-radius: 6px; padding: 0.7rem 0.9rem; overflow-x: auto; font: 13px/1.5 ui-monospace, monospace; margin: 0.5rem 0; white-space: pre; }
pre.printed { background: none; border-style: dashed; white-space: pre-wrap; }
.error { color: var(--bad); } .dim { color: var(--dim); font-size: 0.9rem; }
.mark { float: right; font-weight: 600; padding-left: 1rem; } .good { color: var(--good); } .bad { color: var(--bad); }
.test { border-left: 4px solid var(--line); padding: 0.2rem 0 0.2rem 0.9rem; margin: 0.8rem 0 1.4rem; }
.test.good { border-color: var(--good); color: inherit; } .test.bad { border-color: var(--bad); color: inherit; }
table { border-collapse: collapse; width: 100%; font-size: 0.93rem; } th, td { text-align: left; padding: 0.35rem 0.6rem; border-bottom: 1px solid var(--line); vertical-align: top; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
.bar { display: inline-block; width: 7rem; height: 0.7rem; background: var(--soft); border: 1px solid var(--line); border-radius: 3px; vertical-align: middle; }
.bar > i { display: block; height: 100%; background: var(--accent); border-radius: 2px; }
.out { overflow-x: auto; margin: 0.5rem 0; } img { max-width: 100%; } details { margin: 0.3rem 0; } summary { cursor: pointer; }
`;

// Even if something in it were not escaped, it could neither run nor call anybody.
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:";

export function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<title>${escaped(title)}</title>
<style>${STYLE}${mathematicsStyle(body)}</style>
</head>
<body>
${body}
</body>
</html>
`;
}

/** Text as HTML. */
export function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
