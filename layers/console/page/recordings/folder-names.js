/** Folders of the library, as people call them: a platform, a channel, a year, a month, a day. */

import { language } from "../shell/language.js"

/** @typedef {import("../api/api.js").Folder["folders"][number]} Below */

const DIGEST = /\.[0-9a-f]{8}$/
const CHANNEL_LEVEL = 2
const MONTH = /** @type {const} */ ({ month: "long" })
const DAY = /** @type {const} */ ({ weekday: "long", day: "numeric" })

/** What a folder is called. @param {string} path  `chzzk/데모.9cfd639f/2026/11` */
export function folderName(path) {
  const [, channel, year, month, day] = path.split("/")
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day ?? 1)))
  const last = day ?? month ?? year ?? channel ?? path
  if (!month || Number.isNaN(date.valueOf())) return last.replace(DIGEST, "")
  const shown = day ? DAY : MONTH
  return new Intl.DateTimeFormat(language(), { ...shown, timeZone: "UTC" }).format(date)
}

/** The folders that it lies in and itself, the outermost first. @param {string} path */
export const pathsTo = (path) => (path ? path.split("/").map((_, at, names) => names.slice(0, at + 1).join("/")) : [])

/** The folder that it lies in; undefined at the top. @param {string} path */
export const above = (path) => (path ? path.split("/").slice(0, -1).join("/") : undefined)

/** Channels by name as the API lists them, times the newest first. @param {string} path @param {Below[]} folders */
export const inOrder = (path, folders) => (pathsTo(path).length < CHANNEL_LEVEL ? folders : folders.toReversed())

/** What tells channels of one name apart. @param {Below} folder @param {Below[]} folders */
export function distinction({ path }, folders) {
  const isAlone = folders.filter((other) => folderName(other.path) === folderName(path)).length === 1
  return isAlone ? "" : (DIGEST.exec(path)?.[0].slice(1) ?? "")
}
