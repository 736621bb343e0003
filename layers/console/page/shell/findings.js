/** What is not well with the server, in words. */

import { moment, saying } from "../format/saying.js"
import { inLanguages } from "./language.js"

/** @typedef {import("../api/api.js").Finding} Finding */

const words = inLanguages({
  en: /** @type {Record<Finding["code"], (finding: Finding) => string>} */ ({
    unrecorded: ({ values }) => `${values.count} live and nothing stored yet. Their streamers say why.`,
    stalled: ({ values }) => `${values.count} live and nothing stored any more. Their streamers say why.`,
    left_alone: ({ values }) =>
      `${values.platform}: nothing is asked before ${moment(values.until)}, since ${values.why}`,
    tried_again: ({ values }) => `${values.platform}: only one request at a time is tried, since ${values.why}`,
    login_expired: ({ values }) =>
      `${values.platform}: the login has expired, as was noticed on ${moment(values.at)}. Renew it.`,
    login_unusable: ({ values }) =>
      `${values.platform}: the login cannot be used, and nothing that needs one is recorded. The log says why.`,
    no_tick: ({ values }) => `${values.platform}: nobody was looked at yet. That should happen every minute.`,
    tick_stands_still: ({ values }) => `${values.platform}: nobody is looked at since ${moment(values.at)}`,
    falls_behind: ({ values }) =>
      `${values.platform}: checking falls behind. ${values.due} are due, the oldest for ${values.minutes} minutes.`,
    checks_broken: ({ values }) =>
      `${values.platform}: ${values.count} of the last checks broke off by our own fault. The log says why.`,
  }),
  ko: {
    unrecorded: ({ values }) =>
      `방송 중인데 아직 저장된 것이 없는 녹화가 ${values.count}개 있습니다. 이유는 스트리머에 있습니다.`,
    stalled: ({ values }) =>
      `방송 중인데 더 이상 저장되지 않는 녹화가 ${values.count}개 있습니다. 이유는 스트리머에 있습니다.`,
    left_alone: ({ values }) => `${values.platform}: ${moment(values.until)}까지 요청하지 않습니다: ${values.why}`,
    tried_again: ({ values }) => `${values.platform}: 한 번에 한 요청만 보내 봅니다: ${values.why}`,
    login_expired: ({ values }) =>
      `${values.platform}: 로그인이 만료되었습니다(${moment(values.at)} 확인). 새 로그인 정보를 넣어 주세요.`,
    login_unusable: ({ values }) =>
      `${values.platform}: 로그인을 쓸 수 없어, 로그인이 필요한 방송은 녹화하지 못합니다. 이유는 로그에 있습니다.`,
    no_tick: ({ values }) => `${values.platform}: 아직 채널을 확인한 적이 없습니다. 1분마다 확인해야 합니다.`,
    tick_stands_still: ({ values }) => `${values.platform}: ${moment(values.at)}부터 채널을 확인하지 않고 있습니다`,
    falls_behind: ({ values }) =>
      `${values.platform}: 확인이 밀리고 있습니다. ${values.due}개가 기다리고, 가장 오래된 것은 ${values.minutes}분째입니다.`,
    checks_broken: ({ values }) =>
      `${values.platform}: 최근 확인 중 ${values.count}개가 내부 오류로 중단되었습니다. 이유는 로그에 있습니다.`,
  },
})

/** @param {Finding} finding */
export const findingText = (finding) => saying(words(), finding)
