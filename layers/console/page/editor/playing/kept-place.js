/** Where in a recording one was, as long as the tab is open. */

const END_S = 3

/** @param {string} recordingId */
const keyOf = (recordingId) => `mntreamer.place.${recordingId}`

/** @param {string} recordingId @param {number} duration @returns {number | undefined} seconds on the source; not its end */
export function keptPlace(recordingId, duration) {
  const kept = Number(sessionStorage.getItem(keyOf(recordingId)) ?? NaN)
  return kept < duration - END_S ? kept : undefined
}

/** @param {string} recordingId @param {number} at */
export const keepPlace = (recordingId, at) => sessionStorage.setItem(keyOf(recordingId), at.toFixed(2))
