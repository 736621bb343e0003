/** The small pictures of a recording: a track of cues (WebVTT), each of which names a part of a sheet. */

/** @typedef {{ begin: number, end: number, url: string, left: number, top: number, width: number, height: number }} Picture */

const TIMES = /^((?:\d+:)?\d+:\d+\.\d+) --> ((?:\d+:)?\d+:\d+\.\d+)/
const PART = /^(?<file>[^#]*)#xywh=(?:pixel:)?(?<left>\d+),(?<top>\d+),(?<width>\d+),(?<height>\d+)$/

/** @param {string} text @param {string} base  the track's own URL @returns {Picture[]} in order */
export function picturesOf(text, base) {
  return text
    .split(/\r?\n\r?\n/)
    .flatMap((block) => pictureOf(block.split(/\r?\n/), base))
    .toSorted((one, other) => one.begin - other.begin)
}

/**
 * The one that stands there; behind all of them the last, as the next ones are still to come.
 *
 * @param {Picture[]} pictures @param {number} at
 */
export function pictureAt(pictures, at) {
  const picture = pictures.findLast(({ begin }) => begin <= at)
  return picture && (at < picture.end || picture === pictures.at(-1)) ? picture : undefined
}

/** @param {string[]} lines @param {string} base @returns {Picture[]} none where it is no cue of a picture */
function pictureOf(lines, base) {
  const index = lines.findIndex((line) => TIMES.test(line))
  const times = TIMES.exec(lines[index] ?? "")
  const part = PART.exec(lines[index + 1] ?? "")?.groups
  if (!times || !part) return []
  const [left, top, width, height] = [part.left, part.top, part.width, part.height].map(Number)
  const [begin, end] = [secondsOf(times[1]), secondsOf(times[2])]
  const url = new URL(part.file ?? "", base).href
  return [{ begin, end, url, left: left ?? 0, top: top ?? 0, width: width ?? 0, height: height ?? 0 }]
}

/** @param {string | undefined} time  `01:02:03.400` */
const secondsOf = (time) => (time ?? "").split(":").reduce((seconds, part) => seconds * 60 + Number(part), 0)
