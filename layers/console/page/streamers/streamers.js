/** Everybody who is watched. */

import { streamerPath } from "../api/api.js"
import { repeat } from "../packages/lit-html/directives/repeat.js"
import { html, nothing } from "../packages/lit-html/lit-html.js"
import { keepFresh } from "../shell/keep-fresh.js"
import { closeMenus } from "../shell/menus.js"
import { Adding } from "./adding.js"
import { RecordingForm } from "./recording-form.js"
import { inOrder, named } from "./standing.js"
import { streamerRow } from "./streamer-row.js"
import { words } from "./words.js"

/**
 * @typedef {import("../shell/app.js").App} App
 * @typedef {import("../shell/app.js").Page} Page
 * @typedef {import("../api/api.js").Streamer} Streamer
 * @typedef {import("../api/api.js").StreamerChanges} StreamerChanges
 */

const EVERY_MS = 5_000
const SECOND_MS = 1_000
const AT_ONCE = 100
const MANY = 8

/** @param {App} app @returns {Page} */
export function openStreamers(app) {
  const streamers = new Streamers(app)
  return { title: () => words().title, view: () => streamers.view(), leave: () => streamers.leave() }
}

class Streamers {
  /** @type {Streamer[] | undefined} undefined before the first answer */
  #all
  #letters = ""
  #shown = AT_ONCE
  /** @type {RecordingForm | undefined} while it is open */
  #form
  #endFresh
  #endCounting

  /** @param {App} app */
  constructor(app) {
    this.app = app
    this.adding = new Adding(app, this.#onAdded)
    this.#endFresh = keepFresh(() => this.#load(), EVERY_MS)
    const counting = setInterval(() => app.changed(), SECOND_MS)
    this.#endCounting = () => clearInterval(counting)
  }

  leave() {
    this.#endFresh()
    this.#endCounting()
  }

  view() {
    return html`
      <h1 class="unseen">${words().title}</h1>
      ${this.adding.view()} ${this.#all ? this.#list(this.#all) : nothing} ${this.#form?.view() ?? nothing}
    `
  }

  /** @param {Streamer[]} all */
  #list(all) {
    if (!all.length)
      return html`<section class="empty"><h2>${words().noneYet}</h2><p class="faint">${words().howTo}</p></section>`
    const found = inOrder(named(all, this.#letters))
    const hidden = found.length - this.#shown
    return html`
      ${all.length > MANY ? this.#filter() : nothing}
      <ul class="streamers">
        ${repeat(
          found.slice(0, this.#shown),
          (streamer) => streamer.streamer_id,
          (streamer) => streamerRow(streamer, this.#acts, Date.now()),
        )}
      </ul>
      ${found.length ? nothing : html`<p class="faint">${words().noneSuch}</p>`}
      ${hidden > 0 ? html`<button @click=${this.#showMore}>${words().more(Math.min(hidden, AT_ONCE))}</button>` : nothing}
    `
  }

  #filter() {
    const narrow = (/** @type {Event & { currentTarget: HTMLInputElement }} */ { currentTarget }) => {
      this.#letters = currentTarget.value
      this.app.changed()
    }
    return html`<input type="search" aria-label=${words().filter} placeholder=${words().filter} @input=${narrow} />`
  }

  #showMore = () => {
    this.#shown += AT_ONCE
    this.app.changed()
  }

  async #load() {
    const all = []
    for (let cursor = ""; ; ) {
      /** @type {{ streamers: Streamer[], next: string | null }} */
      const page = await this.app.api.get("/streamers", { cursor })
      all.push(...page.streamers)
      if (!page.next) break
      cursor = page.next
    }
    this.#all = all
    this.app.changed()
  }

  #onAdded = (/** @type {Streamer} */ streamer) => {
    const isKnown = this.#all?.some(({ streamer_id }) => streamer_id === streamer.streamer_id)
    this.app.tell({ text: isKnown ? words().known(streamer.channel_name) : words().added(streamer.channel_name) })
    this.#put(streamer)
  }

  /** @param {Streamer} streamer  as the API answered it just now */
  #put(streamer) {
    const others = (this.#all ?? []).filter(({ streamer_id }) => streamer_id !== streamer.streamer_id)
    this.#all = [...others, streamer]
    this.app.changed()
  }

  #acts = {
    check: (/** @type {Streamer} */ { streamer_id }) => this.app.attempt(() => this.#check(streamer_id)),
    change: (/** @type {Streamer} */ { streamer_id }, /** @type {StreamerChanges} */ changes) =>
      this.app.attempt(() => this.#change(streamer_id, changes)),
    sayWhatToRecord: (/** @type {Streamer} */ streamer) => this.#openForm(streamer),
    remove: (/** @type {Streamer} */ streamer) => this.#remove(streamer),
  }

  /** @param {string} streamerId @param {StreamerChanges} changes */
  async #change(streamerId, changes) {
    this.#put(await this.app.api.patch(streamerPath(streamerId), changes))
  }

  /** @param {Streamer} streamer */
  #openForm(streamer) {
    closeMenus() // the focus comes back to the menu's button
    const wish = async (/** @type {StreamerChanges} */ changes) => {
      await this.#change(streamer.streamer_id, changes)
      this.app.tell({ text: words().saved(streamer.channel_name) })
    }
    const close = () => {
      this.#form = undefined
      this.app.changed()
    }
    this.#form = new RecordingForm(this.app, streamer, wish, close)
    this.app.changed()
  }

  /** Where the platform may not be asked again so soon, it is said when. @param {string} streamerId */
  async #check(streamerId) {
    /** @type {Streamer} */
    const streamer = await this.app.api.post(`${streamerPath(streamerId)}/check`)
    this.#put(streamer)
    const wait_s = Math.ceil((Date.parse(streamer.check_at ?? "") - Date.now()) / SECOND_MS)
    if (wait_s > 1) this.app.tell({ text: words().checkedSoon(streamer.channel_name, wait_s) })
  }

  /** @param {Streamer} streamer */
  async #remove({ streamer_id, channel_name }) {
    const { removeWhom, removeMeans, remove, removed, undo } = words()
    if (!(await this.app.ask({ title: removeWhom(channel_name), text: removeMeans, yes: remove, isGrave: true })))
      return
    await this.app.attempt(async () => {
      /** @type {Streamer} */
      const asItWas = await this.app.api.get(streamerPath(streamer_id))
      await this.app.api.delete(streamerPath(streamer_id))
      this.#all = this.#all?.filter((other) => other.streamer_id !== streamer_id)
      this.app.tell({ text: removed(channel_name), act: { label: undo, run: () => this.#bringBack(asItWas) } })
    })
  }

  /** With all that people may wish of a streamer. @param {Streamer} streamer */
  #bringBack({ streamer_id, platform, channel_id, paused, priority, max_height, recorders, schedule, filters }) {
    const wishes = { paused, priority, max_height, recorders, schedule, filters }
    return this.app.attempt(async () => {
      await this.app.api.post("/streamers", { platform, channel_id })
      await this.#change(streamer_id, wishes)
    })
  }
}
