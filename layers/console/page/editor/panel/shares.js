/** Links for others: to all of it or to a clip, for a while, each revoked by itself. */

import { recordingPath } from "../../api/api.js"
import { repeat } from "../../packages/lit-html/directives/repeat.js"
import { html } from "../../packages/lit-html/lit-html.js"
import { icon } from "../../shell/icons.js"
import { keepFresh } from "../../shell/keep-fresh.js"
import { copy } from "./clipboard.js"
import { section, showSection } from "./section.js"
import { LIVES, shareRow } from "./share-row.js"
import { words } from "./words.js"

/**
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("../../api/api.js").Share} Share
 */

const EVERY_MS = 60_000
const USUAL_LIFE = "week"

export class Shares {
  /** @type {Share[]} The newest first. */
  all = []
  #end = () => {}

  /** @param {Editor} editor */
  constructor(editor) {
    this.app = editor.app
    this.editor = editor
    this.path = `${recordingPath(editor.id)}/shares`
  }

  follow() {
    this.#end = keepFresh(() => this.#load(), EVERY_MS)
  }

  leave() {
    this.#end()
  }

  view() {
    const acts = { copy: this.copy, revoke: (/** @type {Share} */ share) => void this.#revoke(share) }
    return section(
      words().shares,
      this.all.length,
      html`${this.#form()}
        <ul class="rows">
          ${repeat(
            this.all,
            ({ share_id }) => share_id,
            (share) => shareRow(share, this.#nameOf(share), acts),
          )}
        </ul>`,
      "shares",
    )
  }

  #form() {
    const clips = this.editor.recording?.clips ?? []
    return html`
      <form class="order" @submit=${this.#share}>
        <label>
          ${words().ofWhat}
          <select name="clip">
            <option value="">${words().allPlayed}</option>
            ${clips.map(({ clip_id, title }) => html`<option value=${clip_id}>${title}</option>`)}
          </select>
        </label>
        <label>
          ${words().forHowLong}
          <select name="life">
            ${LIVES.map(([name]) => html`<option value=${name} ?selected=${name === USUAL_LIFE}>${words().lives[name]}</option>`)}
          </select>
        </label>
        <button>${icon("share")}${words().share}</button>
      </form>
    `
  }

  /** @param {string} url */
  copy = async (url) => {
    const isCopied = await copy(url)
    this.app.tell({ text: isCopied ? words().copied : words().copyYourself(url), isBad: !isCopied })
  }

  async #load() {
    /** @type {{ shares: Share[] }} */
    const { shares } = await this.app.api.get(this.path)
    this.all = shares.toReversed()
    this.app.changed()
  }

  #share = (/** @type {SubmitEvent & { currentTarget: HTMLFormElement }} */ event) => {
    event.preventDefault()
    const asked = new FormData(event.currentTarget)
    const expires_in_s = new Map(/** @type {[string, number][]} */ ([...LIVES])).get(String(asked.get("life")))
    void this.app.attempt(async () => {
      /** @type {Share} */
      const made = await this.app.api.post(this.path, { expires_in_s, clip_id: asked.get("clip") || null })
      await this.copy(made.page_url)
      await this.#load()
      requestAnimationFrame(() => showSection("shares"))
    })
  }

  /** @param {Share} share */
  #revoke({ share_id }) {
    return this.app.attempt(async () => {
      await this.app.api.delete(`${this.path}/${encodeURIComponent(share_id)}`)
      this.app.tell({ text: words().wasRevoked })
      await this.#load()
    })
  }

  /** @param {Share} share */
  #nameOf({ clip_id }) {
    return this.editor.recording?.clips.find((clip) => clip.clip_id === clip_id)?.title ?? words().allPlayed
  }
}
