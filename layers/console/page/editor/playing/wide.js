/** All of the screen is the player's; what is said of keys that one presses is still seen. */

/** On an iPhone only a video itself fills the screen. @param {HTMLVideoElement | undefined} video */
export function toggleWide(video) {
  if (document.fullscreenElement) return document.exitFullscreen()
  const page = document.documentElement
  return page.requestFullscreen
    ? page.requestFullscreen()
    : video && Reflect.get(video, "webkitEnterFullscreen")?.call(video)
}
