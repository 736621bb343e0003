/** Which recordings somebody wants to see, and how: it stands in the address. */

import { hashOf } from "../shell/places.js"

/**
 * @typedef {import("../api/api.js").Recording["status"]} Status
 * @typedef {"all" | "idle" | "recording" | "done" | "failed" | "terminated"} Choice
 * @typedef {{ title: Exclude<Choice, "all"> | "rest", statuses: Status[] }} Titled
 * @typedef {{ choice: Choice, channel: string, letters: string, folder: string | undefined }} Wanted
 *   `channel` is a streamer's id; with `folder` the library is looked through there, "" being its top
 */

/** @type {Choice[]} */
export const CHOICES = ["all", "idle", "recording", "done", "failed", "terminated"]

/**
 * The lists that a choice shows, the first on top: what is deleted is in no other.
 *
 * @type {Record<Choice, Titled[]>}
 */
export const LISTS = {
  all: [
    { title: "recording", statuses: ["RECORDING"] },
    { title: "idle", statuses: ["IDLE"] },
    { title: "rest", statuses: ["DONE", "FAILED"] },
  ],
  idle: [{ title: "idle", statuses: ["IDLE"] }],
  recording: [{ title: "recording", statuses: ["RECORDING"] }],
  done: [{ title: "done", statuses: ["DONE"] }],
  failed: [{ title: "failed", statuses: ["FAILED"] }],
  terminated: [{ title: "terminated", statuses: ["TERMINATED"] }],
}

/** @type {Wanted} */
const EVERYTHING = { choice: "all", channel: "", letters: "", folder: undefined }

/** @param {Pick<import("../shell/places.js").Place, "of" | "asked">} place @returns {Wanted} */
export function wantedAt({ of, asked }) {
  if (of || asked.view === "folders") return inFolder(of.replace(/\/+$/, ""))
  const choice = CHOICES.find((known) => known === asked.status?.toLowerCase()) ?? "all"
  return { choice, channel: asked.channel ?? "", letters: asked.q ?? "", folder: undefined }
}

/** @param {string} folder @returns {Wanted} */
export const inFolder = (folder) => ({ ...EVERYTHING, folder })

/** @param {Partial<Wanted>} [some] @returns {Wanted} */
export const newest = (some) => ({ ...EVERYTHING, ...some, folder: undefined })

/** The address where it is seen. @param {Wanted} wanted */
export function hashFor({ choice, channel, letters, folder }) {
  if (folder !== undefined) return hashOf("recordings", folder, { view: folder ? "" : "folders" })
  return hashOf("recordings", "", { status: choice === "all" ? "" : choice, channel, q: letters })
}
