/** Recordings as cards, the newest first: what is live on top, then what waits to be refined, then the rest. */

import { ref } from "../packages/lit-html/directives/ref.js"
import { repeat } from "../packages/lit-html/directives/repeat.js"
import { html, nothing } from "../packages/lit-html/lit-html.js"
import { refusalText } from "../shell/refusals.js"
import { Bookmark } from "./focus.js"
import { emptiness, notLoaded, placeholders } from "./instead.js"
import { NearEnd } from "./near-end.js"
import { recordingCard } from "./recording-card.js"
import { RecordingList } from "./recording-list.js"
import { LISTS } from "./wanted.js"
import { words } from "./words.js"

/**
 * @typedef {import("../shell/app.js").App} App
 * @typedef {import("../api/api.js").Recording} Recording
 * @typedef {import("./wanted.js").Wanted} Wanted
 */

const LIVE_EVERY_MS = 5_000
const EVERY_MS = 20_000

export class Listing {
  bookmark = new Bookmark()
  #refusal = ""
  #end = new NearEnd(() => this.#more(this.#lists.at(-1)))
  #lists

  /** @param {App} app @param {Wanted} wanted */
  constructor(app, wanted) {
    this.app = app
    this.wanted = wanted
    this.#lists = LISTS[wanted.choice].map((titled) => new RecordingList(app.api, titled, wanted))
  }

  /** Whether there is something to show. */
  get isKnown() {
    return this.#refusal !== "" || this.#lists.every(({ found }) => found)
  }

  get isLive() {
    return this.#live.length > 0
  }

  /** As the recordings say; undefined where none is known. */
  get channelName() {
    return this.wanted.channel ? this.#lists.flatMap(({ found }) => found ?? [])[0]?.channel_name : undefined
  }

  /** All is due. */
  expire() {
    for (const list of this.#lists) list.renewedMs = 0
  }

  /** Asks for what is due: what is live more often, and all at once where something went live or ended. */
  async freshen() {
    const before = ids(this.#live)
    await this.#renew(this.#lists.filter((list) => isDue(list, Date.now())))
    if (ids(this.#live) !== before) await this.#renew(this.#lists.filter((list) => !list.isOfLive))
  }

  /** @param {Recording} recording  as the API answered it just now */
  put(recording) {
    for (const list of this.#lists) list.put(recording)
    this.app.changed()
  }

  /** @param {import("./recording-card.js").Run} run @param {(wanted: Wanted) => void} go */
  view(run, go) {
    if (this.#refusal) return notLoaded(this.#refusal)
    if (!this.isKnown) return placeholders()
    const lists = this.#lists.filter(({ found, next }) => found?.length || next)
    if (!lists.length) return emptiness(this.wanted, go)
    return html`
      <p class="unseen" role="status">${this.wanted.letters ? words().found(...this.#count()) : nothing}</p>
      ${repeat(
        lists,
        ({ title }) => title,
        (list) => this.#section(list, run),
      )}
    `
  }

  /** @param {RecordingList} list @param {import("./recording-card.js").Run} run */
  #section(list, run) {
    const found = list.found ?? []
    return html`
      <section aria-labelledby=${`list-${list.title}`}>
        <h2 id=${`list-${list.title}`} class=${this.#lists.length > 1 ? "" : "unseen"}>
          ${words().lists[list.title]} <span class="faint">${words().count(found.length, !list.next)}</span>
        </h2>
        <ul class="recordings">
          ${repeat(
            found,
            ({ recording_id }) => recording_id,
            (recording) => recordingCard(recording, run, Date.now()),
          )}
        </ul>
        ${list.next ? this.#moreButton(list) : nothing}
      </section>
    `
  }

  /** @param {RecordingList} list */
  #moreButton(list) {
    const isLast = list === this.#lists.at(-1)
    return html`
      <button class="more" aria-disabled=${list.isAskingForMore} @click=${() => this.#more(list)}
        ${isLast ? ref(this.#end.is) : nothing}>
        ${list.isAskingForMore ? words().loading : words().more}
      </button>
    `
  }

  /** @param {RecordingList | undefined} list */
  async #more(list) {
    this.app.changed()
    await this.app.attempt(async () => list?.more())
    requestAnimationFrame(() => this.#end.lookAgain())
  }

  /** @param {RecordingList[]} lists */
  async #renew(lists) {
    try {
      await Promise.all(lists.map((list) => list.renew()))
      this.#refusal = ""
    } catch (error) {
      const isUnknown = this.#lists.some(({ found }) => !found)
      this.#refusal = isUnknown ? refusalText(error) : ""
      throw error
    } finally {
      this.app.changed()
    }
  }

  /** @returns {[number, boolean]} how many are known, and whether these are all */
  #count() {
    const known = this.#lists.reduce((sum, { found }) => sum + (found?.length ?? 0), 0)
    return [known, this.#lists.every(({ next }) => !next)]
  }

  get #live() {
    return this.#lists.filter(({ isOfLive }) => isOfLive).flatMap(({ found }) => found ?? [])
  }
}

/** @param {RecordingList} list @param {number} nowMs */
function isDue({ isOfLive, found, renewedMs }, nowMs) {
  const everyMs = isOfLive && found?.length ? LIVE_EVERY_MS : EVERY_MS
  return nowMs - renewedMs > everyMs - LIVE_EVERY_MS / 2 // asked as often as what is live
}

/** @param {Recording[]} recordings */
const ids = (recordings) => recordings.map(({ recording_id }) => recording_id).join()
