/**
 * `npm run docs`: writes the documentation, a site that needs no network, to docs/api, or to another folder. With the
 * address of JupyterLite, counted from that folder, its pages lead there.
 */

import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  Application,
  Comment,
  Converter,
  type DeclarationReflection,
  type ProjectReflection,
  ReflectionKind,
} from "typedoc";
import { groups, placeOf, placeOfMember, TYPES } from "./groups.ts";
import { writeNotebooks } from "./notebooks.ts";
import { addFormulas, copyKatex, linkKatex } from "./plugin/formulas.ts";
import { linkJupyterLite } from "./plugin/jupyter-lite.ts";
import { typesetFormulas } from "./plugin/mathematics.ts";
import { convertCallablesAsFunctions, opsOf, removeMachinery, tidy } from "./plugin/ops-as-functions.ts";
import { arrange } from "./plugin/order.ts";
import { hideInherited, showMethods } from "./plugin/tensor-members.ts";

const here = import.meta.dirname;
const root = join(here, "..");
const [site = join(here, "api"), jupyterLite] = process.argv.slice(2);

convertCallablesAsFunctions();

const app = await Application.bootstrap({
  name: "Gradbook",
  entryPoints: [join(root, "src/index.ts")],
  alwaysCreateEntryPointModule: false, // as the guides would make it
  exclude: ["**/src/index.ts"], // the namespace gb, which would take all names from their module
  excludeExternals: true,
  tsconfig: join(root, "src/tsconfig.json"),
  skipErrorChecking: true, // `npm run check` has the types checked
  basePath: root,
  readme: "none",
  projectDocuments: [
    ...guides("start", "explore", "teach"),
    ...writeNotebooks(root, join(root, ".cache", "docs")),
    ...guides("homework", "grade", "browser", "npm", "class"),
  ],
  markdownItLoader: typesetFormulas,
  searchInDocuments: true,
  useFirstParagraphOfCommentAsSummary: true,
  customCss: join(here, "style.css"),
  groupOrder: ["Documents", ...groups.map(({ title }) => title), TYPES],
  sort: ["documents-first"], // which leaves the order as it is
  navigation: { includeGroups: true },
  visibilityFilters: {},
  includeHierarchySummary: false,
  disableGit: true,
  sourceLinkTemplate: "{path}#{line}", // TypeDoc wants one; see nameSources
  validation: { notExported: false },
  treatWarningsAsErrors: true,
  logLevel: "Warn",
});

app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
  const ops = opsOf(project);
  const tensor = classNamed(project, "Tensor");
  const jacobian = classNamed(project, "Jacobian");
  hideInherited(project, jacobian, tensor);
  showMethods(tensor, ops);
  removeMachinery(project, ops);
  const all = project.children ?? [];
  for (const child of all) child.signatures?.forEach(tidy);
  addFormulas(all.filter(({ name }) => ops.has(name)));
  arrange(project, placeOf);
  arrange(tensor, placeOfMember);
  const introduction = readFileSync(join(here, "introduction.md"), "utf8");
  project.comment = new Comment([{ kind: "text", text: introduction }]);
});

app.converter.on(Converter.EVENT_RESOLVE_END, ({ project }) => nameSources(project));
linkKatex(app.renderer);
if (jupyterLite !== undefined) linkJupyterLite(app.renderer, jupyterLite);

const project = await app.convert();
if (project === undefined) throw new Error("Cannot read the library: TypeDoc says why above");
mkdirSync(site, { recursive: true });
await app.generateDocs(project, site);
copyKatex(site);
if (app.logger.hasErrors() || app.logger.hasWarnings()) process.exitCode = 1;
else console.log(`Wrote ${site}/index.html`);

function guides(...names: string[]): string[] {
  return names.map((name) => join(here, "guides", `${name}.md`));
}

/** Names the files that things are defined in without linking them: from a site that may lie anywhere, none is near. */
function nameSources(project: ProjectReflection): void {
  for (const reflection of Object.values(project.reflections)) {
    const sources = reflection.isDeclaration() || reflection.isSignature() ? reflection.sources : undefined;
    for (const source of sources ?? []) delete source.url;
  }
}

function classNamed(project: ProjectReflection, name: string): DeclarationReflection {
  const found = project.children?.find((child) => child.name === name && child.kind === ReflectionKind.Class);
  if (found === undefined) throw new Error(`Cannot arrange the reference: the library has no class ${name}`);
  return found;
}
