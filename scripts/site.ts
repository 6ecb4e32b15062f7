/**
 * `npm run site`: builds the site without a server in build/site: JupyterLab, the kernel and the notebooks as files, for
 * any web server.
 */
import { join } from "node:path";
import { buildSite } from "./pack/build-site.ts";
import { packing } from "./pack/packing.ts";
import { runCommand } from "./setup/command.ts";
import { root } from "./setup/paths.ts";
import { setUp } from "./setup/set-up.ts";

await runCommand(async (_args, { stop }) => {
  await setUp("site", stop);
  await packing(stop, (turn) => buildSite(join(root, "build", "site"), turn));
  console.log(`Gradbook without a server is in build/site. To look at it here:
  python3 -m http.server --bind 127.0.0.1 --directory build/site
  http://127.0.0.1:8000/lab/index.html?path=lectures/09-jacobians.ipynb`);
  return 0;
});
