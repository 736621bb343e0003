/** How a recording stands, and what can be done about it. */

/**
 * @typedef {import("../api/api.js").Recording} Recording
 * @typedef {"starting" | "live" | "waiting" | "stopping" | "idle" | "done" | "failed" | "deleted" | "gone"} Standing
 * @typedef {"copy" | "stop" | "confirm" | "restore" | "remove" | "purge"} Act
 */

/** Its row is written every 30 s; a recorder that is silent for longer stores nothing. */
const LONGEST_SILENCE_S = 45

/** @type {Record<"IDLE" | "DONE" | "FAILED", Standing>} */
const AFTERWARDS = { IDLE: "idle", DONE: "done", FAILED: "failed" }

/** @param {Recording} recording @returns {Standing} */
export function standingOf({ status, stopped_at, ended_at, segments, purge_began_at }) {
  if (status === "TERMINATED") return purge_began_at ? "gone" : "deleted"
  if (status !== "RECORDING") return AFTERWARDS[status]
  if (stopped_at) return "stopping"
  if (ended_at) return "waiting"
  return segments ? "live" : "starting"
}

/**
 * How much is kept by now. While it grows, the clock goes on between two answers, for no longer than we can know of.
 *
 * @param {Recording} recording
 * @param {number} nowMs
 */
export function keptSeconds(recording, nowMs) {
  const { duration_s, last_segment_at, started_at } = recording
  if (standingOf(recording) !== "live" || !last_segment_at) return duration_s
  const passed = Math.min(secondsSince(last_segment_at, nowMs), LONGEST_SILENCE_S)
  return Math.max(duration_s, Math.min(duration_s + passed, secondsSince(started_at, nowMs)))
}

/** @param {Recording} recording @returns {Act[]} The most likely first. */
export function actsOn(recording) {
  const standing = standingOf(recording)
  if (standing === "gone") return []
  if (standing === "deleted") return ["restore", "purge"]
  /** @type {Act[]} */
  const acts = []
  if (standing === "idle") acts.push("confirm")
  if (recording.playlist_url && recording.segments) acts.push("copy")
  if (standing === "live" || standing === "starting" || standing === "waiting") acts.push("stop")
  return [...acts, "remove"]
}

/** @param {string} iso @param {number} nowMs */
const secondsSince = (iso, nowMs) => Math.max(0, (nowMs - Date.parse(iso)) / 1000)
