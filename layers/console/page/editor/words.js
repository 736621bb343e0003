import { clock } from "../format/times.js"
import { inLanguages } from "../shell/language.js"
import { commandWords } from "./acting/command-words.js"

/**
 * @typedef {import("./playing/trouble.js").Trouble} Trouble
 * @typedef {import("./acting/history.js").Call} Call
 */

/** `12:03–12:40, 37 s`. @param {{ begin: number, end: number }} range */
export const rangeText = (range) => `${endsText(range)}, ${lengthText(range.end - range.begin)}`

/** `12:03–12:40`. @param {{ begin: number, end: number }} range */
export const endsText = ({ begin, end }) => `${clock(begin)}–${clock(end)}`

/** `37 s`; as a clock where it is a minute or more. @param {number} seconds */
export const lengthText = (seconds) => (seconds < 60 ? said().seconds(Math.round(seconds * 10) / 10) : clock(seconds))

export const words = () => ({ ...said(), ...commandWords() })

const said = inLanguages({
  en: {
    title: "Recording",
    untitled: "Untitled",
    loading: "Loading …",
    seconds: (/** @type {number} */ seconds) => `${seconds} s`,
    withKey: (/** @type {string} */ what, /** @type {string} */ key) => `${what} (${key})`,
    back: "Back to the recordings",
    more: "More",
    share: "Share",
    export: "Export",
    player: "Player",
    play: "Play",
    pause: "Pause",
    space: "Space",
    live: "Live",
    goLive: "To what is live now",
    mute: "Mute",
    unmute: "Unmute",
    volume: "Volume",
    speed: "Speed",
    inset: "Picture in picture",
    wide: "Full screen",
    willBePlayed: (/** @type {string} */ length) => `${length} without what is cut out`,
    waiting: "Waiting for the next segment",
    silent: "Nothing has come for three minutes. Perhaps the stream is over.",
    cutOut: "Cut out",
    purged: "Cut out and deleted for good",
    bringBack: "click to bring it back",
    trouble: /** @type {Record<Trouble, string>} */ ({
      codec: "This browser cannot play this recording's video, which is perhaps HEVC. VLC can: open this link in it.",
      unreachable: "The recording does not load. Check the connection.",
      refused: "The link to this recording has expired, or it is gone.",
      damaged: "The player stopped at something that it cannot read.",
    }),
    playlist: "Link to the playlist",
    tryAgain: "Try again",
    nothingYet: (/** @type {boolean} */ isSoon) =>
      `Nothing is recorded yet.${isSoon ? " The first picture comes in a few seconds." : ""}`,
    nothingKept: "Nothing of this recording could be kept.",
    isPurged: "This recording was deleted, and what was recorded is gone for good.",
    isDeleted: (/** @type {string | undefined} */ when) =>
      when
        ? `This recording was deleted. It can be brought back until ${when}.`
        : "This recording was deleted. It can still be brought back.",
    timeline: "Timeline",
    place: "Place in the recording",
    ends: { begin: "Begin of the selection", end: "End of the selection" },
    gapAt: (/** @type {string} */ at, /** @type {number} */ seconds) =>
      `${Math.round(seconds * 10) / 10} s are missing at ${at}`,
    crowd: (/** @type {number} */ count, /** @type {string} */ ends) =>
      `${count} markers, cuts and gaps, ${ends}: look closer`,
    tools: "Tools",
    tool: { begin: "Begin", end: "End", marker: "Marker" },
    cutsThen: (/** @type {string} */ ends) => `cuts ${ends}`,
    cutsNothing: "too short to cut",
    howToSelect: "Mark a piece with Begin and End, then cut it out or clip it",
    nowTheEnd: (/** @type {string} */ begin) => `From ${begin}. Where does it end?`,
    nowTheBegin: (/** @type {string} */ end) => `Until ${end}. Where does it begin?`,
    selectFirst: "Select something first: Q where it begins, E where it ends.",
    clip: "Clip",
    zoomIn: "Closer",
    zoomOut: "Farther",
    showAll: "Show all",
    cancel: "Cancel",
    close: "Close",
    makeClip: "Make a clip",
    clipTitle: "Title",
    shiftDrag: "Shift + drag",
    selects: "Select on the timeline",
    controlWheel: "Ctrl + wheel",
    zooms: "See the timeline closer or farther",
  },
  ko: {
    title: "녹화",
    untitled: "제목 없음",
    loading: "불러오는 중…",
    seconds: (seconds) => `${seconds}초`,
    withKey: (what, key) => `${what} (${key})`,
    back: "녹화 목록으로",
    more: "더 보기",
    share: "공유",
    export: "내보내기",
    player: "플레이어",
    play: "재생",
    pause: "일시 정지",
    space: "스페이스",
    live: "라이브",
    goLive: "라이브 시점으로",
    mute: "음소거",
    unmute: "음소거 해제",
    volume: "음량",
    speed: "재생 속도",
    inset: "PIP 모드",
    wide: "전체 화면",
    willBePlayed: (length) => `잘라낸 부분을 빼면 ${length}`,
    waiting: "다음 세그먼트를 기다리는 중",
    silent: "3분째 새로 들어온 영상이 없습니다. 방송이 끝났을 수도 있습니다.",
    cutOut: "잘라낸 부분",
    purged: "잘라내어 완전히 삭제한 부분",
    bringBack: "누르면 되살립니다",
    trouble: {
      codec:
        "이 브라우저는 이 녹화의 영상(HEVC일 수 있음)을 재생하지 못합니다. VLC에서 아래 링크를 열면 볼 수 있습니다.",
      unreachable: "녹화를 불러오지 못했습니다. 연결을 확인하세요.",
      refused: "이 녹화의 링크가 만료되었거나 녹화가 없어졌습니다.",
      damaged: "읽을 수 없는 부분이 있어 재생이 멈췄습니다.",
    },
    playlist: "재생목록 링크",
    tryAgain: "다시 시도",
    nothingYet: (isSoon) => `아직 녹화된 영상이 없습니다.${isSoon ? " 몇 초 뒤에 첫 화면이 나옵니다." : ""}`,
    nothingKept: "이 녹화는 남은 영상이 없습니다.",
    isPurged: "삭제된 녹화입니다. 영상도 완전히 삭제되었습니다.",
    isDeleted: (when) =>
      when ? `삭제된 녹화입니다. ${when}까지 복원할 수 있습니다.` : "삭제된 녹화입니다. 아직 복원할 수 있습니다.",
    timeline: "타임라인",
    place: "재생 위치",
    ends: { begin: "선택 시작", end: "선택 끝" },
    gapAt: (at, seconds) => `${at}에서 ${Math.round(seconds * 10) / 10}초가 빠져 있습니다`,
    crowd: (count, ends) => `${ends}의 마커·잘라낸 부분·빠진 곳 ${count}개 확대`,
    tools: "도구",
    tool: { begin: "시작", end: "끝", marker: "마커" },
    cutsThen: (ends) => `${ends} 잘림`,
    cutsNothing: "너무 짧아 자를 수 없음",
    howToSelect: "‘시작’과 ‘끝’으로 구간을 고른 뒤 잘라내거나 클립으로 만드세요",
    nowTheEnd: (begin) => `${begin}부터. 어디까지인가요?`,
    nowTheBegin: (end) => `${end}까지. 어디부터인가요?`,
    selectFirst: "먼저 구간을 선택하세요. 시작은 Q, 끝은 E입니다.",
    clip: "클립",
    zoomIn: "확대",
    zoomOut: "축소",
    showAll: "전체 보기",
    cancel: "취소",
    close: "닫기",
    makeClip: "클립 만들기",
    clipTitle: "제목",
    shiftDrag: "Shift + 끌기",
    selects: "타임라인에서 구간 선택",
    controlWheel: "Ctrl + 휠",
    zooms: "타임라인 확대·축소",
  },
})
