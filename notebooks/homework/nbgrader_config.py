"""The settings of a nbgrader course in TypeScript. README.md says how to use them.

Students' code runs in a sandbox: the kernel `gradbook-grader` sends locked cells one way and all others another.
"""

import json
import os
import subprocess

from jupyter_client.kernelspec import KernelSpecManager
from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor
from nbgrader.preprocessors import ClearHiddenTests, GetGrades

c = get_config()  # noqa: F821, which nbgrader puts here

course = os.path.dirname(os.path.abspath(__file__))
c.CourseDirectory.root = course
c.CourseDirectory.course_id = "gradbook"
c.CourseDirectory.db_url = "sqlite:///" + os.path.join(course, "gradebook.db")

# What stands in place of a solution. A region must hold whole statements: the stub is a line of its own.
stub = '// YOUR CODE HERE\nthrow new Error("Not done yet");'
c.ClearSolutions.code_stub = {"typescript": stub}
c.ClearSolutions.text_stub = "YOUR ANSWER HERE"

# Locked cells run among the tests, all others in the sandbox.
c.ExecutePreprocessor.kernel_name = "gradbook-grader"
c.ExecutePreprocessor.timeout = 120
c.ExecutePreprocessor.startup_timeout = 120
c.ExecutePreprocessor.iopub_timeout = 10
c.ExecutePreprocessor.raise_on_iopub_timeout = False

# A note of Node's own is no reason to lose marks.
c.IgnorePattern.enabled = True
c.IgnorePattern.pattern = "ExperimentalWarning|DeprecationWarning"

# What it would put before a missing cell is a comment in Python; `gradbook homework tidy` brings cells back.
c.OverwriteCells.add_missing_cells = False


class Mathematics(CSSHTMLHeaderPreprocessor):
    """Typesets formulas in the page itself, so that feedback and formgrader need no network.

    It takes the place of the preprocessor that writes the styles, which would come last and leave out its own.
    """

    def preprocess(self, nb, resources):
        nb, resources = super().preprocess(nb, resources)
        argv = KernelSpecManager().get_kernel_spec("gradbook-grader").argv
        command = argv[: next(i for i, part in enumerate(argv) if part.endswith("gradbook.js")) + 1]
        source = json.dumps(nb, default=dict).encode()
        run = subprocess.run([*command, "homework", "typeset"], input=source, capture_output=True)
        if run.returncode != 0:
            self.log.warning("Formulas stay as they are: %s", run.stderr.decode())
            return nb, resources
        typeset = json.loads(run.stdout)
        for cell, other in zip(nb.cells, typeset["cells"]):
            cell.source = other["source"]
            for output, forms in zip(cell.get("outputs", []), other["outputs"]):
                if forms is not None:
                    output.data = type(output.data)(forms)
        resources["inlining"]["css"].append(typeset["style"])
        return nb, resources


c.CSSHTMLHeaderPreprocessor.enabled = False
c.Mathematics.enabled = True

# Feedback has no hidden test; its exporter is the one below, with its mathematics.
c.GenerateFeedback.preprocessors = [GetGrades, ClearHiddenTests]
c.ClearHiddenTests.enforce_metadata = False
templates = os.path.join(course, "templates")
formgrader = os.path.join(os.path.dirname(__import__("nbgrader").__file__), "server_extensions", "formgrader")
c.HTMLExporter.extra_template_basedirs = [templates, os.path.join(formgrader, "templates")]
c.HTMLExporter.extra_template_paths = [os.path.join(templates, "formgrade")]
c.HTMLExporter.preprocessors = [Mathematics]
