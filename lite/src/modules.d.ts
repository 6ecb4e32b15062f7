/** Modules that come from elsewhere when this is bundled, or are there in the page. */

declare module "@jupyterlite/services" {
  import type { Kernel, KernelMessage } from "@jupyterlab/services";
  import type { Token } from "@lumino/coreutils";

  /** What JupyterLite asks of a kernel. */
  interface IKernel {
    readonly id: string;
    readonly name: string;
    readonly location: string;
    readonly ready: Promise<void>;
    handleMessage(message: KernelMessage.IMessage): Promise<void>;
  }

  interface IKernelSpecs {
    register(options: {
      readonly spec: Readonly<Record<string, unknown>>;
      readonly create: (options: {
        readonly id: string;
        readonly name: string;
        readonly location: string;
        readonly sendMessage: (message: KernelMessage.IMessage) => void;
      }) => Promise<unknown>;
    }): void;
  }

  type IKernelClient = Pick<Kernel.IKernelAPIClient, "interrupt">;

  export const IKernelSpecs: Token<IKernelSpecs>;
  export const IKernelClient: Token<IKernelClient>;
}

/** A module of tslab as a function, so that it can be run again. */
type TslabModule = (
  exports: object,
  require: (specifier: string) => unknown,
  module: { exports: unknown },
  file: string,
  folder: string,
  process: object,
) => void;

declare module "tslab-source:*" {
  const run: TslabModule;
  export default run;
}

declare module "path-browserify" {
  import path from "node:path";
  export default path;
}
