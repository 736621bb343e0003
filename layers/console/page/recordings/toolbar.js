/** What is looked for, among which recordings, and in which view. */

import { html, nothing } from "../packages/lit-html/lit-html.js"
import { icon } from "../shell/icons.js"
import { CHOICES, hashFor, inFolder, newest } from "./wanted.js"
import { words } from "./words.js"

/**
 * @typedef {import("./wanted.js").Wanted} Wanted
 * @typedef {(wanted: Wanted) => void} Go
 */

/**
 * @param {Wanted} wanted
 * @param {string | undefined} channelName  of the one channel whose recordings are wanted, where it is known
 * @param {{ go: Go, search: (letters: string) => void }} moves
 */
export const toolbar = (wanted, channelName, { go, search }) => html`
  <div class="finding">
    <search>
      ${icon("search")}
      <input type="search" aria-label=${words().search} placeholder=${words().search} maxlength="100"
        .value=${wanted.letters} @input=${(/** @type {Typed} */ event) => search(event.currentTarget.value)} />
    </search>
    <nav class="views" aria-label=${words().views}>
      ${viewLink(newest(), "newest", wanted.folder === undefined, go)}
      ${viewLink(inFolder(""), "folders", wanted.folder !== undefined, go)}
    </nav>
  </div>
  ${wanted.folder === undefined ? chips(wanted, channelName, go) : nothing}
`

/** @typedef {Event & { currentTarget: HTMLInputElement }} Typed */

/** @param {Wanted} there @param {"newest" | "folders"} name @param {boolean} isHere @param {Go} go */
const viewLink = (there, name, isHere, go) => html`
  <a href=${hashFor(there)} aria-current=${isHere ? "true" : nothing} @click=${within(there, go)}>
    ${icon(name === "folders" ? "folder" : "recordings")}${words()[name]}
  </a>
`

/** @param {Wanted} wanted @param {string | undefined} channelName @param {Go} go */
const chips = (wanted, channelName, go) => html`
  <nav class="chips" aria-label=${words().filter}>
    ${wanted.channel ? channelChip({ ...wanted, channel: "" }, channelName, go) : nothing}
    ${CHOICES.map((choice) => {
      const there = { ...wanted, choice }
      const isHere = wanted.choice === choice
      return html`
        <a class="chip" href=${hashFor(there)} aria-current=${isHere ? "true" : nothing} @click=${within(there, go)}>
          ${words().choices[choice]}
        </a>
      `
    })}
  </nav>
`

/** Pressed, it is left out. @param {Wanted} there @param {string | undefined} name @param {Go} go */
const channelChip = (there, name, go) => html`
  <a class="chip channel" href=${hashFor(there)} title=${words().showAll} @click=${within(there, go)}>
    ${name ? words().ofChannel(name) : words().oneChannel}${icon("close")}
  </a>
`

/** A link that is followed without leaving the page, unless it is to be opened elsewhere. @param {Wanted} there @param {Go} go */
export const within = (there, go) => (/** @type {MouseEvent} */ event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
  event.preventDefault()
  go(there)
}
