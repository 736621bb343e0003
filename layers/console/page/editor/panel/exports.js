/** Files to download: ordered, followed while they are made, and removed. */

import { recordingPath } from "../../api/api.js"
import { repeat } from "../../packages/lit-html/directives/repeat.js"
import { html, nothing } from "../../packages/lit-html/lit-html.js"
import { icon } from "../../shell/icons.js"
import { keepFresh } from "../../shell/keep-fresh.js"
import { rangeOf } from "../timeline/selection.js"
import { exportRow } from "./export-row.js"
import { section, showSection } from "./section.js"
import { words } from "./words.js"

/**
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("../../api/api.js").Export} Export
 */

const EVERY_MS = 2_000
const IN_WORK = new Set(["QUEUED", "RUNNING"])

export class Exports {
  /** @type {Export[] | undefined} The newest first; undefined before the first answer. */
  all
  #end = () => {}

  /** @param {Editor} editor */
  constructor(editor) {
    this.app = editor.app
    this.editor = editor
    this.path = `${recordingPath(editor.id)}/exports`
  }

  follow() {
    this.#end = keepFresh(() => (this.#isWorthAsking ? this.#load() : Promise.resolve()), EVERY_MS)
  }

  leave() {
    this.#end()
  }

  view() {
    /** @type {Export[]} */
    const all = this.all ?? []
    return section(
      words().exports,
      all.length,
      html`${this.#form()}
        <ul class="rows">
          ${repeat(
            all,
            ({ export_id }) => export_id,
            (made) => exportRow(made, () => void this.#remove(made)),
          )}
        </ul>`,
      "exports",
    )
  }

  #form() {
    const isSelected = rangeOf(this.editor.selection) !== undefined
    return html`
      <form class="order" @submit=${this.#order}>
        <label>
          ${words().format}
          <select name="format"><option value="mp4">MP4</option><option value="ts">MPEG-TS</option></select>
        </label>
        <label>
          ${words().ofWhat}
          <select name="what">
            <option value="all">${words().allPlayed}</option>
            ${isSelected ? html`<option value="selection">${words().selection}</option>` : nothing}
          </select>
        </label>
        <button>${icon("download")}${words().export}</button>
      </form>
    `
  }

  get #isWorthAsking() {
    return !this.all || this.all.some(({ status }) => IN_WORK.has(status))
  }

  async #load() {
    /** @type {{ exports: Export[] }} */
    const { exports } = await this.app.api.get(this.path)
    this.all = exports.toSorted((one, other) => other.created_at.localeCompare(one.created_at))
    this.app.changed()
  }

  #order = (/** @type {SubmitEvent & { currentTarget: HTMLFormElement }} */ event) => {
    event.preventDefault()
    const asked = new FormData(event.currentTarget)
    const range = asked.get("what") === "selection" ? rangeOf(this.editor.selection) : undefined
    void this.app.attempt(async () => {
      await this.app.api.post(this.path, {
        format: asked.get("format"),
        ...(range && { ...range, timeline: "source" }),
      })
      await this.#load()
      requestAnimationFrame(() => showSection("exports"))
    })
  }

  /** @param {Export} made */
  #remove({ export_id }) {
    return this.app.attempt(async () => {
      await this.app.api.delete(`${this.path}/${encodeURIComponent(export_id)}`)
      await this.#load()
    })
  }
}
