/** Why a streamer is looked at next when it is, in words. */

import { saying } from "../format/saying.js"
import { inLanguages } from "../shell/language.js"

/** @typedef {import("../api/api.js").CheckReason} CheckReason */

const words = inLanguages({
  en: /** @type {Record<CheckReason["code"], (reason: CheckReason) => string>} */ ({
    being_recorded: () => "It is being recorded",
    last_look_failed: () => "The last check failed, and is repeated",
    live_unrecorded: () => "It is live, and checked again for whether it can be recorded now",
    stepped: ({ values }) =>
      values.misses === 1
        ? "By the table, as it was offline at the last check"
        : `By the table, as it was offline at the last ${values.misses} checks`,
    starts_too_few: ({ values }) =>
      `By the table, until ${values.needed} starts are known. So far there are ${values.known}.`,
    usual_starts: () => "By its usual times",
    no_usual_start: () => "It starts at no usual time",
  }),
  ko: {
    being_recorded: () => "녹화 중입니다",
    last_look_failed: () => "지난번 확인에 실패해 다시 확인합니다",
    live_unrecorded: () => "방송 중이며, 이제 녹화할 수 있는지 다시 확인합니다",
    stepped: ({ values }) => `연속 ${values.misses}회 방송이 없어, 정해진 간격으로 확인합니다`,
    starts_too_few: ({ values }) =>
      `방송 시작이 ${values.needed}번 확인될 때까지 정해진 간격으로 확인합니다. 지금까지 ${values.known}번입니다.`,
    usual_starts: () => "보통 방송하는 때에 맞춰 확인합니다",
    no_usual_start: () => "보통 방송하는 때가 따로 없습니다",
  },
})

/** @param {CheckReason} reason */
export const checkReasonText = (reason) => saying(words(), reason)
