// Plays a playlist with hls.js, as any page would, and keeps in `seen` what came of it.
const SAMPLE_EVERY_MS = 20
const BITS = 16
const BIT_PX = 8

const video = document.querySelector("video")
const bits = new OffscreenCanvas(BITS * BIT_PX, BIT_PX).getContext("2d", { willReadFrequently: true })
let hls
const seen = { pictures: [], stalled_s: 0, jumped_s: 0, fatal: null, ended: false, duration_s: null }

function play(url, config) {
  hls = new Hls(config)
  hls.on(Hls.Events.ERROR, (_, data) => {
    if (data.fatal) seen.fatal ??= data.details
  })
  video.addEventListener("ended", () => {
    seen.ended = true
  })
  video.addEventListener("durationchange", () => {
    seen.duration_s = video.duration
  })
  video.addEventListener("playing", watch_the_clock, { once: true })
  video.requestVideoFrameCallback(look)
  hls.loadSource(url)
  hls.attachMedia(video)
  video.play()
}

// The picture says which one it is: 16 bits in a row, from its middle down.
function look(_, { mediaTime }) {
  bits.drawImage(video, 0, video.videoHeight / 2, BITS * BIT_PX, BIT_PX, 0, 0, BITS * BIT_PX, BIT_PX)
  const { data } = bits.getImageData(0, BIT_PX / 2, BITS * BIT_PX, 1)
  let number = 0
  for (let bit = 0; bit < BITS; bit++) number = number * 2 + (data[4 * (bit * BIT_PX + BIT_PX / 2)] > 100)
  seen.pictures.push({ number, at_s: mediaTime })
  video.requestVideoFrameCallback(look)
}

// What EXT-X-DATERANGE says, in the order of time.
function chapters() {
  return Object.values(hls.latestLevelDetails.dateRanges)
    .map(({ attr, startTime }) => ({ title: attr["X-MNTREAMER-TITLE"], at_s: startTime }))
    .sort((one, other) => one.at_s - other.at_s)
}

const ENOUGH_S = 0.1

// The player has nothing to show here, and more is to come.
function lacks() {
  const { buffered, currentTime: at_s } = video
  const needs_s = at_s + ENOUGH_S
  for (let run = 0; run < buffered.length; run++)
    if (buffered.start(run) <= at_s && needs_s <= buffered.end(run)) return false
  return needs_s < video.duration || hls.latestLevelDetails.live
}

// A stall is time in which the player's clock stands still where nothing is to be shown, a jump is by how much it runs
// ahead of the time that passes. A machine that is busy shows late what the player has, and looks late: it sees neither.
function watch_the_clock() {
  let [clock_s, since_ms] = [video.currentTime, performance.now()]
  setInterval(() => {
    const passed_s = (performance.now() - since_ms) / 1000
    const moved_s = video.currentTime - clock_s
    if (!video.seeking) {
      if (moved_s === 0 && lacks()) seen.stalled_s = Math.max(seen.stalled_s, passed_s)
      seen.jumped_s = Math.max(seen.jumped_s, moved_s - passed_s)
    }
    if (moved_s !== 0 || video.seeking) [clock_s, since_ms] = [video.currentTime, performance.now()]
  }, SAMPLE_EVERY_MS)
}
