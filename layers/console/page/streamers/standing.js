/** How things stand with a streamer, in one word. */

/**
 * @typedef {import("../api/api.js").Streamer} Streamer
 * @typedef {"recording" | "starting" | "unrecordable" | "looking" | "offline" | "paused"} Standing
 */

/** @type {readonly Standing[]} What matters most comes first. */
const ORDER = ["recording", "starting", "unrecordable", "looking", "offline", "paused"]

/** @param {Streamer} streamer @returns {Standing} */
export function standingOf(streamer) {
  if (streamer.status === "RECORDING") return "recording"
  if (streamer.is_streaming) return streamer.recording_id ? "starting" : "unrecordable"
  if (streamer.paused) return "paused"
  return streamer.status === "PROCESS" ? "looking" : "offline"
}

/** Those of whom there is more to see first, then by name. @param {Streamer[]} streamers */
export const inOrder = (streamers) =>
  streamers.toSorted((one, other) => rank(one) - rank(other) || one.channel_name.localeCompare(other.channel_name))

/** Whose names have these letters. @param {Streamer[]} streamers @param {string} letters */
export function named(streamers, letters) {
  const wanted = letters.trim().toLocaleLowerCase()
  return streamers.filter(({ channel_name, nickname }) =>
    `${channel_name} ${nickname}`.toLocaleLowerCase().includes(wanted),
  )
}

/** A look changes nothing in the order: rows would jump each minute. @param {Streamer} streamer */
function rank(streamer) {
  const standing = standingOf(streamer)
  return ORDER.indexOf(standing === "looking" ? "offline" : standing)
}
