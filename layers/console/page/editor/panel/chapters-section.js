import { html, nothing } from "../../packages/lit-html/lit-html.js"
import { placeLink, section } from "./section.js"
import { words } from "./words.js"

/** What the broadcast was about, from when on. @param {import("../editor.js").Editor} editor */
export function chaptersSection(editor) {
  const { chapters } = editor
  if (!chapters.length) return nothing
  const rows = chapters.map(({ begin, title, category }) => {
    const label = html`${title} ${category ? html`<small class="hint">${category}</small>` : nothing}`
    return html`<li>${placeLink(editor, begin, label)}</li>`
  })
  return section(words().chapters, chapters.length, html`<ul class="rows">${rows}</ul>`)
}
