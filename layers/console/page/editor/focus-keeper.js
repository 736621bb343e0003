/** Who had the focus and is gone with a redraw leaves it to the timeline: it is never lost. */

/** Called before a drawing. @param {() => HTMLElement | undefined} heir */
export function keepFocus(heir) {
  const before = document.activeElement
  if (!before || before === document.body) return
  queueMicrotask(() => {
    if (!before.isConnected && document.activeElement === document.body) heir()?.focus({ preventScroll: true })
  })
}
