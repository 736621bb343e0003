/** What was done to a recording here, and how it is undone: as calls of the API. */

/**
 * @typedef {"cuts" | "markers" | "clips"} Kind
 * @typedef {{ kind: Kind, body: object, id: string }} Thing  `body` makes it again; `id` is what the server calls it now
 * @typedef {{ thing: number, isMade: boolean }} Step  it was made, or it was removed
 * @typedef {{ things: Thing[], done: Step[], undone: Step[] }} History  the newest step is the last one
 * @typedef {{ method: "POST", kind: Kind, body: object } | { method: "DELETE", kind: Kind, id: string }} Call
 */

/** @type {History} */
export const NOTHING_DONE = { things: [], done: [], undone: [] }

/** @param {History} history @param {Thing} thing @returns {History} */
export const afterMaking = (history, thing) => withStep(history, thing, true)

/** @param {History} history @param {Thing} thing @returns {History} */
export const afterRemoving = (history, thing) => withStep(history, thing, false)

/** What undoes the last step. @param {History} history @returns {Call | undefined} */
export const undoing = (history) => callOf(history, history.done.at(-1), false)

/** What does it again. @param {History} history @returns {Call | undefined} */
export const redoing = (history) => callOf(history, history.undone.at(-1), true)

/** @param {History} history @param {string} [id]  of what was made anew @returns {History} */
export const afterUndoing = ({ things, done, undone }, id) => ({
  things: renamed(things, done.at(-1), id),
  done: done.slice(0, -1),
  undone: [...undone, ...done.slice(-1)],
})

/** @param {History} history @param {string} [id]  of what was made anew @returns {History} */
export const afterRedoing = ({ things, done, undone }, id) => ({
  things: renamed(things, undone.at(-1), id),
  done: [...done, ...undone.slice(-1)],
  undone: undone.slice(0, -1),
})

/** What cannot be undone any more is forgotten. @param {History} history @returns {History} */
export const withoutLastDone = (history) => ({ ...history, done: history.done.slice(0, -1) })

/** @param {History} history @returns {History} */
export const withoutLastUndone = (history) => ({ ...history, undone: history.undone.slice(0, -1) })

/** @param {History} history @param {Thing} thing @param {boolean} isMade @returns {History} */
function withStep({ things, done }, thing, isMade) {
  const known = things.findIndex(({ kind, id }) => kind === thing.kind && id === thing.id)
  const all = known < 0 ? [...things, thing] : things
  return { things: all, done: [...done, { thing: known < 0 ? things.length : known, isMade }], undone: [] }
}

/** @param {History} history @param {Step | undefined} step @param {boolean} isAgain @returns {Call | undefined} */
function callOf({ things }, step, isAgain) {
  const thing = step && things[step.thing]
  if (!thing) return undefined
  const { kind, body, id } = thing
  return step.isMade === isAgain ? { method: "POST", kind, body } : { method: "DELETE", kind, id }
}

/** @param {Thing[]} things @param {Step | undefined} step @param {string | undefined} id */
const renamed = (things, step, id) =>
  id ? things.map((thing, index) => (index === step?.thing ? { ...thing, id } : thing)) : things
