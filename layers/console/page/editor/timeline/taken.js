/** What a cut would take: segments are cut whole, and those that start in a range are. */

/** @typedef {import("./selection.js").Range} Range */

/**
 * @param {number[]} starts  of all segments, in order
 * @param {Range} range
 * @param {number} duration
 * @returns {Range | undefined} undefined where none starts in it
 */
export function takenBy(starts, { begin, end }, duration) {
  const first = starts.find((start) => start >= begin)
  if (first === undefined || first >= end) return undefined
  return { begin: first, end: starts.find((start) => start >= end) ?? duration }
}
