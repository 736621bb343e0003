/** What a video element plays: by hls.js, which is fetched when it is needed, or by the browser itself. */

import { loadHls } from "../../media/hls.js"
import { troubleOf, troubleOfElement } from "./trouble.js"

/**
 * @typedef {{ end: () => void, liveEdge: () => number | undefined, starts: () => number[] }} Source
 *   in seconds: `liveEdge` is where to play along, `starts` those of the segments, none where nobody knows
 * @typedef {import("hls.js").default} Hls
 */

const NATIVE = "application/vnd.apple.mpegurl"
const SETTINGS = { liveSyncDurationCount: 2, backBufferLength: 60 }

/**
 * @param {HTMLVideoElement} video
 * @param {string} url  of a playlist
 * @param {number} startAt  seconds; -1 is the live edge
 * @param {(trouble: import("./trouble.js").Trouble) => void} onTrouble
 * @returns {Promise<Source>}
 */
export async function openSource(video, url, startAt, onTrouble) {
  const Hls = await loadHls()
  return Hls.isSupported()
    ? openWith(new Hls({ ...SETTINGS, startPosition: startAt }), Hls, video, url, onTrouble)
    : openNatively(video, url, startAt, onTrouble)
}

/**
 * @param {Hls} hls
 * @param {typeof import("hls.js").default} Hls
 * @param {HTMLVideoElement} video
 * @param {string} url
 * @param {(trouble: import("./trouble.js").Trouble) => void} onTrouble
 * @returns {Source}
 */
function openWith(hls, Hls, video, url, onTrouble) {
  let mayRecover = true
  hls.on(Hls.Events.ERROR, (_, error) => {
    if (!error.fatal) return
    const trouble = troubleOf(error)
    if (trouble === "damaged" && mayRecover) {
      mayRecover = false
      hls.recoverMediaError()
    } else onTrouble(trouble)
  })
  hls.loadSource(url)
  hls.attachMedia(video)
  return { end: () => hls.destroy(), liveEdge: () => hls.liveSyncPosition ?? undefined, starts: () => startsIn(hls) }
}

/**
 * @param {HTMLVideoElement} video
 * @param {string} url
 * @param {number} startAt
 * @param {(trouble: import("./trouble.js").Trouble) => void} onTrouble
 * @returns {Source}
 */
function openNatively(video, url, startAt, onTrouble) {
  if (!video.canPlayType(NATIVE)) onTrouble("codec")
  const onError = () => onTrouble(troubleOfElement(video.error))
  video.addEventListener("error", onError)
  video.src = url
  if (startAt >= 0) video.addEventListener("loadedmetadata", () => (video.currentTime = startAt), { once: true })
  const end = () => {
    video.removeEventListener("error", onError)
    video.removeAttribute("src")
    video.load()
  }
  return { end, liveEdge: () => undefined, starts: () => [] }
}

/** @param {Hls} hls */
const startsIn = (hls) => hls.latestLevelDetails?.fragments.map(({ start }) => start) ?? []
