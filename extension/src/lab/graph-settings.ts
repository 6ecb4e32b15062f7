/** The settings of graphs, as a person chose them in JupyterLab's settings editor. */
import type { ISettingRegistry } from "@jupyterlab/settingregistry";
import { defaultSettings, type GraphSettings } from "../graph-view/graph-link.ts";

/** The settings of `plugin` as they are whenever the answer is called; the defaults until they have been read. */
export function liveSettings(registry: ISettingRegistry | null, plugin: string): () => GraphSettings {
  let current = defaultSettings;
  registry?.load(plugin).then(
    (settings) => {
      const read = () => {
        current = readSettings(settings.composite);
      };
      settings.changed.connect(read);
      read();
    },
    // A JupyterLab without our schema has no settings to offer; the graphs show without.
    (reason) => console.warn("Gradbook shows graphs by its default settings:", reason),
  );
  return () => current;
}

/** The settings in `composite`, with the default where one is missing or of another kind. */
export function readSettings(composite: Readonly<Record<string, unknown>>): GraphSettings {
  const { stepTime, animate, openUpTo, inspector } = composite;
  return {
    stepTime: isNumber(stepTime) ? stepTime : defaultSettings.stepTime,
    animate: typeof animate === "boolean" ? animate : defaultSettings.animate,
    openUpTo: isNumber(openUpTo) ? openUpTo : defaultSettings.openUpTo,
    inspector: typeof inspector === "boolean" ? inspector : defaultSettings.inspector,
  };
}

function isNumber(value: unknown): value is number {
  return typeof value === "number" && value >= 0;
}
