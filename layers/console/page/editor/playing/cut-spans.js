/** What is cut out, as the stretches of the source that playing leaves out. */

/** @typedef {import("../timeline/selection.js").Range} Range */

/** Cuts that touch are one stretch. @param {{ source?: Range | undefined }[]} cuts @returns {Range[]} in order */
export function spansOf(cuts) {
  const ranges = cuts.flatMap(({ source }) => (source && source.begin < source.end ? [source] : []))
  /** @type {Range[]} */
  const spans = []
  for (const { begin, end } of ranges.toSorted((one, other) => one.begin - other.begin)) {
    const last = spans.at(-1)
    if (last && begin <= last.end) last.end = Math.max(last.end, end)
    else spans.push({ begin, end })
  }
  return spans
}

/** @param {Range[]} spans @param {number} at */
export const spanAt = (spans, at) => spans.find(({ begin, end }) => begin <= at && at < end)

/** How much of it is played before a place. @param {Range[]} spans @param {number} at */
export const playedBefore = (spans, at) =>
  at - spans.reduce((cut, { begin, end }) => cut + Math.max(0, Math.min(end, at) - begin), 0)

/**
 * Where playing goes on: behind a stretch that it runs into. Whoever sought into one may watch it.
 *
 * @param {Range[]} spans
 * @param {number} at
 * @param {Range | undefined} watched  the stretch that a person sought into
 * @returns {number | undefined} undefined where it just goes on
 */
export function skipFrom(spans, at, watched) {
  const span = spanAt(spans, at)
  return span && !(watched && span.begin < watched.end && watched.begin < span.end) ? span.end : undefined
}
