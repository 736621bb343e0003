/** A recording's picture, with its length; where there is none, a quiet place for it. */

import { clock } from "../format/times.js"
import { html, nothing } from "../packages/lit-html/lit-html.js"
import { icon } from "../shell/icons.js"
import { keptSeconds } from "./standing.js"
import { words } from "./words.js"

/** @typedef {import("../api/api.js").Recording} Recording */

/** The API signs a link anew in each answer; with the one it has, a browser need not load the picture again. */
const LINK_IS_GOOD_MS = 12 * 3_600_000

/** @type {Map<string, { url: string, sinceMs: number }>} */
const links = new Map()

/** @param {Recording} recording @param {number} nowMs */
export function poster(recording, nowMs) {
  const url = linkTo(recording, nowMs)
  const seconds = keptSeconds(recording, nowMs)
  return html`
    <div class="poster">
      ${icon("recordings")}
      ${url ? html`<img src=${url} alt="" loading="lazy" decoding="async" @error=${hide} @load=${show} />` : nothing}
      ${seconds ? html`<span class="length"><span class="unseen">${words().length}</span> ${clock(seconds)}</span>` : nothing}
    </div>
  `
}

/** @param {Recording} recording @param {number} nowMs */
function linkTo({ recording_id, poster_url }, nowMs) {
  const known = links.get(recording_id)
  if (!poster_url || (known && nowMs - known.sinceMs < LINK_IS_GOOD_MS)) return poster_url && known?.url
  links.set(recording_id, { url: poster_url, sinceMs: nowMs })
  return poster_url
}

const hide = (/** @type {Event & { currentTarget: HTMLImageElement }} */ { currentTarget }) => {
  currentTarget.hidden = true
}

const show = (/** @type {Event & { currentTarget: HTMLImageElement }} */ { currentTarget }) => {
  currentTarget.hidden = false
}
