/** One link that others were given. */

import { dayAndTime, relative } from "../../format/times.js"
import { html } from "../../packages/lit-html/lit-html.js"
import { rowButton } from "./section.js"
import { words } from "./words.js"

/** @typedef {import("./shares.js").Share} Share */

const HOUR_S = 3_600
const DAY_S = 86_400

/** For how long a link is good, in seconds. */
export const LIVES = /** @type {const} */ ([
  ["hour", HOUR_S],
  ["halfDay", 12 * HOUR_S],
  ["week", 7 * DAY_S],
  ["month", 30 * DAY_S],
  ["year", 365 * DAY_S],
])

/** @param {Share} share @param {string} name @param {{ copy: (url: string) => void, revoke: (share: Share) => void }} acts */
export const shareRow = (share, name, { copy, revoke }) => html`
  <li class="share">
    <div>
      <p>${name} <small class="hint" title=${dayAndTime(share.expires_at)}>${words().ends(relative(share.expires_at, Date.now()))}</small></p>
      <p class="links">
        <button @click=${() => copy(share.page_url)}>${words().copyLink}</button>
        <button @click=${() => copy(share.url)}>${words().copyForVlc}</button>
      </p>
    </div>
    ${rowButton("remove", words().revokeWhat(name), () => revoke(share))}
  </li>
`
