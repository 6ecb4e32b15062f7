/** The settings of the help while typing, followed as they change. */
import type { ISettingRegistry } from "@jupyterlab/settingregistry";
import { type ISignal, Signal } from "@lumino/signaling";

/** All are on by default. */
export class EditorSettings {
  readonly #changed = new Signal<this, void>(this);
  #squiggles = true;
  #signatures = true;
  #members = true;

  get squiggles(): boolean {
    return this.#squiggles;
  }

  get signatures(): boolean {
    return this.#signatures;
  }

  get members(): boolean {
    return this.#members;
  }

  get changed(): ISignal<this, void> {
    return this.#changed;
  }

  /** Takes `settings` over, now and whenever they change. */
  follow(settings: ISettingRegistry.ISettings): void {
    const read = () => {
      this.#squiggles = settings.composite.squiggles !== false;
      this.#signatures = settings.composite.signatures !== false;
      this.#members = settings.composite.members !== false;
      this.#changed.emit();
    };
    settings.changed.connect(read);
    read();
  }
}
