import { inLanguages } from "../shell/language.js"

export const words = inLanguages({
  en: {
    video: "Video",
    live: "Live",
    waiting: "Nothing is here to play yet. It begins by itself.",
    unplayable: "This browser cannot play it. VLC can: give it the address.",
    copy: "Copy the address for VLC",
    copied: "The address is copied",
    refused: /** @type {Record<string, string>} */ ({
      gone: "This link has ended. Ask for a new one.",
      access_denied: "This is no link to a video. Was all of it copied?",
      not_found: "What this link led to is not there any more.",
    }),
  },
  ko: {
    video: "동영상",
    live: "라이브",
    waiting: "아직 재생할 영상이 없습니다. 영상이 생기면 자동으로 재생됩니다.",
    unplayable: "이 브라우저에서는 재생할 수 없습니다. VLC에 주소를 붙여 넣으면 볼 수 있습니다.",
    copy: "VLC용 주소 복사",
    copied: "주소를 복사했습니다",
    refused: /** @type {Record<string, string>} */ ({
      gone: "만료되었거나 취소된 링크입니다. 새 링크를 요청하세요.",
      access_denied: "올바른 링크가 아닙니다. 주소 전체를 복사했는지 확인하세요.",
      not_found: "이 링크의 영상은 이제 없습니다.",
    }),
  },
})
