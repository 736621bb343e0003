/** What a broadcast was about, and from when until when. */

/**
 * @typedef {import("../../api/api.js").Chapter} Chapter
 * @typedef {{ begin: number, end: number, title: string, category: string }} Placed
 */

/** @param {Chapter[]} chapters  in order @param {number} duration @returns {Placed[]} those that are on the line */
export function chaptersOf(chapters, duration) {
  const begins = chapters.flatMap(({ source, title, category }) =>
    source === null ? [] : [{ begin: source, title, category }],
  )
  return begins.map((chapter, index) => ({ ...chapter, end: begins[index + 1]?.begin ?? duration }))
}
