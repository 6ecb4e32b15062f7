/** The settings of graphs, as a person chose them in JupyterLab's settings editor. */
import type { ISettingRegistry } from "@jupyterlab/settingregistry";
import { JSONExt } from "@lumino/coreutils";
import { type ISignal, Signal } from "@lumino/signaling";
import { defaultSettings, type GraphSettings } from "../graph-view/graph-link.ts";

/** The settings of a plugin as they are at any moment; the defaults until they have been read. */
export class LiveSettings {
  readonly #changed = new Signal<this, void>(this);
  #current: GraphSettings = defaultSettings;

  constructor(registry: ISettingRegistry | null, plugin: string) {
    registry?.load(plugin).then(
      (settings) => {
        const read = () => this.#take(readSettings(settings.composite));
        settings.changed.connect(read);
        read();
      },
      // A JupyterLab without our schema has no settings to offer; the graphs show without.
      (reason) => console.warn("Gradbook shows graphs by its default settings:", reason),
    );
  }

  get current(): GraphSettings {
    return this.#current;
  }

  /** Emitted when one of them is another. */
  get changed(): ISignal<this, void> {
    return this.#changed;
  }

  #take(settings: GraphSettings): void {
    if (JSONExt.deepEqual({ ...settings }, { ...this.#current })) return;
    this.#current = settings;
    this.#changed.emit();
  }
}

/** The settings in `composite`, with the default where one is missing or not a valid value. */
function readSettings(composite: Readonly<Record<string, unknown>>): GraphSettings {
  const { animate, secondsPerStep, openUpTo, inspector, digits } = composite;
  return {
    animate: typeof animate === "boolean" ? animate : defaultSettings.animate,
    secondsPerStep: within(secondsPerStep, 0.1, 10) ?? defaultSettings.secondsPerStep,
    openUpTo: within(openUpTo, 0, 500) ?? defaultSettings.openUpTo,
    inspector: typeof inspector === "boolean" ? inspector : defaultSettings.inspector,
    digits: within(digits, 1, 15) ?? defaultSettings.digits,
  };
}

function within(value: unknown, least: number, most: number): number | undefined {
  return typeof value === "number" && value >= least && value <= most ? value : undefined;
}
