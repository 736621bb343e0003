/** Why nothing is played, in one word. */

/** @typedef {"codec" | "unreachable" | "refused" | "damaged"} Trouble */

const CODEC = new Set(["manifestIncompatibleCodecsError", "bufferAddCodecError", "bufferIncompatibleCodecsError"])
const REFUSED = new Set([401, 403, 404, 410])
const NOT_SUPPORTED = 4
const NETWORK = 2

/**
 * @param {{ type?: string, details?: string, response?: { code?: number } }} error  as hls.js tells it
 * @returns {Trouble}
 */
export function troubleOf({ type, details, response }) {
  if (details && CODEC.has(details)) return "codec"
  if (type !== "networkError") return "damaged"
  return REFUSED.has(response?.code ?? 0) ? "refused" : "unreachable"
}

/** @param {{ code: number } | null} error  of a media element (HTML, 4.8.11.1) @returns {Trouble} */
export function troubleOfElement(error) {
  if (error?.code === NOT_SUPPORTED) return "codec"
  return error?.code === NETWORK ? "unreachable" : "damaged"
}
