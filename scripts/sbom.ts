/**
 * `npm run sbom`: writes what Gradbook is made of, as CycloneDX, for a release: every package that the lockfiles name,
 * with its version, licence and hashes. The same lockfiles give the same file.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { runCommand } from "./setup/command.ts";
import { type Component, npmComponents, pythonComponents } from "./setup/components.ts";
import { cache, root } from "./setup/paths.ts";

const read = (path: string): string => readFileSync(join(root, path), "utf8");

if (import.meta.main) {
  await runCommand(async () => {
    const { name, version } = JSON.parse(read("package.json")) as { name: string; version: string };
    const folder = join(cache, "release");
    const file = join(folder, `${name}-${version}.cdx.json`);
    const components = lockedComponents();
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, `${JSON.stringify(billOfMaterials(name, version, components), null, 2)}\n`);
    console.log(`${components.length} packages stand in ${relative(root, file)}`);
    return 0;
  });
}

/** Every package of every lockfile, once. */
export function lockedComponents(): Component[] {
  const all = [
    ...npmComponents(read("package-lock.json")),
    ...npmComponents(read("scripts/node/package-lock.json")),
    ...npmComponents(read("scripts/browser/package-lock.json"), false),
    ...pythonComponents(read("requirements/jupyterlab.txt")),
    ...pythonComponents(read("requirements/test.txt"), false),
    ...pythonComponents(read("requirements/site.txt"), false),
  ];
  const known = new Map<string, Component>();
  for (const component of all) {
    const before = known.get(component.purl);
    const isNeeded = component.isNeeded || before?.isNeeded === true;
    const needs = [...new Set([...(before?.needs ?? []), ...component.needs])].sort();
    known.set(component.purl, { ...component, isNeeded, needs });
  }
  return [...known.values()].sort((a, b) => (a.purl < b.purl ? -1 : 1));
}

/** The components as a document of CycloneDX 1.6. */
export function billOfMaterials(name: string, version: string, components: readonly Component[]): unknown {
  const self = {
    type: "application",
    "bom-ref": "gradbook",
    name,
    version,
    licenses: [{ expression: "Apache-2.0" }],
  };
  const needed = new Set(components.flatMap(({ needs }) => needs));
  return {
    $schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    serialNumber: `urn:uuid:${uuidOf(JSON.stringify([version, components]))}`,
    version: 1,
    metadata: { component: self },
    components: components.map(describe),
    dependencies: [
      // What nothing else needs is what we have chosen.
      { ref: "gradbook", dependsOn: components.map(({ purl }) => purl).filter((purl) => !needed.has(purl)) },
      ...components.map(({ purl, needs }) => ({ ref: purl, dependsOn: needs })),
    ],
  };
}

function describe({ purl, name, version, license, isNeeded, where, hashes }: Component): unknown {
  return {
    type: "library",
    "bom-ref": purl,
    name,
    version,
    scope: isNeeded ? "required" : "excluded",
    ...(license !== undefined && { licenses: [{ expression: license }] }),
    purl,
    // A package for Python has a file for each platform, all of them under one name.
    externalReferences: [
      {
        type: "distribution",
        url: purl,
        hashes: hashes.map(({ algorithm, hex }) => ({ alg: algorithm, content: hex })),
      },
    ],
    ...(where !== undefined && { properties: [{ name: "gradbook:where", value: where }] }),
  };
}

/** A UUID that follows from a text, marked as one of the kind whose making is one's own (version 8). */
function uuidOf(text: string): string {
  const hex = createHash("sha256").update(text).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
