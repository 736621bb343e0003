/** Where something is drawn on the timeline, for styles/editor.css. */

import { percentAt } from "./shown.js"

/** @typedef {import("./shown.js").Shown} Shown */

/** @param {Shown} shown @param {number} seconds */
export const at = (shown, seconds) => `--at: ${percentAt(shown, seconds)}%`

/** As much of it as is shown. @param {Shown} shown @param {{ begin: number, end: number }} range */
export function along(shown, { begin, end }) {
  const left = Math.max(0, percentAt(shown, begin))
  return `--at: ${left}%; --length: ${Math.max(0, Math.min(100, percentAt(shown, end)) - left)}%`
}
