/** One output on the whole screen, in large type, for a room. */

/** Shows `node` on the whole screen, or ends that. Where the browser refuses, nothing happens. */
export async function togglePresenting(node: HTMLElement): Promise<void> {
  if (document.fullscreenElement !== null) return await document.exitFullscreen();
  if (!document.fullscreenEnabled) return;
  try {
    node.classList.add("gb-mod-presented");
    await node.requestFullscreen();
  } catch {
    node.classList.remove("gb-mod-presented");
    return;
  }
  document.addEventListener(
    "fullscreenchange",
    () => {
      if (document.fullscreenElement === null) node.classList.remove("gb-mod-presented");
    },
    { once: true },
  );
}

/** Whether `node`, or what it stands in, is on the whole screen. */
export function isPresented(node: HTMLElement): boolean {
  return document.fullscreenElement?.contains(node) === true;
}
