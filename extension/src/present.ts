/** One output on the whole screen, in large type, for a room. */

const PRESENTED = "gb-mod-presented";

/** Shows `node` on the whole screen, or ends that. Where the browser refuses, nothing happens. */
export async function togglePresenting(node: HTMLElement): Promise<void> {
  if (document.fullscreenElement !== null) return await document.exitFullscreen();
  if (!document.fullscreenEnabled) return;
  node.classList.add(PRESENTED);
  try {
    await node.requestFullscreen();
  } catch {
    node.classList.remove(PRESENTED);
    return;
  }
  // The event of the beginning may come after this, too.
  const end = (): void => {
    if (document.fullscreenElement !== null) return;
    node.classList.remove(PRESENTED);
    document.removeEventListener("fullscreenchange", end);
  };
  document.addEventListener("fullscreenchange", end);
}

/** Whether `node`, or what it stands in, is on the whole screen, or on the way there: keys count at once. */
export function isPresented(node: HTMLElement): boolean {
  return node.closest(`.${PRESENTED}`) !== null;
}
