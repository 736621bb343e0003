/** The picture, what is said over it, and the player's controls; or why there is no picture. */

import { problemText } from "../../format/problems.js"
import { dayAndTime } from "../../format/times.js"
import { told } from "../../format/told.js"
import { ref } from "../../packages/lit-html/directives/ref.js"
import { html, nothing } from "../../packages/lit-html/lit-html.js"
import { icon } from "../../shell/icons.js"
import { words } from "../words.js"
import { controlsView } from "./controls.js"
import { toggleWide } from "./wide.js"

/** @typedef {import("../editor.js").Editor} Editor */

/** @param {Editor} editor */
export const stageView = (editor) =>
  editor.hasLine ? screen(editor) : html`<section class="stage empty">${whyNone(editor)}</section>`

/** @param {Editor} editor */
function screen(editor) {
  const { player } = editor
  return html`
    <section class="stage" aria-label=${words().player}>
      <div class="screen ${player.isInCut ? "is-cut" : ""}">
        <video playsinline preload="auto" ${ref(player.take)} @click=${() => player.playOrPause()} @timeupdate=${player.onEvent}
          @play=${player.onEvent} @pause=${player.onEvent} @waiting=${player.onEvent} @playing=${player.onEvent}
          @canplay=${player.onEvent} @seeking=${player.onEvent} @seeked=${player.onEvent} @ended=${player.onEvent}
          @durationchange=${player.onEvent} @volumechange=${player.onEvent}
          @ratechange=${player.onEvent} @dblclick=${() => toggleWide(player.video)}></video>
        <div class="said" role="status">${said(editor)}</div>
      </div>
      ${controlsView(editor)}
    </section>
  `
}

/** @param {Editor} editor */
function said(editor) {
  const { player, edge, recording } = editor
  if (player.trouble) return trouble(editor, player.trouble)
  if (edge === "silent")
    return html`<p>${recording?.problem_coded ? told(problemText, recording.problem_coded) : words().silent}</p>`
  if (edge === "waiting") return html`<p class="later">${words().waiting}</p>`
  return player.isInCut ? html`<p class="corner">${icon("cut")}${words().cutOut}</p>` : nothing
}

/** @param {Editor} editor @param {import("./trouble.js").Trouble} kind */
const trouble = (editor, kind) => html`
  <div class="trouble">
    <p>${words().trouble[kind]}</p>
    ${kind === "codec" ? html`<p><a href=${editor.recording?.playlist_url ?? nothing}>${words().playlist}</a></p>` : nothing}
    <button @click=${() => editor.play()}>${icon("look")}${words().tryAgain}</button>
  </div>
`

/** In place of a picture. @param {Editor} editor */
function whyNone({ recording, acts }) {
  if (!recording) return nothing
  const { status, problem_coded, purge_at, purge_began_at } = recording
  if (status === "TERMINATED" && purge_began_at) return html`<p>${words().isPurged}</p>`
  if (status === "TERMINATED")
    return html`
      <p>${words().isDeleted(purge_at ? dayAndTime(purge_at) : undefined)}</p>
      <button class="main" @click=${() => acts.lifecycle.bringBack()}>${icon("undo")}${words().restore}</button>
    `
  return html`
    <p>${status === "RECORDING" ? words().nothingYet(!problem_coded) : words().nothingKept}</p>
    ${problem_coded ? html`<p class="warn">${told(problemText, problem_coded)}</p>` : nothing}
  `
}
