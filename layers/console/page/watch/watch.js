/** The page behind a playback link: a player for whoever has the link, or why it opens nothing. */

import { dayAndTime } from "../format/times.js"
import { createRef, ref } from "../packages/lit-html/directives/ref.js"
import { html, nothing, render } from "../packages/lit-html/lit-html.js"
import { restoreTheme } from "../shell/theme.js"
import { steerByKeys } from "./keys.js"
import { play } from "./play.js"
import { words } from "./words.js"

/** @typedef {import("./play.js").Standing} Standing */

/** What the server says in the page's head. @param {string} name */
const told = (name) => document.querySelector(`meta[name="${name}"]`)?.getAttribute("content") ?? ""

const playlist = told("playlist")
const isLive = playlist === "live.m3u8"
/** @type {import("../packages/lit-html/directives/ref.js").Ref<HTMLVideoElement>} */
const video = createRef()

/** @param {Standing} standing */
function say(standing) {
  const said = standing === "gone" ? words().refused.gone : standing === "playing" ? nothing : words()[standing]
  show(html`<p role="status">${said}</p>`)
}

/** @param {unknown} note */
function show(note) {
  const view = html`
    <main>
      <video controls playsinline preload="metadata" aria-label=${words().video} ${ref(video)}></video>
      <div class="about">
        <h1>${document.title}</h1>
        <p class="faint">${told("channel")} · ${dayAndTime(told("started-at"))}</p>
        ${isLive ? html`<p class="live">${words().live}</p>` : nothing}
        ${note}
        <button type="button" @click=${copyAddress}>${words().copy}</button>
      </div>
    </main>
  `
  render(view, document.body)
}

async function copyAddress() {
  await navigator.clipboard.writeText(new URL(playlist, location.href).href)
  show(html`<p role="status">${words().copied}</p>`)
}

/** @param {string} code */
const refuse = (code) =>
  render(html`<main><p class="refused" role="alert">${words().refused[code]}</p></main>`, document.body)

restoreTheme()
if (told("refusal")) refuse(told("refusal"))
else {
  say("playing")
  if (video.value) {
    steerByKeys(video.value)
    await play(video.value, playlist, say)
  }
}
