import { repeat } from "../../packages/lit-html/directives/repeat.js"
import { html } from "../../packages/lit-html/lit-html.js"
import { icon } from "../../shell/icons.js"
import { rangeText } from "../words.js"
import { rowButton, section } from "./section.js"
import { words } from "./words.js"

/**
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("../../api/api.js").Clip} Clip
 */

/** Pieces with a link of their own. @param {Editor} editor */
export function clipsSection(editor) {
  const clips = editor.recording?.clips ?? []
  const rows = repeat(
    clips,
    ({ clip_id }) => clip_id,
    (clip) => row(editor, clip),
  )
  const content = clips.length ? html`<ul class="rows">${rows}</ul>` : html`<p class="hint">${words().noClips}</p>`
  return section(words().clips, clips.length, content)
}

/** @param {Editor} editor @param {Clip} clip */
const row = (editor, clip) => html`
  <li>
    <a class="place" href=${pageOf(clip)} target="_blank" rel="noopener">
      ${icon("play")}<span>${clip.title} <small class="hint">${clip.source ? rangeText(clip.source) : words().nowhere}</small></span>
    </a>
    ${rowButton("copy", words().copyOf(clip.title), () => void editor.panel.shares.copy(clip.playlist_url))}
    ${rowButton("remove", words().removeWhat(clip.title), () => void editor.acts.unclip(clip))}
  </li>
`

/** Where a browser plays it: the folder that its playlist is in. @param {Clip} clip */
const pageOf = ({ playlist_url }) => new URL(".", playlist_url).href
