/** The part of a picture that is visible, as arithmetic. */

/** A point of the picture at (px, py) is seen at (x + scale · px, y + scale · py). */
export interface Viewport {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

/** A place on the screen or in the picture. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A width and a height. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The room left around a picture that fits. */
const MARGIN = 12;

const [SMALLEST, LARGEST] = [0.1, 4];

/** How much larger than life a small picture may be. */
const LARGER = 1.4;

/** The viewport in which the whole picture is seen in the middle of the window, a small one somewhat larger than life. */
export function fitted(picture: Size, window: Size, largest: number = LARGER): Viewport {
  const scale = clamped(
    Math.min(
      largest,
      (window.width - 2 * MARGIN) / Math.max(picture.width, 1),
      (window.height - 2 * MARGIN) / Math.max(picture.height, 1),
    ),
  );
  return {
    x: (window.width - scale * picture.width) / 2,
    y: (window.height - scale * picture.height) / 2,
    scale,
  };
}

/** At this scale the numbers of a picture are 11 pixels high. */
const READABLE = 0.88;

/** How wide a picture may be in a view of this width, so that its numbers can be read; in steps, as views change theirs. */
export function roomIn(width: number): number {
  return Math.max(480, 40 * Math.floor((width - 2 * MARGIN) / READABLE / 40) - 90);
}

/**
 * The viewport in which a picture is first seen: all of it, or, of one too large to be read then, its right end, where
 * the result is and the backward pass begins.
 */
export function opened(picture: Size, window: Size, largest?: number): Viewport {
  const whole = fitted(picture, window, largest);
  if (whole.scale >= READABLE) return whole;
  const y = (window.height - READABLE * picture.height) / 2;
  const x = window.width - MARGIN - READABLE * picture.width;
  return { x: Math.min(x, (window.width - READABLE * picture.width) / 2), y, scale: READABLE };
}

/** Whether all of a picture can be read in a window of this width. */
export function isWhole({ width }: Size, room: number): boolean {
  return READABLE * width + 2 * MARGIN <= room;
}

/** The height in which a picture fits a window of this width. */
export function heightFor(picture: Size, width: number): number {
  const scale = Math.min(LARGER, Math.max(READABLE, (width - 2 * MARGIN) / Math.max(picture.width, 1)));
  return scale * picture.height + 2 * MARGIN;
}

/** The viewport zoomed by `factor`, with what is at `point` of the window staying there. */
export function zoomed(viewport: Viewport, factor: number, point: Point): Viewport {
  const scale = clamped(viewport.scale * factor);
  const change = scale / viewport.scale;
  return {
    x: point.x - change * (point.x - viewport.x),
    y: point.y - change * (point.y - viewport.y),
    scale,
  };
}

/** The viewport moved by so many pixels. */
export function panned(viewport: Viewport, dx: number, dy: number): Viewport {
  return { ...viewport, x: viewport.x + dx, y: viewport.y + dy };
}

/** The viewport moved as little as it takes for all of a picture that has room in the window to be in it. */
export function contained(viewport: Viewport, picture: Size, window: Size): Viewport {
  const shift = (start: number, length: number, room: number): number => {
    if (length > room) return 0;
    return Math.min(Math.max(start, 0), room - length) - start;
  };
  return panned(
    viewport,
    shift(viewport.x, viewport.scale * picture.width, window.width),
    shift(viewport.y, viewport.scale * picture.height, window.height),
  );
}

/** The viewport moved as little as it takes to show a box of the picture. */
export function revealed(viewport: Viewport, box: Point & Size, window: Size): Viewport {
  const shift = (start: number, length: number, room: number): number => {
    if (start < MARGIN) return MARGIN - start;
    return start + length > room - MARGIN ? Math.max(room - MARGIN - start - length, MARGIN - start) : 0;
  };
  return panned(
    viewport,
    shift(viewport.x + viewport.scale * box.x, viewport.scale * box.width, window.width),
    shift(viewport.y + viewport.scale * box.y, viewport.scale * box.height, window.height),
  );
}

function clamped(scale: number): number {
  return Math.min(Math.max(scale, SMALLEST), LARGEST);
}
