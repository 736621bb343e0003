/** The form that adds a channel; where a name is several channels', it offers them. */

import { Refusal } from "../api/api.js"
import { createRef, ref } from "../packages/lit-html/directives/ref.js"
import { html, nothing } from "../packages/lit-html/lit-html.js"
import { icon } from "../shell/icons.js"
import { refusalText } from "../shell/refusals.js"
import { referenceOf } from "./reference.js"
import { words } from "./words.js"

/**
 * @typedef {import("../shell/app.js").App} App
 * @typedef {import("../api/api.js").Candidate} Candidate
 * @typedef {import("../api/api.js").Platform} Platform
 * @typedef {import("../api/api.js").Streamer} Streamer
 */

export class Adding {
  /** @type {Platform[]} */
  #platforms = []
  /** @type {Candidate[]} */
  #candidates = []
  #platform = ""
  #refusal = ""
  #isBusy = false
  /** @type {import("../packages/lit-html/directives/ref.js").Ref<HTMLFormElement>} */
  #form = createRef()

  /**
   * @param {App} app
   * @param {(streamer: Streamer) => void} onAdded
   */
  constructor(app, onAdded) {
    this.app = app
    this.onAdded = onAdded
    void app.attempt(() => this.#load())
  }

  view() {
    return html`
      <form class="card adding" @submit=${this.#submit} ${ref(this.#form)}>
        ${this.#platforms.length > 1 ? this.#platformChoice() : nothing}
        <label>
          ${words().what}
          <input name="typed" required maxlength="500" autocomplete="off" placeholder=${words().example} aria-describedby="refusal" />
        </label>
        <button class="main" ?disabled=${this.#isBusy}>${icon("add")}${words().add}</button>
        <p id="refusal" class="bad" role="alert" ?hidden=${!this.#refusal}>${this.#refusal}</p>
        ${this.#candidates.length ? this.#choice() : nothing}
      </form>
    `
  }

  #platformChoice() {
    return html`
      <label>
        ${words().platform}
        <select name="platform">${this.#platforms.map(({ name, title }) => html`<option value=${name}>${title}</option>`)}</select>
      </label>
    `
  }

  #choice() {
    return html`
      <fieldset>
        <legend>${words().which}</legend>
        ${this.#candidates.map(
          ({ channel_id, channel_name }) => html`
            <button type="button" @click=${() => this.#add({ channel_id })}>
              ${channel_name} <span class="faint">${channel_id.slice(0, 8)}</span>
            </button>
          `,
        )}
      </fieldset>
    `
  }

  async #load() {
    /** @type {{ platforms: Platform[] }} */
    const { platforms } = await this.app.api.get("/platforms")
    this.#platforms = platforms
    this.#platform = platforms[0]?.name ?? ""
  }

  #submit = async (/** @type {SubmitEvent & { currentTarget: HTMLFormElement }} */ event) => {
    event.preventDefault()
    const typed = new FormData(event.currentTarget)
    this.#platform = String(typed.get("platform") ?? this.#platform)
    await this.#add(referenceOf(String(typed.get("typed"))))
  }

  /** @param {ReturnType<typeof referenceOf>} reference */
  async #add(reference) {
    this.#begin()
    try {
      /** @type {Streamer} */
      const streamer = await this.app.api.post("/streamers", { platform: this.#platform, ...reference })
      this.onAdded(streamer)
      this.#clear()
    } catch (error) {
      this.#refusal = (error instanceof Refusal && words().refused[error.code]) || refusalText(error)
      this.#candidates = error instanceof Refusal ? error.candidates : []
    } finally {
      this.#isBusy = false
      this.app.changed()
    }
  }

  /** For the next one. */
  #clear() {
    const form = this.#form.value
    form?.reset()
    form?.querySelector("input")?.focus()
  }

  #begin() {
    this.#refusal = ""
    this.#candidates = []
    this.#isBusy = true
    this.app.changed()
  }
}
