/** Small drawings on a grid of 24, in the colour of the text beside them. What they mean is said by what holds them. */

import { svg } from "../packages/lit-html/lit-html.js"

const DRAWN = {
  streamers: svg`<circle cx="12" cy="8" r="4" /><path d="M4 21c0-4 3.6-7 8-7s8 3 8 7" />`,
  recordings: svg`<rect x="3" y="5" width="18" height="14" rx="2" /><path d="m10 9 5 3-5 3z" />`,
  contrast: svg`<circle cx="12" cy="12" r="9" /><path d="M12 3a9 9 0 0 1 0 18z" fill="currentColor" />`,
  sun: svg`<circle cx="12" cy="12" r="4" /><path d="M12 2v2m0 16v2M2 12h2m16 0h2M5 5l1.5 1.5m11 11L19 19M5 19l1.5-1.5m11-11L19 5" />`,
  moon: svg`<path d="M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5z" />`,
  leave: svg`<path d="M14 4H6v16h8M10 12h11m-4-4 4 4-4 4" />`,
  close: svg`<path d="m6 6 12 12M18 6 6 18" />`,
  add: svg`<path d="M12 5v14M5 12h14" />`,
  look: svg`<path d="M20 12a8 8 0 1 1-2.3-5.7M20 3v5h-5" />`,
  pause: svg`<path d="M8 5v14m8-14v14" />`,
  play: svg`<path d="m7 4 13 8-13 8z" />`,
  remove: svg`<path d="M4 7h16M9 7V4h6v3m-8 0 1 13h8l1-13" />`,
  more: svg`<circle cx="5" cy="12" r="1" /><circle cx="12" cy="12" r="1" /><circle cx="19" cy="12" r="1" />`,
  search: svg`<circle cx="11" cy="11" r="7" /><path d="m16 16 5 5" />`,
  folder: svg`<path d="M3 6h6l2 2h10v11H3z" />`,
  cut: svg`<circle cx="6" cy="6" r="3" /><circle cx="6" cy="18" r="3" /><path d="m8.5 8 12 9m-12-1 12-9" />`,
  undo: svg`<path d="M8 5 4 9l4 4M4 9h10a6 6 0 0 1 0 12h-3" />`,
  redo: svg`<path d="m16 5 4 4-4 4m4-4H10a6 6 0 0 0 0 12h3" />`,
  confirm: svg`<path d="m4 12 6 6L20 6" />`,
  marker: svg`<path d="M6 3v18M6 4h12l-3 4 3 4H6" />`,
  clip: svg`<path d="M8 3v18M16 3v18M3 8h5m-5 8h5m8-8h5m-5 8h5" />`,
  share: svg`<circle cx="18" cy="5" r="3" /><circle cx="6" cy="12" r="3" /><circle cx="18" cy="19" r="3" /><path d="m8.6 10.6 6.8-4.2m-6.8 7 6.8 4.2" />`,
  download: svg`<path d="M12 3v12m-5-5 5 5 5-5M4 20h16" />`,
  keys: svg`<rect x="2" y="6" width="20" height="12" rx="2" /><path d="M6 10h.01M10 10h.01M14 10h.01M18 10h.01M7 14h10" />`,
  sound: svg`<path d="M4 9v6h4l5 4V5L8 9zM16.5 8.5a5 5 0 0 1 0 7" />`,
  silence: svg`<path d="M4 9v6h4l5 4V5L8 9zM17 9l5 6m0-6-5 6" />`,
  wide: svg`<path d="M9 4H4v5M15 4h5v5M9 20H4v-5M15 20h5v-5" />`,
  back: svg`<path d="m14 5-7 7 7 7" />`,
  stop: svg`<rect x="6" y="6" width="12" height="12" rx="1" />`,
  gap: svg`<path d="M12 4 2.5 20h19zM12 10v4m0 3h.01" />`,
  begin: svg`<path d="M5 4v16M20 12H9m4-4-4 4 4 4" />`,
  end: svg`<path d="M19 4v16M4 12h11m-4-4 4 4-4 4" />`,
  nearer: svg`<circle cx="11" cy="11" r="7" /><path d="m16 16 5 5M8 11h6m-3-3v6" />`,
  farther: svg`<circle cx="11" cy="11" r="7" /><path d="m16 16 5 5M8 11h6" />`,
  all: svg`<path d="M3 5v14M21 5v14M6 12h12M9 9l-3 3 3 3m6-6 3 3-3 3" />`,
  inset: svg`<rect x="3" y="5" width="18" height="14" rx="2" /><path d="M12 12h6v4h-6z" fill="currentColor" />`,
  copy: svg`<rect x="8" y="8" width="12" height="12" rx="2" /><path d="M16 8V4H4v12h4" />`,
}

/** @param {keyof typeof DRAWN} name */
export const icon = (name) => svg`
  <svg class="drawn" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" fill="none" stroke="currentColor"
    stroke-width="2" stroke-linecap="round" stroke-linejoin="round">${DRAWN[name]}</svg>
`
