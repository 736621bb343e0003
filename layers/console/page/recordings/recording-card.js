/** One recording: its picture, whose it is, how much is kept, and what can be done about it. */

import { money, size } from "../format/amounts.js"
import { problemText } from "../format/problems.js"
import { dayAndTime, relative } from "../format/times.js"
import { told } from "../format/told.js"
import { html, nothing } from "../packages/lit-html/lit-html.js"
import { icon } from "../shell/icons.js"
import { hashOf } from "../shell/places.js"
import { completeness, filled } from "./completeness.js"
import { poster } from "./poster.js"
import { actsOn, standingOf } from "./standing.js"
import { standingPill } from "./standing-pill.js"
import { hashFor, newest } from "./wanted.js"
import { words } from "./words.js"

/**
 * @typedef {import("../api/api.js").Recording} Recording
 * @typedef {import("./standing.js").Act} Act
 * @typedef {(act: Act, recording: Recording) => unknown} Run
 */

/** @type {Record<Act, Parameters<typeof icon>[0]>} */
const ICONS = { copy: "share", stop: "stop", confirm: "confirm", restore: "undo", remove: "remove", purge: "remove" }
/** @type {Act[]} What ends something. */
const GRAVE = ["stop", "remove", "purge"]

/** @param {Recording} recording @param {Run} run @param {number} nowMs */
export const recordingCard = (recording, run, nowMs) => html`
  <li class="card recording" data-recording=${recording.recording_id}>
    ${poster(recording, nowMs)}
    <div class="about">
      <h3>${titleOf(recording)}</h3>
      ${menu(recording, run)}
      <p class="whose hint">
        <a href=${hashFor(newest({ channel: recording.streamer_id }))}>${recording.channel_name}</a>${
          recording.category ? ` · ${recording.category}` : nothing
        }
      </p>
      <p class="standing hint">${standingPill(recording)} ${partOf(recording)} <span>${dayAndTime(recording.started_at)}</span></p>
      ${recording.problem_coded ? html`<p class="warn">${told(problemText, recording.problem_coded)}</p>` : nothing}
      ${extent(recording)} ${recording.status === "TERMINATED" ? farewell(recording, run, nowMs) : nothing}
    </div>
  </li>
`

/** What is deleted is not played any more. @param {Recording} recording */
const titleOf = ({ recording_id, status, title }) =>
  status === "TERMINATED"
    ? html`<span class="whole" tabindex="-1">${title || words().untitled}</span>`
    : html`<a class="whole" href=${hashOf("editor", recording_id)}>${title || words().untitled}</a>`

/** @param {Recording} recording */
const partOf = ({ part, is_full }) =>
  part > 1 || is_full ? html`<span class="pill">${words().part(part)}</span>` : nothing

/** @param {Recording} recording */
function extent(recording) {
  const { coverage, size_bytes, cost_dollars, segments } = recording
  if (!segments || standingOf(recording) === "gone") return nothing
  return html`
    ${
      coverage === null
        ? nothing
        : html`<div class="kept ${coverage < 1 ? "partly" : ""}" .style=${`--part: ${filled(coverage) * 100}%`}></div>`
    }
    <p class="hint amounts">
      <span>${completeness(recording)}</span>
      <span>${size(size_bytes)}${cost_dollars === null ? nothing : ` · ${words().cost(money(cost_dollars))}`}</span>
    </p>
  `
}

/** @param {Recording} recording @param {Run} run @param {number} nowMs */
function farewell(recording, run, nowMs) {
  const { purge_at, purge_began_at } = recording
  if (purge_began_at) return nothing
  return html`
    ${purge_at ? html`<p class="hint" title=${dayAndTime(purge_at)}>${words().goneIn(relative(purge_at, nowMs))}</p>` : nothing}
    <button @click=${() => run("restore", recording)}>${icon("undo")}${words().acts.restore}</button>
  `
}

/** @param {Recording} recording @param {Run} run */
function menu(recording, run) {
  const acts = actsOn(recording)
  if (!acts.length) return nothing
  return html`
    <details class="menu" name="recording" @toggle=${showWhole}>
      <summary aria-label=${words().moreAbout(recording.title || words().untitled)}>${icon("more")}</summary>
      <div>
        ${acts.map(
          (act) => html`
            <button class=${GRAVE.includes(act) ? "bad" : ""} @click=${() => run(act, recording)}>
              ${icon(ICONS[act])}${words().acts[act]}
            </button>
          `,
        )}
      </div>
    </details>
  `
}

/** It may open below the window's end. @param {Event & { currentTarget: HTMLDetailsElement }} event */
function showWhole({ currentTarget }) {
  if (currentTarget.open) currentTarget.lastElementChild?.scrollIntoView({ block: "nearest" })
}
