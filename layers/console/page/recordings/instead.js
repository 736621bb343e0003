/** What is shown where there is nothing to show: yet, at all, or because it could not be had. */

import { html } from "../packages/lit-html/lit-html.js"
import { hashOf } from "../shell/places.js"
import { within } from "./toolbar.js"
import { hashFor, inFolder, newest } from "./wanted.js"
import { words } from "./words.js"

/** @typedef {import("./wanted.js").Wanted} Wanted */

const ABOUT_A_WINDOW = 8

/** They show themselves only where it takes a while. */
export const placeholders = () => html`
  <ul class="recordings awaited" aria-busy="true" aria-label=${words().loading}>
    ${Array.from({ length: ABOUT_A_WINDOW }, () => html`<li class="card"></li>`)}
  </ul>
`

/** @param {Wanted} wanted @param {(wanted: Wanted) => void} go */
export function emptiness({ choice, channel, letters }, go) {
  const isNarrow = letters || channel
  const { title, text } = words().nothing[isNarrow ? "found" : choice]
  return html`
    <section class="empty" role="status">
      <h2>${title}</h2>
      <p class="faint">${text}</p>
      ${isNarrow ? html`<p><a href=${hashFor(newest())} @click=${within(newest(), go)}>${words().showAll}</a></p>` : html``}
      ${choice === "all" && !isNarrow ? html`<p><a href=${hashOf("streamers")}>${words().addSomebody}</a></p>` : html``}
    </section>
  `
}

/** @param {string} refusal */
export const notLoaded = (refusal) => html`
  <section class="empty" role="alert"><h2>${words().notLoaded}</h2><p class="faint">${refusal}</p></section>
`

/** @param {(wanted: Wanted) => void} go */
export const noFolder = (go) => html`
  <section class="empty" role="status">
    <h2>${words().noFolder}</h2>
    <p><a href=${hashFor(inFolder(""))} @click=${within(inFolder(""), go)}>${words().toTop}</a></p>
  </section>
`
