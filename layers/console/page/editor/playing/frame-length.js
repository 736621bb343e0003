/** How long a picture stands, as it is seen while it plays. */

const USUAL_S = 1 / 30
const SHORTEST_S = 1 / 125
const LONGEST_S = 1 / 10

export class FrameLength {
  seconds = USUAL_S
  #last = 0

  /** @param {HTMLVideoElement} video */
  watch(video) {
    if (!("requestVideoFrameCallback" in video)) return
    video.requestVideoFrameCallback((_, { mediaTime }) => {
      this.#saw(mediaTime)
      if (video.isConnected) this.watch(video)
    })
  }

  /** Pictures that were left out make it longer, nothing makes it shorter. @param {number} mediaTime */
  #saw(mediaTime) {
    const passed = mediaTime - this.#last
    this.#last = mediaTime
    if (passed > SHORTEST_S && passed < LONGEST_S) this.seconds = Math.min(this.seconds, passed)
  }
}
