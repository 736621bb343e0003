/** What a person typed to name a channel. */

const ID = /^[0-9a-f]{32}$/i
const URL_LIKE = /^(https?:\/\/|[\w-]+(\.[\w-]+)+\/)/i

/**
 * @param {string} typed
 * @returns {{ url: string } | { channel_id: string } | { nickname: string }} as `POST /streamers` takes it
 */
export function referenceOf(typed) {
  const text = typed.trim()
  if (URL_LIKE.test(text)) return { url: /^https?:/i.test(text) ? text : `https://${text}` }
  return ID.test(text) ? { channel_id: text.toLowerCase() } : { nickname: text }
}
