/** The keys of a player, wherever the focus is: those of the video's own controls work only while it has it. */

const STEP_S = 10

/** @type {Record<string, (video: HTMLVideoElement) => void>} */
const DOES = {
  " ": (video) => void (video.paused ? video.play() : video.pause()),
  ArrowLeft: (video) => {
    video.currentTime = Math.max(0, video.currentTime - STEP_S)
  },
  ArrowRight: (video) => {
    video.currentTime += STEP_S
  },
  m: (video) => {
    video.muted = !video.muted
  },
  f: (video) => void (document.fullscreenElement ? document.exitFullscreen() : video.requestFullscreen()),
}

/** @param {HTMLVideoElement} video */
export function steerByKeys(video) {
  addEventListener("keydown", (event) => {
    const isForControl = event.target instanceof HTMLElement && event.target.matches("button, a, video")
    const does = DOES[event.key]
    if (!does || isForControl || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    does(video)
  })
}
