import { repeat } from "../../packages/lit-html/directives/repeat.js"
import { html, nothing } from "../../packages/lit-html/lit-html.js"
import { endsText, lengthText, rangeText } from "../words.js"
import { placeLink, rowButton, section } from "./section.js"
import { words } from "./words.js"

/** What is left out, to be brought back. @param {import("../editor.js").Editor} editor */
export function cutsSection(editor) {
  const cuts = editor.recording?.cuts ?? []
  const content = cuts.length ? list(editor, cuts) : html`<p class="hint">${words().noCuts}</p>`
  return section(words().cuts, cuts.length, content)
}

/** @param {import("../editor.js").Editor} editor @param {import("../../api/api.js").Cut[]} cuts */
const list = (editor, cuts) => html`
  <ul class="rows">
    ${repeat(
      cuts,
      ({ cut_id }) => cut_id,
      (cut) => html`<li>${row(editor, cut)}</li>`,
    )}
  </ul>
`

/** @param {import("../editor.js").Editor} editor @param {import("../../api/api.js").Cut} cut */
function row(editor, cut) {
  if (!cut.source) return html`<span>${words().nowhere}</span>`
  const { begin, end } = cut.source
  const note = cut.is_purged ? html` <small class="hint">${words().purged}</small>` : nothing
  return html`
    ${placeLink(editor, begin, html`${lengthText(end - begin)}${note}`, endsText(cut.source))}
    ${cut.is_purged ? nothing : rowButton("undo", words().bringBack(rangeText(cut.source)), () => void editor.acts.uncut(cut))}
  `
}
