/** Marks made into elements: attributes that could run code are never set, whoever drew them. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { markElement, patchElement } from "../../extension/src/graph-view/mark-dom.ts";
import { mark } from "../../src/picture/index.ts";

/** As much of an element as is needed to see what is set on it. */
class FakeElement {
  readonly attributes: Record<string, string> = {};
  readonly childNodes: unknown[] = [];
  setAttribute(name: string, value: string): void {
    this.attributes[name] = value;
  }
  removeAttribute(name: string): void {
    delete this.attributes[name];
  }
  append(...children: unknown[]): void {
    this.childNodes.push(...children);
  }
}

beforeEach(() => {
  vi.stubGlobal("document", {
    createElementNS: () => new FakeElement(),
    createTextNode: (text: string) => text,
  });
  vi.stubGlobal("Element", FakeElement);
});
afterEach(() => vi.unstubAllGlobals());

const evil = {
  onclick: "run()",
  ONLOAD: "run()",
  href: "javascript:run()",
  "xlink:href": "javascript:run()",
};

describe("An attribute that could run code is not set", () => {
  it("on an element that is made, nor on those in it", () => {
    const made = markElement(mark("g", { class: "a", ...evil }, mark("path", { ...evil, x: 1 })));
    const { attributes, childNodes } = made as unknown as FakeElement;
    expect(attributes).toEqual({ class: "a" });
    expect((childNodes[0] as FakeElement).attributes).toEqual({ x: "1" });
  });

  it("on an element that is patched, nor on those in it", () => {
    const [before, after] = [{ class: "a" }, { class: "b", ...evil }].map((attributes) =>
      mark("g", attributes, mark("path", attributes)),
    );
    const made = markElement(before);
    patchElement(made, before, after);
    const { attributes, childNodes } = made as unknown as FakeElement;
    expect(attributes).toEqual({ class: "b" });
    expect((childNodes[0] as FakeElement).attributes).toEqual({ class: "b" });
  });
});
