/** The recordings of some states, the newest first: page after page, and kept fresh from the top. */

import { joined, renewed, without } from "./order.js"

/**
 * @typedef {import("../api/api.js").Api} Api
 * @typedef {import("../api/api.js").Recording} Recording
 * @typedef {{ recordings: Recording[], next: string | null }} Answer
 */

const PAGE = 24
const LARGEST_PAGE = 200

export class RecordingList {
  /** @type {Recording[] | undefined} undefined before the first answer */
  found
  /** @type {string | null} What asks for more; null where there is none. */
  next = null
  isAskingForMore = false
  /** When its top was asked for last. */
  renewedMs = 0
  #edition = 0

  /**
   * @param {Api} api
   * @param {import("./wanted.js").Titled} titled
   * @param {Pick<import("./wanted.js").Wanted, "channel" | "letters">} wanted
   */
  constructor(api, { title, statuses }, wanted) {
    this.api = api
    this.title = title
    this.statuses = statuses
    this.wanted = wanted
  }

  get isOfLive() {
    return this.statuses.includes("RECORDING")
  }

  /** Asks for the top anew. What is changed here meanwhile counts for more than the answer. */
  async renew() {
    const edition = this.#edition
    const known = this.found ?? []
    const { recordings, next } = await this.#ask(Math.min(Math.max(known.length, PAGE), LARGEST_PAGE))
    this.renewedMs = Date.now()
    if (edition !== this.#edition) return
    if (!this.found || !next) this.next = next
    this.found = renewed(known, recordings, !next)
  }

  async more() {
    if (!this.next || this.isAskingForMore) return
    this.isAskingForMore = true
    try {
      const { recordings, next } = await this.#ask(PAGE, this.next)
      this.#edition += 1
      this.found = joined(this.found ?? [], recordings)
      this.next = next
    } finally {
      this.isAskingForMore = false
    }
  }

  /** Takes it in, or out, as its state now is. @param {Recording} recording  as the API answered it just now */
  put(recording) {
    if (!this.found) return
    this.#edition += 1
    const isOurs = this.statuses.includes(recording.status)
    this.found = isOurs ? joined(this.found, [recording]) : without(this.found, [recording])
  }

  /** @param {number} limit @param {string} [cursor] @returns {Promise<Answer>} */
  #ask(limit, cursor = "") {
    const asked = new URLSearchParams(this.statuses.map((status) => ["status", status]))
    const others = { limit: String(limit), cursor, channel: this.wanted.channel, q: this.wanted.letters }
    for (const [name, value] of Object.entries(others)) if (value) asked.append(name, value)
    return this.api.get(`/recordings?${asked}`)
  }
}
