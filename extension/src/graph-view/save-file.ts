/** Gives a person a file. */
import { element } from "./element.ts";

/** Saves `content` as a download named `name`. */
export function saveFile(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  const link = element("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  // The browser has taken the address in once the click is over.
  window.setTimeout(() => URL.revokeObjectURL(address), 1000);
}

/** A name that every file system takes. */
export function fileName(title: string, ending: string): string {
  const name = title.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "");
  return `${name === "" ? "graph" : name}.${ending}`;
}
