/**
 * Form R1: where everything stands, in millimetres from the top left corner of the trimmed slip, y down. What is here is
 * what a reader relies on; texts may stand anywhere else.
 */

/** The trimmed slip: A6, lying. */
export const SLIP = { width: 148, height: 105 } as const

/** Centres of the registration marks, clockwise from the upper left one, which has a hole. */
export const MARKS = [
  { x: 8, y: 8 },
  { x: 140, y: 8 },
  { x: 140, y: 97 },
  { x: 8, y: 97 },
] as const
/** Sides of a mark, and of the hole. */
export const MARK_SIZE = 5
export const HOLE_SIZE = 2

/** The QR symbol without its quiet zone; the same size whatever its version. */
export const QR = { x: 14, y: 14, size: 30 } as const

/** Top edges of the boxes, by row. */
export const ROW_TOPS = [49, 63.5, 78] as const
/** To the centre of the line. */
export const BOX = { width: 7.5, height: 10, line: 0.3, firstLeft: 42, pitch: 9 } as const
/** Behind the comma boxes stand so much further to the right. */
export const COMMA_GAP = 3

/** Left edge of a box, counted from 0 over the whole row. */
export function boxLeft(index: number, whole: number): number {
  return BOX.firstLeft + BOX.pitch * index + (index < whole ? 0 : COMMA_GAP)
}
