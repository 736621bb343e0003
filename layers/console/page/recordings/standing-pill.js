/** How a recording stands, in a word. */

import { html } from "../packages/lit-html/lit-html.js"
import { inLanguages } from "../shell/language.js"
import { standingOf } from "./standing.js"

/** @typedef {import("./standing.js").Standing} Standing */

const COLOURS = {
  starting: "accent",
  live: "live",
  waiting: "accent",
  stopping: "accent",
  idle: "accent",
  done: "good",
  failed: "warn",
  deleted: "",
  gone: "",
}

const words = inLanguages({
  en: /** @type {Record<Standing, string>} */ ({
    starting: "Recorder is starting",
    live: "Live",
    waiting: "Stream has ended, closing soon",
    stopping: "Stopping",
    idle: "To refine",
    done: "Confirmed",
    failed: "Failed",
    deleted: "Deleted",
    gone: "Deleted for good",
  }),
  ko: {
    starting: "녹화 시작 중",
    live: "녹화 중",
    waiting: "방송 종료, 곧 마무리",
    stopping: "중지하는 중",
    idle: "편집 대기",
    done: "확정",
    failed: "실패",
    deleted: "삭제됨",
    gone: "완전히 삭제됨",
  },
})

/** @param {import("../api/api.js").Recording} recording */
export function standingPill(recording) {
  const standing = standingOf(recording)
  return html`<span class="pill ${COLOURS[standing]}">${words()[standing]}</span>`
}
