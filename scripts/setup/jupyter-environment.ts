/** Keeps JupyterLab apart from whatever Jupyter a person has besides. */
import { join } from "node:path";

/**
 * The environment variables for a JupyterLab that keeps its files in a folder of its own.
 * A person's own Jupyter settings, server passwords and extensions do not reach it, and it does not touch them.
 */
export function jupyterEnvironment(folder: string, env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const others = Object.entries(env).filter(([name]) => !name.startsWith("JUPYTER"));
  return {
    ...Object.fromEntries(others),
    JUPYTER_CONFIG_DIR: join(folder, "config"),
    JUPYTER_DATA_DIR: join(folder, "data"),
    JUPYTER_RUNTIME_DIR: join(folder, "runtime"),
  };
}
