/** The `gradbook` command: reads its arguments and hands over to one of its parts. */

const HELP = `Usage: gradbook <command> [options]

Commands:
  install     make the kernel known to Jupyter, with the JupyterLab extension when it is built
  uninstall   take both away again
  doctor      check the installation, and say how to mend what is broken
  lectures    copy the lecture's notebooks: gradbook lectures [FOLDER]
  kernel      run a kernel: gradbook kernel CONNECTION_FILE
  grade       grade homework: gradbook grade --help
  homework    mend what was handed in, and check what is handed out: gradbook homework --help

Where install and uninstall work:
  --user          for this user (the default)
  --sys-prefix    in the active Python environment
  --prefix DIR    in DIR/share/jupyter
  --grader        with the kernel by which nbgrader grades

Other options:
  --version       print the version
  --help          print this text`;

/** Commands of the grader, which has options of its own. */
const GRADING: readonly string[] = ["grade", "grade-one", "grade-worker", "grader-kernel", "homework"];

/** Commands that Jupyter runs, with streams that are its own, too. */
const KERNELS: readonly string[] = ["kernel", "grader-kernel"];

/** The oldest Node that keeps the output of timers apart and loads ES modules by require. */
const NODE = 24;

async function main(): Promise<number> {
  const [first = "", ...rest] = process.argv.slice(2);
  if (KERNELS.includes(first)) {
    const { replaceStreams } = await import("./session/process-streams.ts");
    replaceStreams();
  }
  if (GRADING.includes(first)) {
    checkNode();
    const { grader } = await import("./command/grader.ts");
    return (await grader()).command(first, rest);
  }
  const { parseArgs } = await import("node:util"); // looks at the streams as it is loaded
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      user: { type: "boolean", default: false },
      "sys-prefix": { type: "boolean", default: false },
      prefix: { type: "string" },
      grader: { type: "boolean", default: false },
      version: { type: "boolean", short: "v", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  const [command, argument] = positionals;
  if (values.version) {
    const { version } = await import("./version.ts");
    console.log(version);
    return 0;
  }
  if (values.help || command === undefined) {
    console.log(HELP);
    return values.help ? 0 : 2;
  }
  checkNode();
  switch (command) {
    case "kernel": {
      if (argument === undefined) throw new Error("Cannot start a kernel: the connection file is missing");
      const { startKernel } = await import("./start.ts");
      await startKernel(argument);
      return 0;
    }
    case "install":
    case "uninstall": {
      const { dataFolder } = await import("./command/data-folder.ts");
      const folder = dataFolder({
        user: values.user,
        sysPrefix: values["sys-prefix"],
        prefix: values.prefix,
      });
      const actions = await import("./command/install.ts");
      for (const line of actions[command](folder, values.grader)) console.log(line);
      return 0;
    }
    case "lectures": {
      const { copyLectures } = await import("./command/lectures.ts");
      for (const line of copyLectures(argument ?? "gradbook")) console.log(line);
      return 0;
    }
    case "doctor": {
      const { doctor } = await import("./command/doctor.ts");
      return (await doctor()) ? 0 : 1;
    }
    default:
      throw new Error(`Cannot find the command ${command}: see gradbook --help`);
  }
}

function checkNode(): void {
  if (Number.parseInt(process.versions.node, 10) < NODE) {
    throw new Error(`Cannot run on Node ${process.versions.node}: Gradbook needs Node ${NODE} or newer`);
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(`gradbook: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 2;
}
