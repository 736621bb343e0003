/** Recordings as files in folders: platforms, channels, years, months, days. */

import { Refusal } from "../api/api.js"
import { repeat } from "../packages/lit-html/directives/repeat.js"
import { html, nothing } from "../packages/lit-html/lit-html.js"
import { icon } from "../shell/icons.js"
import { refusalText } from "../shell/refusals.js"
import { Bookmark } from "./focus.js"
import { distinction, folderName, inOrder, pathsTo } from "./folder-names.js"
import { emptiness, noFolder, notLoaded, placeholders } from "./instead.js"
import { recordingCard } from "./recording-card.js"
import { within } from "./toolbar.js"
import { hashFor, inFolder, newest } from "./wanted.js"
import { words } from "./words.js"

/**
 * @typedef {import("../shell/app.js").App} App
 * @typedef {import("../api/api.js").Folder} Folder
 * @typedef {import("../api/api.js").Recording} Recording
 * @typedef {(wanted: import("./wanted.js").Wanted) => void} Go
 */

const LIMIT = "200"
const LIVE_EVERY_MS = 5_000
const EVERY_MS = 20_000

export class Explorer {
  bookmark = new Bookmark()
  channelName = undefined
  /** @type {Folder | undefined} All pages that were asked for, as one. */
  #folder
  #pages = 1
  #isGone = false
  #refusal = ""
  #edition = 0
  #askedMs = 0

  /** @param {App} app @param {string} path */
  constructor(app, path) {
    this.app = app
    this.path = path
  }

  /** Whether there is something to show. */
  get isKnown() {
    return Boolean(this.#folder || this.#isGone || this.#refusal)
  }

  get isLive() {
    return this.#folder?.recordings.some(({ status }) => status === "RECORDING") ?? false
  }

  /** It is due. */
  expire() {
    this.#askedMs = 0
  }

  async freshen() {
    const everyMs = this.isLive ? LIVE_EVERY_MS : EVERY_MS
    if (Date.now() - this.#askedMs < everyMs - LIVE_EVERY_MS / 2) return
    try {
      await this.#load()
    } catch (error) {
      this.#isGone = error instanceof Refusal && error.code === "not_found"
      this.#refusal = refusalText(error)
      throw error
    } finally {
      this.app.changed()
    }
  }

  /** @param {Recording} changed  as the API answered it just now */
  put(changed) {
    if (!this.#folder) return
    this.#edition += 1
    const recordings = this.#folder.recordings
      .map((recording) => (recording.recording_id === changed.recording_id ? changed : recording))
      .filter(({ status }) => status !== "TERMINATED")
    this.#folder = { ...this.#folder, recordings }
    this.expire()
    this.app.changed()
  }

  /** @param {import("./recording-card.js").Run} run @param {Go} go */
  view(run, go) {
    return html`${this.#breadcrumbs(go)} ${this.#content(run, go)}`
  }

  /** @param {Go} go */
  #breadcrumbs(go) {
    return html`
      <nav class="path" aria-label=${words().path}>
        <ol>
          ${["", ...pathsTo(this.path)].map((path) => {
            const name = path ? folderName(path) : words().library
            if (path === this.path) return html`<li><b aria-current="page">${name}</b></li>`
            return html`<li><a href=${hashFor(inFolder(path))} @click=${within(inFolder(path), go)}>${name}</a></li>`
          })}
        </ol>
      </nav>
    `
  }

  /** @param {import("./recording-card.js").Run} run @param {Go} go */
  #content(run, go) {
    if (this.#isGone) return noFolder(go)
    if (!this.#folder) return this.#refusal ? notLoaded(this.#refusal) : placeholders()
    const { folders, recordings, next } = this.#folder
    if (!folders.length && !recordings.length && !next) return this.path ? noFolder(go) : emptiness(newest(), go)
    return html`
      <h2 class="unseen">${this.path ? folderName(this.path) : words().library}</h2>
      ${folders.length ? this.#folders(folders, go) : nothing}
      ${recordings.length ? this.#recordings(recordings, run) : nothing}
      ${next ? html`<button class="more" @click=${this.#more}>${words().more}</button>` : nothing}
    `
  }

  /** @param {Folder["folders"]} folders @param {Go} go */
  #folders(folders, go) {
    const entries = repeat(
      inOrder(this.path, folders),
      ({ path }) => path,
      (folder) => this.#entry(folder, folders, go),
    )
    return html`<ul class="folders">${entries}</ul>`
  }

  /** @param {Recording[]} recordings @param {import("./recording-card.js").Run} run */
  #recordings(recordings, run) {
    const cards = repeat(
      recordings,
      ({ recording_id }) => recording_id,
      (recording) => recordingCard(recording, run, Date.now()),
    )
    return html`<ul class="recordings of-folder">${cards}</ul>`
  }

  /** @param {Folder["folders"][number]} folder @param {Folder["folders"]} all @param {Go} go */
  #entry(folder, all, go) {
    const there = inFolder(folder.path)
    return html`
      <li>
        <a class="card" href=${hashFor(there)} data-folder=${folder.path} @click=${within(there, go)}>
          ${icon("folder")}${folderName(folder.path)} <span class="hint">${distinction(folder, all)}</span>
        </a>
      </li>
    `
  }

  #more = () => {
    this.#pages += 1
    return this.app.attempt(() => this.#load())
  }

  /** All pages that were asked for. What is changed here meanwhile counts for more than the answer. */
  async #load() {
    const edition = this.#edition
    /** @type {Folder} */
    let folder = await this.app.api.get("/library", { path: this.path, limit: LIMIT })
    for (let page = 1; page < this.#pages && folder.next; page += 1) {
      /** @type {Folder} */
      const more = await this.app.api.get("/library", { path: this.path, limit: LIMIT, cursor: folder.next })
      const recordings = [...folder.recordings, ...more.recordings]
      folder = { ...more, folders: [...folder.folders, ...more.folders], recordings }
    }
    this.#askedMs = Date.now()
    if (edition !== this.#edition) return
    this.#folder = folder
    this.#isGone = false
    this.#refusal = ""
  }
}
