/** How it is at the end of a recording that is still made. */

/** @typedef {"waiting" | "silent"} Edge  the next segment is to come; it has been for too long */

const SILENT_S = 180

/**
 * @param {{ grows: boolean, isStalled: boolean, sinceGrown_s: number }} facts  `isStalled`: the player has no more
 * @returns {Edge | undefined} undefined where there is nothing to say
 */
export function edgeOf({ grows, isStalled, sinceGrown_s }) {
  if (!grows) return undefined
  if (sinceGrown_s >= SILENT_S) return "silent"
  return isStalled ? "waiting" : undefined
}
