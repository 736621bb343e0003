/** What is selected: a begin and an end, of which one may be missing yet. Seconds on the source. */

/** @typedef {{ begin?: number | undefined, end?: number | undefined }} Selection */
/** @typedef {{ begin: number, end: number }} Range */

/** An end that is no longer behind it is dropped. @param {Selection} selection @param {number} at @returns {Selection} */
export const beginAt = ({ end }, at) => ({ begin: at, end: end !== undefined && end > at ? end : undefined })

/** @param {Selection} selection @param {number} at @returns {Selection} */
export const endAt = ({ begin }, at) => ({ begin: begin !== undefined && begin < at ? begin : undefined, end: at })

/** Whichever way it was drawn. @param {number} one @param {number} other @returns {Selection} */
export const between = (one, other) => ({ begin: Math.min(one, other), end: Math.max(one, other) })

/** @param {Selection} selection @returns {Range | undefined} undefined while it is not whole */
export const rangeOf = ({ begin, end }) =>
  begin === undefined || end === undefined || end <= begin ? undefined : { begin, end }

/**
 * Moves one of its ends, as far as the other one.
 *
 * @param {Selection} selection
 * @param {"begin" | "end"} which
 * @param {number} at
 * @param {number} duration
 * @returns {Selection}
 */
export function moved(selection, which, at, duration) {
  const { begin = 0, end = duration } = selection
  if (which === "begin") return { ...selection, begin: Math.max(0, Math.min(at, end)) }
  return { ...selection, end: Math.min(duration, Math.max(at, begin)) }
}
