/** Who had the focus and is gone with a redraw leaves it to the page's content, unless the page names a nearer heir. */

/** Called before a drawing. */
export function keepFocus() {
  const before = document.activeElement
  if (!before || before === document.body) return
  // A page asks for its own heir in a microtask of the drawing, which is before this one.
  queueMicrotask(() => queueMicrotask(() => takeOver(before)))
}

/** @param {Element} before */
function takeOver(before) {
  if (!before.isConnected && document.activeElement === document.body)
    document.getElementById("content")?.focus({ preventScroll: true })
}
