/** A playlist in a video element: by hls.js where scripts may feed it, else by the browser itself, as on an iPhone. */

import { loadHls } from "../media/hls.js"

/** @typedef {"playing" | "waiting" | "gone" | "unplayable"} Standing */
/** @typedef {(standing: Standing) => void} Tell */

const AGAIN_MS = 5000
const REFUSED = [401, 404, 410]

/** @param {HTMLVideoElement} video @param {string} playlist @param {Tell} tell */
export async function play(video, playlist, tell) {
  if ("MediaSource" in window) await playByScript(video, playlist, tell)
  else playNatively(video, playlist, tell)
}

/** @param {HTMLVideoElement} video @param {string} playlist @param {Tell} tell */
async function playByScript(video, playlist, tell) {
  const Hls = await loadHls()
  const hls = new Hls()
  let hasBegun = false
  let hasRecovered = false
  hls.on(Hls.Events.LEVEL_LOADED, () => {
    hasBegun = true
    tell("playing")
  })
  hls.on(Hls.Events.ERROR, (_, { fatal, type, response }) => {
    if (!fatal) return
    if (type === Hls.ErrorTypes.MEDIA_ERROR) {
      if (hasRecovered) tell("unplayable")
      else hls.recoverMediaError()
      hasRecovered = true
    } else if (hasBegun && REFUSED.includes(response?.code ?? 0)) tell("gone")
    else {
      tell("waiting")
      setTimeout(() => hls.loadSource(playlist), AGAIN_MS)
    }
  })
  hls.loadSource(playlist)
  hls.attachMedia(video)
}

/** @param {HTMLVideoElement} video @param {string} playlist @param {Tell} tell */
function playNatively(video, playlist, tell) {
  video.addEventListener("loadedmetadata", () => tell("playing"))
  video.addEventListener("error", async () => {
    const { status } = await fetch(playlist).catch(() => ({ status: 0 }))
    if (status === 200) return tell("unplayable")
    tell("waiting")
    setTimeout(() => video.load(), AGAIN_MS)
  })
  video.src = playlist
}
