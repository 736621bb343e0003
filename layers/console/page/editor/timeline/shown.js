/** Which stretch of the recording the timeline shows. */

/** @typedef {{ begin: number, end: number }} Shown  seconds */

const SHORTEST_S = 10
const MINUTE_S = 60
const STEPS_S = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200]
const LONGEST_STEP_S = 86_400
const ROOM = 8

/**
 * How long the line is. While a recording grows it has room for more, so that it does not shrink at each segment.
 *
 * @param {number} duration
 * @param {boolean} grows
 */
export function lineOf(duration, grows) {
  if (!grows) return Math.max(duration, 1)
  const step = Math.max(MINUTE_S, stepOf(duration / ROOM))
  return Math.ceil((duration + step / 4) / step) * step
}

/** @param {Shown} shown @param {number} line  its length @returns {Shown} within the line */
export function within({ begin, end }, line) {
  const length = Math.min(Math.max(end - begin, SHORTEST_S), line)
  const first = Math.max(0, Math.min(begin, line - length))
  return { begin: first, end: first + length }
}

/** Closer where `factor` is below 1; what is at `about` stays where it is. @param {Shown} shown @param {number} factor @param {number} about @param {number} line */
export function zoomed(shown, factor, about, line) {
  const length = Math.max(SHORTEST_S, (shown.end - shown.begin) * factor)
  const part = (about - shown.begin) / (shown.end - shown.begin)
  return within({ begin: about - part * length, end: about + (1 - part) * length }, line)
}

/** @param {Shown} shown @param {number} by  seconds @param {number} line */
export const panned = ({ begin, end }, by, line) => within({ begin: begin + by, end: end + by }, line)

/** Turned like a page where a place is not in it. @param {Shown} shown @param {number} at @param {number} line */
export function turnedTo(shown, at, line) {
  if (shown.begin <= at && at <= shown.end) return shown
  const length = shown.end - shown.begin
  const margin = length / 10
  return at < shown.begin
    ? within({ begin: at - length + margin, end: at + margin }, line)
    : within({ begin: at - margin, end: at + length - margin }, line)
}

/** What was shown whole stays whole as it grows. @param {Shown} shown @param {number} before @param {number} line */
export const grown = (shown, before, line) =>
  shown.begin <= 0 && shown.end >= before ? { begin: 0, end: line } : within(shown, line)

/** @param {Shown} shown @param {number} at @returns {number} percent of its width from its left */
export const percentAt = ({ begin, end }, at) => ((at - begin) / (end - begin)) * 100

/** @param {Shown} shown @param {number} part  of its width, 0 to 1 */
export const secondsAt = ({ begin, end }, part) => begin + part * (end - begin)

/** @param {Shown} shown @param {{ begin: number, end: number }} range */
export const touches = (shown, { begin, end }) => begin <= shown.end && shown.begin <= end

/** The shortest step that a clock has names for. @param {number} seconds  it is no shorter than these */
export const stepOf = (seconds) => STEPS_S.find((step) => step >= seconds) ?? LONGEST_STEP_S

/** Where the ruler has a line: no more than `most`. @param {Shown} shown @param {number} most @returns {number[]} */
export function ticksOf({ begin, end }, most) {
  const step = stepOf((end - begin) / most)
  const first = Math.ceil(begin / step)
  return Array.from({ length: Math.floor(end / step) - first + 1 }, (_, index) => (first + index) * step)
}
