/** How much of the broadcast is kept. */

import { share } from "../format/amounts.js"
import { lasting } from "../format/times.js"
import { words } from "./words.js"

/** @typedef {import("../api/api.js").Recording} Recording */

/** So that a bar looks full only where nothing is missing. */
const FULLEST_WITH_GAPS = 0.97

/** In words; undefined while nothing is known. @param {Recording} recording */
export function completeness({ coverage, gaps, gap_s, status }) {
  if (coverage === null) return undefined
  if (coverage === 1) return status === "RECORDING" ? words().completeSoFar : words().complete
  return gaps ? `${share(coverage)} · ${words().gaps(gaps, lasting(gap_s))}` : share(coverage)
}

/** How much of its bar is filled, from 0 to 1. @param {number} coverage */
export const filled = (coverage) => (coverage === 1 ? 1 : Math.min(coverage, FULLEST_WITH_GAPS))
