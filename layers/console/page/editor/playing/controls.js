/** What a player has: play, where it is, how loud and how fast, and the whole screen. */

import { clock } from "../../format/times.js"
import { html, nothing } from "../../packages/lit-html/lit-html.js"
import { icon } from "../../shell/icons.js"
import { words } from "../words.js"
import { playedBefore } from "./cut-spans.js"
import { toggleWide } from "./wide.js"

/** @typedef {import("../editor.js").Editor} Editor */

const LOUDNESS_STEP = 0.05

/** @param {Editor} editor */
export function controlsView(editor) {
  const { player } = editor
  const play = player.isPaused ? words().play : words().pause
  return html`
    <div class="controls">
      <button class="icon" title=${words().withKey(play, words().space)} aria-label=${play} @click=${() => player.playOrPause()}>
        ${icon(player.isPaused ? "play" : "pause")}
      </button>
      ${times(editor)} ${editor.grows ? live(player) : nothing}
      <span class="rest"></span>
      ${loudness(player)} ${rate(player)} ${screenButtons(player)}
    </div>
  `
}

/** @param {Editor} editor */
function times({ player, duration }) {
  const all = playedBefore(player.cuts, duration)
  return html`
    <p class="times">
      <b>${clock(player.at)}</b> / ${clock(duration)}
      ${player.cuts.length ? html`<span class="hint">${words().willBePlayed(clock(all))}</span>` : nothing}
    </p>
  `
}

/** @param {import("./player.js").Player} player */
const live = (player) => html`
  <button class="live ${player.isAtEdge ? "is-there" : ""}" title=${words().goLive} @click=${() => player.goLive()}>${words().live}</button>
`

/** @param {import("./player.js").Player} player */
function loudness(player) {
  const { muted = false, volume = 1 } = player.video ?? {}
  const isSilent = muted || volume === 0
  const label = isSilent ? words().unmute : words().mute
  const change = (/** @type {Event & { currentTarget: HTMLInputElement }} */ { currentTarget: { valueAsNumber } }) =>
    player.setVolume({ volume: valueAsNumber, muted: false })
  return html`
    <button class="icon" title=${label} aria-label=${label} @click=${() => player.setVolume(isSilent ? { muted: false, volume: volume || 1 } : { muted: true })}>
      ${icon(isSilent ? "silence" : "sound")}
    </button>
    <input class="loudness" type="range" min="0" max="1" step=${LOUDNESS_STEP} aria-label=${words().volume}
      .value=${String(isSilent ? 0 : volume)} @input=${change} />
  `
}

/** @param {import("./player.js").Player} player */
const rate = (player) => html`
  <button class="icon rate" title=${words().speed} aria-label="${words().speed}: ${player.rate}×" @click=${() => player.nextRate()}>
    ${player.rate}×
  </button>
`

/** @param {import("./player.js").Player} player */
const screenButtons = (player) => html`
  ${
    document.pictureInPictureEnabled
      ? html`
          <button class="icon" title=${words().inset} aria-label=${words().inset} @click=${() => toggleInset(player.video)}>
            ${icon("inset")}
          </button>
        `
      : nothing
  }
  <button class="icon" title=${words().wide} aria-label=${words().wide} @click=${() => toggleWide(player.video)}>${icon("wide")}</button>
`

/** A browser that has no picture to show refuses; so it stays as it is. @param {HTMLVideoElement | undefined} video */
const toggleInset = (video) =>
  document.pictureInPictureElement
    ? document.exitPictureInPicture()
    : video?.readyState && video.requestPictureInPicture()
