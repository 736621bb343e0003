/** A part of the panel that can be folded, and the rows in it. */

import { clock } from "../../format/times.js"
import { html, nothing } from "../../packages/lit-html/lit-html.js"
import { icon } from "../../shell/icons.js"

/** @param {string} title @param {number | undefined} count @param {unknown} content @param {string} [name]  by which it is gone to */
export const section = (title, count, content, name) => html`
  <details class="section" data-section=${name ?? nothing} open>
    <summary><h2>${title}</h2>${count ? html`<span class="pill">${count}</span>` : nothing}</summary>
    ${content}
  </details>
`

/** Scrolls to all of it, even if it was folded. @param {string} name @returns {Element | undefined} the section */
export function showSection(name) {
  const there = document.querySelector(`details[data-section="${name}"]`)
  if (!(there instanceof HTMLDetailsElement)) return undefined
  there.open = true
  there.scrollIntoView({ block: "nearest" })
  return there
}

/** Shows it, with the focus on what is pressed there. @param {string} name */
export const goToSection = (name) => showSection(name)?.querySelector("button")?.focus({ preventScroll: true })

/** A place to go to. @param {import("../editor.js").Editor} editor @param {number} at @param {unknown} label @param {string} [time] */
export const placeLink = ({ player }, at, label, time = clock(at)) => html`
  <button class="place" @click=${() => player.seek(at)}><b>${time}</b><span>${label}</span></button>
`

/** @param {Parameters<typeof icon>[0]} drawing @param {string} label @param {() => void} run */
export const rowButton = (drawing, label, run) => html`
  <button class="icon" title=${label} aria-label=${label} @click=${run}>${icon(drawing)}</button>
`
