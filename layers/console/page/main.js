import { Api } from "./api/api.js"
import { openEditor } from "./editor/editor.js"
import { openRecordings } from "./recordings/recordings.js"
import { App } from "./shell/app.js"
import { restoreTheme } from "./shell/theme.js"
import { openStreamers } from "./streamers/streamers.js"

/** What each of the places in `shell/places.js` opens. */
const pages = { streamers: openStreamers, recordings: openRecordings, editor: openEditor }

restoreTheme()
new App(new Api(), pages, document.body).start()
