/** Gradbook in JupyterLite: a kernel that needs no server. */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import { PageConfig, URLExt } from "@jupyterlab/coreutils";
import { IKernelClient, IKernelSpecs } from "@jupyterlite/services";
import { Signal } from "@lumino/signaling";
import { Kernel, type Surroundings } from "./kernel.ts";
import { sourcesIn } from "./sources.ts";

const kernels = new Map<string, Kernel>();

const plugin: JupyterFrontEndPlugin<void> = {
  id: "@gradbook/jupyterlite:kernel",
  description: "A kernel for TypeScript with matrices and their gradients, in the browser.",
  autoStart: true,
  requires: [IKernelSpecs, IKernelClient],
  activate(app: JupyterFrontEnd, specs: IKernelSpecs, client: IKernelClient) {
    const around: Surroundings = {
      address,
      documentation: new URL(URLExt.join(PageConfig.getBaseUrl(), "docs/index.html"), location.href).href,
      sources: (folder) => sourcesIn(app.serviceManager.contents, folder),
    };
    specs.register({
      spec: {
        name: "gradbook",
        display_name: "TypeScript (Gradbook)",
        language: "typescript",
        argv: [],
        interrupt_mode: "message",
        metadata: {},
        resources: { "logo-svg": address("logo.svg"), "logo-64x64": address("logo.svg") },
      },
      create: async (options) => {
        const kernel = new Kernel(options, around);
        const disposed = new Signal<Kernel, void>(kernel);
        kernel.onDispose = () => {
          kernels.delete(options.id);
          disposed.emit();
        };
        kernels.set(options.id, kernel);
        return Object.assign(kernel, { disposed });
      },
    });
    // JupyterLite drops the cells that wait; the one that runs hears of it here.
    const interrupt = client.interrupt.bind(client);
    client.interrupt = async (id) => {
      await kernels.get(id)?.interrupt();
      await interrupt(id);
    };
  },
};

export default plugin;

/** The address of a file that lies beside this extension's own. */
function address(file: string): string {
  const base = PageConfig.getOption("fullLabextensionsUrl");
  return new URL(URLExt.join(base, "@gradbook/jupyterlite/static", file), location.href).href;
}
