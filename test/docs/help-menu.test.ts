/** Where JupyterLab's help menu leads, in the package that has the documentation and in a checkout that has none yet. */
import { expect, it } from "vitest";
import { documentation } from "../../kernel/src/command/documentation.ts";
import { kernelInfo } from "../../kernel/src/wire/kernel-info.ts";

it("the help menu leads to the documentation on the person's own server", () => {
  const page = "lab/extensions/@gradbook/jupyterlab/docs/index.html";
  expect(documentation({}, true)).toBe(`/${page}`);
  expect(documentation({ JUPYTERHUB_SERVICE_PREFIX: "/user/ada/" }, true)).toBe(`/user/ada/${page}`);
  expect(kernelInfo({ documentation: "/docs" }).help_links).toMatchObject([
    { text: "Gradbook Documentation", url: "/docs" },
  ]);
});

it("the help menu has no link to a documentation that nobody has built", () => {
  expect(documentation({}, false)).toBeUndefined();
  expect(kernelInfo().help_links).toEqual([]);
});
