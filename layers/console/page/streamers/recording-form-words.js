import { inLanguages } from "../shell/language.js"

/** @typedef {import("./filter-draft.js").TextsName} TextsName */

export const words = inLanguages({
  en: {
    titleOf: (/** @type {string} */ name) => `What to record of ${name}`,
    which: "Which broadcasts?",
    all: "All",
    some: "Only some",
    conditionsHint:
      "Fill in what matters and leave the rest empty. A broadcast has to meet all that you fill in; of several lines in one box, one is enough.",
    texts: /** @type {Record<TextsName, { label: string, example: string }>} */ ({
      titles: { label: "Title contains", example: "karaoke" },
      not_titles: { label: "Title does not contain", example: "rerun" },
      categories: { label: "Category is", example: "talk" },
      not_categories: { label: "Category is not", example: "ASMR" },
    }),
    hours: "At these times of the week",
    addHours: "Add times",
    oneOfHours: "Days and times",
    from: "From",
    to: "To",
    removeHours: "Remove these times",
    hoursHint: "In the time zone of the platform (CHZZK: Korea). 22:00 to 02:00 ends on the day after.",
    what: "What to do with them?",
    record: "Record",
    tell: "Only notify, record nothing",
    tellHint: "Notifications go to the webhooks of the server.",
    more: "More",
    recorders: {
      label: "Recorders at once, from the next recording on",
      choices: ["As the server is set", "One", "Two: where one fails, the other goes on"],
    },
    schedule: {
      label: "When to check whether it is live",
      choices: ["As the server is set", "Most often at its usual times", "In fixed steps, ever more seldom"],
    },
    recordingHint: "It is being recorded now. Where this leaves it out, that recording ends after five minutes.",
    doubts: {
      nothing: "Fill in at least one box, or choose “All”.",
      many: "A box takes 20 lines at the most, and a line 200 letters.",
      days: "Choose at least one day, or remove these times.",
    },
    cancel: "Cancel",
    save: "Save",
  },
  ko: {
    titleOf: (name) => `녹화 설정: ${name}`,
    which: "어떤 방송을 대상으로 할까요?",
    all: "모든 방송",
    some: "조건에 맞는 방송만",
    conditionsHint:
      "필요한 칸만 채우세요. 채운 칸의 조건을 모두 만족해야 합니다. 한 칸에 여러 줄을 쓰면 그중 하나만 맞아도 됩니다.",
    texts: {
      titles: { label: "제목에 들어갈 말", example: "노래방" },
      not_titles: { label: "제목에 없어야 할 말", example: "다시보기" },
      categories: { label: "카테고리", example: "talk" },
      not_categories: { label: "제외할 카테고리", example: "ASMR" },
    },
    hours: "이 시간대에만",
    addHours: "시간대 추가",
    oneOfHours: "요일과 시각",
    from: "시작",
    to: "끝",
    removeHours: "이 시간대 삭제",
    hoursHint: "플랫폼 현지 시각입니다(치지직은 한국 시각). 22:00부터 02:00까지라고 하면 다음 날 02:00에 끝납니다.",
    what: "대상 방송이 시작되면?",
    record: "녹화하기",
    tell: "녹화하지 않고 알림만 보내기",
    tellHint: "알림은 서버에 등록된 웹훅으로 보냅니다.",
    more: "더 보기",
    recorders: {
      label: "동시에 녹화할 녹화기 수 (다음 녹화부터)",
      choices: ["서버 설정대로", "1개", "2개: 하나가 멈춰도 다른 하나가 이어서 녹화"],
    },
    schedule: {
      label: "방송이 시작됐는지 확인하는 때",
      choices: ["서버 설정대로", "자주 방송하는 시간에 더 자주", "정해진 간격으로, 갈수록 드물게"],
    },
    recordingHint: "지금 녹화 중입니다. 이 설정에 맞지 않으면 5분 뒤에 그 녹화가 끝납니다.",
    doubts: {
      nothing: "한 칸 이상 채우거나 ‘모든 방송’을 고르세요.",
      many: "한 칸에는 20줄까지, 한 줄에는 200자까지 쓸 수 있습니다.",
      days: "요일을 하나 이상 고르거나 이 시간대를 삭제하세요.",
    },
    cancel: "취소",
    save: "저장",
  },
})
