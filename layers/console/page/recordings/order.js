/** Lists of recordings, as they grow by pages and are renewed from their top. */

/** @typedef {import("../api/api.js").Recording} Recording */

/** As the API lists them, the newest first. @param {Recording[]} recordings */
export const inOrder = (recordings) =>
  recordings.toSorted(
    (one, other) => compare(other.started_at, one.started_at) || compare(one.recording_id, other.recording_id),
  )

/**
 * Those that are known, where their top was asked for anew: what the answer leaves out up to its last is gone.
 *
 * @param {Recording[]} known
 * @param {Recording[]} top
 * @param {boolean} isAll  whether the answer is the whole list
 */
export function renewed(known, top, isAll) {
  const last = top.at(-1)
  if (isAll || !last) return isAll ? top : known
  const behind = without(known, top).filter((recording) => inOrder([last, recording])[0] === last)
  return [...top, ...behind]
}

/** Each once, as it was heard of last. @param {Recording[]} known @param {Recording[]} heard */
export const joined = (known, heard) => inOrder([...without(known, heard), ...heard])

/** @param {Recording[]} known @param {Recording[]} others */
export function without(known, others) {
  const ids = new Set(others.map(({ recording_id }) => recording_id))
  return known.filter(({ recording_id }) => !ids.has(recording_id))
}

/** @param {string} one @param {string} other */
const compare = (one, other) => Number(one > other) - Number(one < other)
