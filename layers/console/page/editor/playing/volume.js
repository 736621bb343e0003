/** How loud it was the last time. */

const KEPT_AS = "mntreamer.volume"
const LOUD = { volume: 1, muted: false }

/** @typedef {{ volume: number, muted: boolean }} Volume */

/** @returns {Volume} */
export function keptVolume() {
  const [volume, muted] = (localStorage.getItem(KEPT_AS) ?? "").split(" ")
  const kept = Number(volume || LOUD.volume)
  return kept >= 0 && kept <= 1 ? { volume: kept, muted: muted === "muted" } : LOUD
}

/** @param {Volume} volume */
export const keepVolume = ({ volume, muted }) =>
  localStorage.setItem(KEPT_AS, `${volume} ${muted ? "muted" : "heard"}`)
