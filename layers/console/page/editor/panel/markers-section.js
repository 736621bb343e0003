import { repeat } from "../../packages/lit-html/directives/repeat.js"
import { html } from "../../packages/lit-html/lit-html.js"
import { placeLink, rowButton, section } from "./section.js"
import { words } from "./words.js"

/** Moments that somebody marked. @param {import("../editor.js").Editor} editor */
export function markersSection(editor) {
  const markers = editor.recording?.markers ?? []
  const rows = repeat(
    markers,
    ({ marker_id }) => marker_id,
    (marker) => html`
      <li>
        ${marker.source === null ? html`<span>${marker.label}</span>` : placeLink(editor, marker.source, marker.label)}
        ${rowButton("remove", words().removeWhat(marker.label), () => void editor.acts.unmark(marker))}
      </li>
    `,
  )
  const content = markers.length
    ? html`<ul class="rows">${rows}</ul>`
    : html`<p class="hint">${words().noMarkers}</p>`
  return section(words().markers, markers.length, content)
}
