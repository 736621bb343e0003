/** Beside the player: all that is known of the recording, and what was made of it. */

import { html } from "../../packages/lit-html/lit-html.js"
import { chaptersSection } from "./chapters-section.js"
import { clipsSection } from "./clips-section.js"
import { cutsSection } from "./cuts-section.js"
import { Exports } from "./exports.js"
import { factsSection } from "./facts-section.js"
import { markersSection } from "./markers-section.js"
import { Shares } from "./shares.js"
import { words } from "./words.js"

/** @typedef {import("../editor.js").Editor} Editor */

export class Panel {
  #follows = false

  /** @param {Editor} editor */
  constructor(editor) {
    this.editor = editor
    this.exports = new Exports(editor)
    this.shares = new Shares(editor)
  }

  /** Of what has nothing to play there is nothing to ask. */
  follow() {
    if (this.#follows) return
    this.#follows = true
    this.exports.follow()
    this.shares.follow()
  }

  leave() {
    this.exports.leave()
    this.shares.leave()
  }

  view() {
    const { editor } = this
    return html`
      <aside class="panel" aria-label=${words().about}>
        <div>
          ${factsSection(editor)}
          ${editor.hasLine ? [chaptersSection(editor), markersSection(editor), cutsSection(editor), clipsSection(editor), this.exports.view(), this.shares.view()] : []}
        </div>
      </aside>
    `
  }
}
