/** What a key would do by itself where the focus is. */

const TYPED_INTO = "input:not([type=range], [type=checkbox], [type=radio]), textarea, select, [contenteditable]"
const MOVED_BY_ARROWS = "input[type=range], .handle"
const PRESSED = "button, a, summary, input[type=checkbox]"

/** @param {Element | null} focused @returns {import("./keys.js").Context} */
export const contextOf = (focused) => ({
  isTyping: Boolean(focused?.matches(TYPED_INTO)),
  isAsked: Boolean(document.querySelector("dialog[open]")),
  usesArrows: Boolean(focused?.matches(MOVED_BY_ARROWS)),
  // Of what was clicked by a mouse nobody expects that the space bar presses it again.
  usesSpace: Boolean(focused?.matches(PRESSED) && focused.matches(":focus-visible")),
})
