/** A part of the panel that can be folded, and the rows in it. */

import { clock } from "../../format/times.js"
import { html, nothing } from "../../packages/lit-html/lit-html.js"
import { icon } from "../../shell/icons.js"

/** @param {string} title @param {number | undefined} count @param {unknown} content */
export const section = (title, count, content) => html`
  <details class="section" open>
    <summary><h2>${title}</h2>${count ? html`<span class="pill">${count}</span>` : nothing}</summary>
    ${content}
  </details>
`

/** A place to go to. @param {import("../editor.js").Editor} editor @param {number} at @param {unknown} label @param {string} [time] */
export const placeLink = ({ player }, at, label, time = clock(at)) => html`
  <button class="place" @click=${() => player.seek(at)}><b>${time}</b><span>${label}</span></button>
`

/** @param {Parameters<typeof icon>[0]} drawing @param {string} label @param {() => void} run */
export const rowButton = (drawing, label, run) => html`
  <button class="icon" title=${label} aria-label=${label} @click=${run}>${icon(drawing)}</button>
`
