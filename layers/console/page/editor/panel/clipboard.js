/** Puts a text where it can be pasted from. */

/** @param {string} text @returns {Promise<boolean>} whether the browser let us */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return copyBySelecting(text) // without https there is no clipboard
  }
}

/** @param {string} text */
function copyBySelecting(text) {
  const field = document.createElement("textarea")
  field.value = text
  document.body.append(field)
  field.select()
  const isCopied = document.execCommand("copy")
  field.remove()
  return isCopied
}
