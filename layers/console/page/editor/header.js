/** Which recording it is, how it stands, and what is done to it as a whole. */

import { dayAndTime } from "../format/times.js"
import { html, nothing } from "../packages/lit-html/lit-html.js"
import { standingPill } from "../recordings/standing-pill.js"
import { icon } from "../shell/icons.js"
import { hashOf } from "../shell/places.js"
import { goToSection } from "./panel/section.js"
import { words } from "./words.js"

/**
 * @typedef {import("./editor.js").Editor} Editor
 * @typedef {import("./recording-watch.js").Watched} Watched
 */

/** @param {Editor} editor */
export function headerView(editor) {
  const { recording } = editor
  if (!recording) return nothing
  const { title, channel_name, streamer_id, started_at } = recording
  return html`
    <header class="head">
      <a class="button icon" href=${hashOf("recordings")} title=${words().withKey(words().back, "Ctrl+B")} aria-label=${words().back}>
        ${icon("back")}
      </a>
      <div class="what">
        <h1 title=${title}>${title || words().untitled}</h1>
        <p class="hint">
          <a href=${hashOf("recordings", "", { channel: streamer_id })}>${channel_name}</a> · ${dayAndTime(started_at)}
        </p>
      </div>
      ${standingPill(recording)}
      <div class="acts">${acts(editor, recording)}</div>
    </header>
  `
}

/** @param {Editor} editor @param {Watched} recording */
function acts({ acts: { lifecycle }, grows, hasLine, isDeleted }, recording) {
  if (isDeleted) return nothing
  return html`
    ${hasLine ? [wayTo("shares", "share", words().share), wayTo("exports", "download", words().export)] : nothing}
    ${grows ? html`<button ?disabled=${recording.stopped_at} @click=${() => lifecycle.stop()}>${icon("stop")}${words().stop}</button>` : nothing}
    ${
      recording.status === "IDLE"
        ? html`
            <button class="main" title=${words().withKey(words().confirmMeans, "Ctrl+F")} @click=${() => lifecycle.confirm()}>
              ${icon("confirm")}${words().confirm}
            </button>
          `
        : nothing
    }
    <button class="named" title=${words().withKey(words().deleteIt, "Ctrl+X")} @click=${() => lifecycle.delete()}>
      ${icon("remove")}<span>${words().deleteIt}</span>
    </button>
    ${mayPurge(recording) ? menu(lifecycle) : nothing}
  `
}

/** @param {string} name  of the section @param {Parameters<typeof icon>[0]} drawing @param {string} label */
const wayTo = (name, drawing, label) => html`
  <button class="named" title=${label} @click=${() => goToSection(name)}>${icon(drawing)}<span>${label}</span></button>
`

/** @param {Watched} recording */
const mayPurge = ({ status, cuts }) =>
  (status === "IDLE" || status === "DONE") && cuts.some(({ is_purged }) => !is_purged)

/** @param {import("./acting/lifecycle.js").Lifecycle} lifecycle */
function menu(lifecycle) {
  const purge = (/** @type {Event & { currentTarget: HTMLElement }} */ { currentTarget }) => {
    currentTarget.closest("details")?.removeAttribute("open")
    void lifecycle.purgeCuts()
  }
  return html`
    <details class="menu">
      <summary aria-label=${words().more}>${icon("more")}</summary>
      <div><button class="bad" @click=${purge}>${icon("cut")}${words().purgeCuts}</button></div>
    </details>
  `
}
