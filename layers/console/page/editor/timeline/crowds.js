/** What lies so close together that it cannot be told apart is drawn as one. */

/**
 * @template Thing
 * @param {Thing[]} things  in order
 * @param {(thing: Thing) => number} placeOf  percent of the width
 * @param {number} apart  percent that each of them needs
 * @returns {Thing[][]} each by itself where there is room for all
 */
export function crowdsOf(things, placeOf, apart) {
  if (things.length * apart <= 100) return things.map((thing) => [thing])
  /** @type {Map<number, Thing[]>} */
  const crowds = new Map()
  for (const thing of things) {
    const room = Math.floor(placeOf(thing) / apart)
    crowds.set(room, [...(crowds.get(room) ?? []), thing])
  }
  return [...crowds.values()]
}
