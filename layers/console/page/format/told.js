/** A sentence of the server in the page, which tells a screen reader where it is not in the page's language. */

import { html } from "../packages/lit-html/lit-html.js"

/** @template {{ text: string }} Reason @param {(reason: Reason) => string} textOf @param {Reason} reason */
export function told(textOf, reason) {
  const text = textOf(reason)
  return text === reason.text ? html`<span lang="en">${text}</span>` : html`${text}`
}
