/** `npm start`: JupyterLab on the notebooks, with all it needs. Arguments go to JupyterLab. */
import { runCommand } from "./setup/command.ts";
import { startJupyterLab } from "./setup/jupyterlab.ts";
import { setUp } from "./setup/set-up.ts";

await runCommand(async (args, interruption) => {
  await setUp("start", interruption.stop);
  const lab = await startJupyterLab(args, interruption);
  console.log(`Gradbook is at ${lab.url}\nCtrl-C stops it`);
  const code = await lab.ended;
  console.log("JupyterLab has stopped");
  return interruption.stop.aborted ? 0 : code;
});
