/** One streamer: how it stands, when it is looked at next, and what can be done about it. */

import { problemText } from "../format/problems.js"
import { clock, dayAndTime, relative } from "../format/times.js"
import { told } from "../format/told.js"
import { html, nothing } from "../packages/lit-html/lit-html.js"
import { icon } from "../shell/icons.js"
import { hashOf } from "../shell/places.js"
import { checkReasonText } from "./check-reasons.js"
import { filtersSaid } from "./filters-said.js"
import { habits } from "./habits.js"
import { standingOf } from "./standing.js"
import { words } from "./words.js"

/**
 * @typedef {import("../api/api.js").Streamer} Streamer
 * @typedef {import("../api/api.js").StreamerChanges} StreamerChanges
 * @typedef {{
 *   check: (streamer: Streamer) => void,
 *   change: (streamer: Streamer, changes: StreamerChanges) => void,
 *   sayWhatToRecord: (streamer: Streamer) => void,
 *   remove: (streamer: Streamer) => void,
 * }} Acts
 */

const PILLS = {
  recording: "live",
  starting: "accent",
  unrecordable: "warn",
  looking: "accent",
  offline: "",
  paused: "",
}
const HEIGHTS = [2160, 1440, 1080, 720, 480, 360]

/** @param {Streamer} streamer @param {Acts} acts @param {number} nowMs */
export const streamerRow = (streamer, acts, nowMs) => html`
  <li class="card streamer" data-streamer=${streamer.streamer_id}>
    <div class="who">
      <h2>${streamer.channel_name}</h2>
      <span class="pill ${PILLS[standingOf(streamer)]}">${words().standing[standingOf(streamer)]}</span>
      ${streamer.problem_coded ? html`<p class="warn">${told(problemText, streamer.problem_coded)}</p>` : nothing}
      <p class="hint">${past(streamer, nowMs)}</p>
      ${streamer.filters ? html`<p class="hint filters">${filtersSaid(streamer.filters)}</p>` : nothing}
      ${habits(streamer)}
    </div>
    ${nextCheck(streamer, nowMs)}
    <div class="acts">
      ${
        streamer.recording_id
          ? html`<a class="button main" href=${hashOf("editor", streamer.recording_id)}>${icon("play")}${words().watch}</a>`
          : checkButton(streamer, acts)
      }
      ${pauseButton(streamer, acts)} ${menu(streamer, acts)}
    </div>
  </li>
`

/** What there was until now. @param {Streamer} streamer @param {number} nowMs */
const past = (streamer, nowMs) =>
  [
    ...(streamer.recording_id ? [] : [lastStream(streamer, nowMs)]),
    ...(streamer.recorded ? [recordingsOf(streamer)] : []),
  ].map((part, index) => (index ? html` · ${part}` : part))

/** @param {Streamer} streamer @param {number} nowMs */
const lastStream = ({ last_stream_at }, nowMs) =>
  last_stream_at
    ? html`<span title=${dayAndTime(last_stream_at)}>${words().lastStream(relative(last_stream_at, nowMs))}</span>`
    : words().noStream

/** @param {Streamer} streamer */
const recordingsOf = ({ recorded, streamer_id }) =>
  html`<a href=${hashOf("recordings", "", { channel: streamer_id })}>${words().recordings(recorded)}</a>`

/** While it records, its recorder looks. @param {Streamer} streamer @param {number} nowMs */
function nextCheck({ check_at, check_reason_coded, miss_count, error_count, recording_id }, nowMs) {
  if (!check_at || recording_id) return html`<p class="next"></p>`
  const seconds = (Date.parse(check_at) - nowMs) / 1000
  return html`
    <p class="next" title=${check_reason_coded ? checkReasonText(check_reason_coded) : nothing}>
      <span class="hint">${words().nextCheck}</span> <b>${seconds > 0 ? clock(Math.ceil(seconds)) : words().now}</b>
      ${miss_count ? html`<span class="hint">${words().misses(miss_count)}</span>` : nothing}
      ${error_count ? html`<span class="warn">${words().unanswered(error_count)}</span>` : nothing}
    </p>
  `
}

/** @param {Streamer} streamer @param {Acts} acts */
const checkButton = (streamer, acts) => html`
  <button ?disabled=${streamer.paused} @click=${() => acts.check(streamer)}>${icon("look")}${words().checkNow}</button>
`

/** @param {Streamer} streamer @param {Acts} acts */
function pauseButton(streamer, acts) {
  const label = streamer.paused ? words().resume : words().pause
  return html`
    <button class="icon" title=${label} aria-label="${label}: ${streamer.channel_name}"
      @click=${() => acts.change(streamer, { paused: !streamer.paused })}>
      ${icon(streamer.paused ? "play" : "pause")}
    </button>
  `
}

/** @param {Streamer} streamer @param {Acts} acts */
const menu = (streamer, acts) => html`
  <details class="menu">
    <summary aria-label=${words().moreAbout(streamer.channel_name)}>${icon("more")}</summary>
    <div>
      <label>
        ${words().priority}
        <input type="number" min="-100" max="100" step="1" .value=${String(streamer.priority)} title=${words().priorityHint}
          @change=${(/** @type {Changed<HTMLInputElement>} */ { currentTarget: input }) =>
            input.reportValidity() && acts.change(streamer, { priority: input.valueAsNumber })} />
      </label>
      <label>
        ${words().maxHeight}
        <select @change=${(/** @type {Changed<HTMLSelectElement>} */ { currentTarget: { value } }) =>
          acts.change(streamer, { max_height: value ? Number(value) : null })}>
          <option value="" ?selected=${!streamer.max_height}>${words().best}</option>
          ${heightsWith(streamer.max_height).map(
            (height) => html`
              <option value=${height} ?selected=${height === streamer.max_height}>${words().pixels(height)}</option>
            `,
          )}
        </select>
      </label>
      <button @click=${() => acts.sayWhatToRecord(streamer)}>${icon("recordings")}${words().whatToRecord}</button>
      <button class="bad" @click=${() => acts.remove(streamer)}>${icon("remove")}${words().remove}</button>
    </div>
  </details>
`

/** @template {HTMLElement} Input @typedef {Event & { currentTarget: Input }} Changed */

/** @param {number | null} chosen */
const heightsWith = (chosen) =>
  chosen && !HEIGHTS.includes(chosen) ? [...HEIGHTS, chosen].toSorted((one, other) => other - one) : HEIGHTS
