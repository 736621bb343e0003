/** What is said to a person when something was refused. */

import { Refusal } from "../api/api.js"
import { inLanguages } from "./language.js"

/** By the API's codes; what is not here is said as the server said it. */
const said = inLanguages({
  en: /** @type {Record<string, string>} */ ({
    unreachable: "The server does not answer. This page tries again by itself.",
  }),
  ko: {
    unreachable: "서버가 응답하지 않습니다. 자동으로 다시 시도합니다.",
    access_denied: "토큰이 맞지 않습니다.",
    too_many_guesses: "틀린 토큰이 너무 많이 입력되었습니다. 잠시 후 다시 시도하세요.",
    not_found: "찾을 수 없습니다.",
    gone: "더 이상 존재하지 않습니다.",
    channel_ambiguous: "같은 이름의 채널이 여러 개 있습니다. 아래에서 고르세요.",
    platform_unavailable: "플랫폼이 응답하지 않습니다. 잠시 후 다시 시도하세요.",
    platform_blocked: "플랫폼이 요청을 막고 있어 잠시 쉬는 중입니다.",
    platform_error: "플랫폼에서 제대로 된 응답을 받지 못했습니다. 잠시 후 다시 시도하세요.",
    unprocessable: "그렇게는 할 수 없습니다. 선택한 구간에서 시작하는 세그먼트가 없거나 값이 범위를 벗어났습니다.",
    wrong_state: "지금 상태에서는 할 수 없는 작업입니다.",
    launch_failed: "작업을 시작하지 못했습니다.",
    store_full: "저장 공간이 가득 찼습니다.",
  },
})

/** @param {unknown} error  Raised by the API; anything else is a fault of ours, and thrown on. */
export function refusalText(error) {
  if (!(error instanceof Refusal)) throw error
  return said()[error.code] ?? error.message
}
