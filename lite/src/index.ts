/** Gradbook in JupyterLite: a kernel that needs no server. */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import { PageConfig, URLExt } from "@jupyterlab/coreutils";
import type { Contents } from "@jupyterlab/services";
import { IKernelClient, IKernelSpecs } from "@jupyterlite/services";
import { Signal } from "@lumino/signaling";
import { Kernel, type Surroundings } from "./kernel.ts";
import { DRIVE } from "./node/files.ts";

/** The files beside a notebook that cells can import. */
const SOURCE = /\.(ts|mts|js|mjs|json)$/;

const kernels = new Map<string, Kernel>();

const plugin: JupyterFrontEndPlugin<void> = {
  id: "@gradbook/jupyterlite:kernel",
  description: "A kernel for TypeScript with matrices and their gradients, in the browser.",
  autoStart: true,
  requires: [IKernelSpecs, IKernelClient],
  activate(app: JupyterFrontEnd, specs: IKernelSpecs, client: IKernelClient) {
    const around: Surroundings = {
      address,
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

/** The texts of the sources in a folder, for the compiler. */
async function sourcesIn(contents: Contents.IManager, folder: string): Promise<Record<string, string>> {
  const listed = await contents.get(folder).catch(() => undefined);
  const children = (listed?.type === "directory" ? listed.content : []) as Contents.IModel[];
  const files = await Promise.all(
    children
      .filter(({ type, name }) => type === "file" && SOURCE.test(name))
      .map(async ({ path, name }) => {
        const { content } = await contents.get(path, { type: "file", format: "text", content: true });
        return [`${DRIVE}/${name}`, String(content)] as const;
      }),
  );
  return Object.fromEntries(files);
}
