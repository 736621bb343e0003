/** What keeps a stream from being recorded, or a recording from being exported, in words. */

import { inLanguages } from "../shell/language.js"
import { moment, saying } from "./saying.js"

/** @typedef {import("../api/api.js").Problem} Problem */

const words = inLanguages({
  en: /** @type {Record<Problem["code"], (problem: Problem) => string>} */ ({
    recording_stopped: () => "The recording of this broadcast was stopped. The next one will be recorded.",
    recording_closed: () => "The recording of this broadcast is closed. The next one will be recorded.",
    outside_hours: () => "Live, but outside its hours",
    title_unwanted: () => "Live, but the title does not match",
    title_left_out: () => "Live, but the title is one that is left out",
    category_unwanted: () => "Live, but the category does not match",
    category_left_out: () => "Live, but the category is one that is left out",
    only_told_of: ({ values }) => `Live, and only told of: ${values.title}`,
    broadcast_blocked: () => "The platform has blocked this broadcast",
    broadcast_hidden: () => "The platform hides this broadcast from us",
    adults_only: () => "For adults only: it takes a login with a verified age, and none is in use",
    age_unverified: ({ values }) =>
      `For adults only, and the login’s user is not known as an adult. Verify the age once on ${values.site}`,
    login_expired: ({ values }) =>
      `For adults only, and the login has expired. Renew it: it is kept in ${values.kept_in}`,
    members_only: () => "For members of the channel only",
    paid_only: () => "For those who paid for it only",
    authorized_only: () => "It plays with a special authorization only",
    korea_only: () => "It is shown in Korea only",
    not_on_air: () => "The channel is not on air",
    not_playable: ({ text }) => `It cannot be played just now: ${text}`,
    unknown_channel: () => "The platform does not know this channel",
    encrypted: () => "The stream is encrypted, and is not recorded",
    codec_not_recorded: ({ values }) =>
      `The stream’s codec is ${values.codec}. Recorded are H.264 and HEVC with AAC, MP3 or AC-3.`,
    container_not_recorded: ({ values }) =>
      `The stream comes as ${values.container}. Recorded are MPEG-TS and fragmented MP4.`,
    picture_not_recorded: () => "The sound comes with something unknown, maybe a picture that cannot be recorded",
    separate_sound: () => "The sound has a playlist of its own, which is not recorded",
    byte_ranges: () => "The stream lists byte ranges of one file, which is not recorded",
    counted_anew: ({ values }) =>
      `The source began to count anew ${values.times} times. What comes now is not recorded.`,
    platform_error: ({ text }) => `The platform gave no proper answer: ${text}`,
    platform_blocked: ({ text }) => `The platform sends us away: ${text}`,
    platform_closed: ({ values }) => `The platform is not asked before ${moment(values.until)}, since ${values.why}`,
    platform_unavailable: ({ text }) => `The platform is in trouble: ${text}`,
    source_error: ({ text }) => `The source is damaged or does not answer: ${text}`,
    source_unreadable: (problem) => `The source cannot be read${behind(problem)}`,
    segment_missing: ({ values }) => `Source segment ${values.sequence} did not come: ${values.why}`,
    store_full: ({ text }) => `There is no room for more: ${text}`,
    store_refuses: (problem) => `The store takes nothing${behind(problem)}`,
    launch_failed: ({ text }) => `No recorder could be started: ${text}`,
    recorder_failed: (problem) => `The recorder failed${behind(problem)}`,
    recorder_stopped: ({ text }) => `The recorder stopped: ${text}`,
    recorders_in_vain: (problem) =>
      `${problem.values.launches} recorders in a row stored nothing, tried again every 10 minutes${behind(problem)}`,
    nothing_stored: () => "The stream ended before anything of it was stored",
    segment_gone: () => "A part of it is gone. Ask for a new export of what is left.",
    segment_not_copied: ({ values }) => `Segment ${values.file} cannot be copied: ${values.why}`,
    playlist_gone: () => "The recording’s playlist is gone, and nothing can be exported",
    exporters_in_vain: (problem) =>
      `${problem.values.attempts} exporters in a row did not come to its end${behind(problem)}`,
    error: ({ text }) => text,
  }),
  ko: {
    recording_stopped: () => "이 방송의 녹화는 중지되었습니다. 다음 방송부터 녹화합니다.",
    recording_closed: () => "이 방송의 녹화는 이미 끝났습니다. 다음 방송부터 녹화합니다.",
    outside_hours: () => "방송 중이지만 녹화할 시간대가 아닙니다",
    title_unwanted: () => "방송 중이지만 제목이 필터와 맞지 않습니다",
    title_left_out: () => "방송 중이지만 제외한 제목입니다",
    category_unwanted: () => "방송 중이지만 카테고리가 필터와 맞지 않습니다",
    category_left_out: () => "방송 중이지만 제외한 카테고리입니다",
    only_told_of: ({ values }) => `방송 중이며 알림만 보냅니다: ${values.title}`,
    broadcast_blocked: () => "플랫폼이 이 방송을 차단했습니다",
    broadcast_hidden: () => "플랫폼이 이 방송을 보여 주지 않습니다",
    adults_only: () => "성인 전용 방송입니다. 성인 인증된 로그인이 필요한데, 설정된 로그인이 없습니다.",
    age_unverified: ({ values }) =>
      `성인 전용 방송인데, 로그인한 계정이 성인 인증되지 않았습니다. ${values.site} 에서 한 번 인증하세요.`,
    login_expired: ({ values }) =>
      `성인 전용 방송인데, 로그인이 만료되었습니다. 새 로그인 정보를 넣어 주세요. 보관된 곳: ${values.kept_in}`,
    members_only: () => "채널 멤버 전용 방송입니다",
    paid_only: () => "결제한 사람만 볼 수 있는 방송입니다",
    authorized_only: () => "특별한 권한이 있어야 볼 수 있는 방송입니다",
    korea_only: () => "한국에서만 볼 수 있는 방송입니다",
    not_on_air: () => "채널이 방송 중이 아닙니다",
    not_playable: ({ text }) => `지금은 재생할 수 없습니다: ${text}`,
    unknown_channel: () => "플랫폼에 이 채널이 없습니다",
    encrypted: () => "암호화된 방송은 녹화하지 않습니다",
    codec_not_recorded: ({ values }) =>
      `녹화하지 않는 코덱입니다: ${values.codec}. 영상은 H.264와 HEVC, 소리는 AAC, MP3, AC-3를 녹화합니다.`,
    container_not_recorded: ({ values }) =>
      `녹화하지 않는 형식입니다: ${values.container}. MPEG-TS와 fragmented MP4를 녹화합니다.`,
    picture_not_recorded: () => "소리와 함께 알 수 없는 것이 옵니다. 녹화할 수 없는 영상일 수 있습니다.",
    separate_sound: () => "소리가 별도의 재생 목록으로 오는 방송은 녹화하지 않습니다",
    byte_ranges: () => "한 파일의 바이트 범위로 오는 방송은 녹화하지 않습니다",
    counted_anew: ({ values }) =>
      `원본의 세그먼트 번호가 ${values.times}번 새로 시작되었습니다. 이제부터 오는 것은 녹화하지 않습니다.`,
    platform_error: ({ text }) => `플랫폼에서 제대로 된 응답을 받지 못했습니다: ${text}`,
    platform_blocked: ({ text }) => `플랫폼이 요청을 막고 있습니다: ${text}`,
    platform_closed: ({ values }) => `${moment(values.until)}까지 플랫폼에 요청하지 않습니다: ${values.why}`,
    platform_unavailable: ({ text }) => `플랫폼에 장애가 있습니다: ${text}`,
    source_error: ({ text }) => `원본 스트림이 손상되었거나 응답하지 않습니다: ${text}`,
    source_unreadable: (problem) => `원본 스트림을 읽을 수 없습니다${behind(problem)}`,
    segment_missing: ({ values }) => `원본 세그먼트 ${values.sequence}번이 오지 않았습니다: ${values.why}`,
    store_full: ({ text }) => `저장 공간이 부족합니다: ${text}`,
    store_refuses: (problem) => `저장소에 저장할 수 없습니다${behind(problem)}`,
    launch_failed: ({ text }) => `녹화기를 시작하지 못했습니다: ${text}`,
    recorder_failed: (problem) => `녹화기에서 오류가 났습니다${behind(problem)}`,
    recorder_stopped: ({ text }) => `녹화기가 멈췄습니다: ${text}`,
    recorders_in_vain: (problem) =>
      `녹화기가 ${problem.values.launches}번 연속 아무것도 저장하지 못해 10분마다 다시 시도합니다${behind(problem)}`,
    nothing_stored: () => "아무것도 저장되기 전에 방송이 끝났습니다",
    segment_gone: () => "일부가 이미 없어졌습니다. 남은 것으로 다시 내보내세요.",
    segment_not_copied: ({ values }) => `세그먼트를 복사할 수 없습니다(${values.file}): ${values.why}`,
    playlist_gone: () => "녹화의 재생 목록이 없어져 내보낼 수 없습니다",
    exporters_in_vain: (problem) =>
      `내보내기가 ${problem.values.attempts}번 연속 끝나지 못했습니다${behind(problem)}`,
    error: ({ text }) => text,
  },
})

/** @param {Problem} problem @returns {string} */
export const problemText = (problem) => saying(words(), problem)

/** @param {Problem} problem */
const behind = ({ cause }) => (cause ? `: ${problemText(cause)}` : "")
