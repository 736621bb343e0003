/** The server's API, on the same origin; the session's cookie goes along. */

/**
 * @typedef {import("./schema.d.ts").components["schemas"]} Schemas
 * @typedef {Schemas["Streamer"]} Streamer
 * @typedef {Schemas["StreamerChanges"]} StreamerChanges
 * @typedef {Schemas["Platform"]} Platform
 * @typedef {Schemas["Recording"]} Recording
 * @typedef {Schemas["RecordingInFull"]} RecordingInFull
 * @typedef {Schemas["Folder"]} Folder
 * @typedef {Schemas["Cut"]} Cut
 * @typedef {Schemas["Marker"]} Marker
 * @typedef {Schemas["Clip"]} Clip
 * @typedef {Schemas["Chapter"]} Chapter
 * @typedef {Schemas["Share"]} Share
 * @typedef {Schemas["Export"]} Export
 * @typedef {Schemas["Health"]} Health
 * @typedef {Schemas["Finding"]} Finding
 * @typedef {Schemas["CheckReason"]} CheckReason
 * @typedef {Schemas["Problem"]} Problem
 * @typedef {Schemas["Session"]} Session
 * @typedef {{ channel_id: string, channel_name: string }} Candidate
 */

const BASE = "/api/v1"
const NO_ANSWER = "unreachable"

/** What the API refused, or that it could not be asked (`code` is "unreachable"). */
export class Refusal extends Error {
  /**
   * @param {string} code  for programs, as docs/api.md has it
   * @param {string} message  for people
   * @param {Candidate[]} [candidates]  the channels that may be meant
   */
  constructor(code, message, candidates = []) {
    super(message)
    this.code = code
    this.candidates = candidates
  }

  get isUnreachable() {
    return this.code === NO_ANSWER
  }
}

export class Api {
  /** Called when the session is over. */
  onLockedOut = () => {}

  /** @template Answer @param {string} path @param {Record<string, string | undefined>} [asked] @returns {Promise<Answer>} */
  get(path, asked = {}) {
    return this.#ask("GET", withQuery(path, asked))
  }

  /** @template Answer @param {string} path @param {object} [body] @returns {Promise<Answer>} */
  post(path, body) {
    return this.#ask("POST", path, body)
  }

  /** @template Answer @param {string} path @param {object} body @returns {Promise<Answer>} */
  patch(path, body) {
    return this.#ask("PATCH", path, body)
  }

  /** @template Answer @param {string} path @returns {Promise<Answer>} */
  delete(path) {
    return this.#ask("DELETE", path)
  }

  /** @param {string} method @param {string} path @param {object} [body] */
  async #ask(method, path, body) {
    const sent = body && { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } }
    const answer = await fetch(BASE + path, { method, ...sent }).catch((error) => {
      throw new Refusal(NO_ANSWER, String(error))
    })
    if (!answer.ok) throw await this.#refusal(answer, path)
    return answer.status === 204 ? undefined : answer.json()
  }

  /** @param {Response} answer @param {string} path */
  async #refusal(answer, path) {
    if (answer.status === 401 && path !== "/session") this.onLockedOut()
    const body = await answer.json().catch(() => ({}))
    const { code, message, candidates } = body.error ?? { code: "error", message: `HTTP ${answer.status}` }
    return new Refusal(code, message, candidates)
  }
}

/** @param {string} path @param {Record<string, string | undefined>} asked  what is empty is left out */
export function withQuery(path, asked) {
  const named = Object.entries(asked).filter((entry) => entry[1])
  const query = new URLSearchParams(/** @type {[string, string][]} */ (named)).toString()
  return query ? `${path}?${query}` : path
}

/** @param {string} streamerId  `platform:channel_id` */
export const streamerPath = (streamerId) => `/streamers/${streamerId.split(":").map(encodeURIComponent).join("/")}`

/** @param {string} recordingId */
export const recordingPath = (recordingId) => `/recordings/${encodeURIComponent(recordingId)}`
