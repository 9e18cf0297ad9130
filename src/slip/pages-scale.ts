/** Enough for the code and for handwriting; more only costs time. */
const DPI = 200

/** The longest side of an A3 page at 200 dpi, and a little more for a crooked feed. */
const SIDE_MAX = 3_500

/** What an office scanner may say; 72 or 96 is what programs write that don't know. */
const BELIEVABLE = { min: 120, max: 650 }

/**
 * How much smaller a page is read than it is stored: down to 200 dpi where the file says that it has more, and to the
 * longest side of A3 whatever it says. `dpi`: what it says; 0: nothing.
 */
export function readScale(size: { readonly width: number; readonly height: number }, dpi: number): number {
  const isBelievable = dpi >= BELIEVABLE.min && dpi <= BELIEVABLE.max
  return Math.min(1, SIDE_MAX / Math.max(size.width, size.height), isBelievable ? DPI / dpi : 1)
}

/** A PDF page, in points of 1/72 inch, is drawn at 200 dpi, or smaller where it claims to be larger than A3. */
export function drawnScale(points: { readonly width: number; readonly height: number }): number {
  return Math.min(DPI, (SIDE_MAX * 72) / Math.max(points.width, points.height)) / 72
}
