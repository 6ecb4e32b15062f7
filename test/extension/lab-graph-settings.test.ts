import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ISettingRegistry } from "@jupyterlab/settingregistry";
import { expect, it } from "vitest";
import { defaultSettings } from "../../extension/src/graph-view/graph-link.ts";
import { LiveSettings } from "../../extension/src/lab/graph-settings.ts";

const schema = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../extension/schema/graph.json"), "utf8"),
);

/** The `key` of each setting in the schema. */
const each = (key: string) =>
  Object.fromEntries(
    Object.entries<Record<string, unknown>>(schema.properties).map(([name, rule]) => [name, rule[key]]),
  );

/** The settings once JupyterLab has read `composite` as those of our plugin. */
async function settingsFrom(composite: Readonly<Record<string, unknown>>) {
  const loaded = Promise.resolve({ composite, changed: { connect: () => true } });
  const registry = { load: () => loaded } as unknown as ISettingRegistry; // it is asked for nothing else
  const settings = new LiveSettings(registry, "graphs");
  await loaded;
  return settings.current;
}

it("the schema describes every setting, with the default that the code has", () => {
  expect(each("default")).toEqual(defaultSettings);
  for (const text of Object.values({ ...each("title"), ...each("description") })) expect(text).toMatch(/\w/);
});

it("settings within the schema's bounds are taken as they are", async () => {
  const chosen = { animate: false, secondsPerStep: 0.1, openUpTo: 0, inspector: false, digits: 15 };
  expect(await settingsFrom(chosen)).toEqual(chosen);
  const bounds = { ...each("minimum") };
  expect(bounds).toMatchObject({ secondsPerStep: 0.1, openUpTo: 0, digits: 1 });
});

it("settings that are missing, of another kind or out of bounds are the default", async () => {
  const wrong = { animate: "yes", secondsPerStep: 0, openUpTo: -1, inspector: null, digits: 99 };
  for (const composite of [{}, wrong]) {
    expect(await settingsFrom(composite)).toEqual(defaultSettings);
  }
});
