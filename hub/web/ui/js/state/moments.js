/** Moments as the hub writes them, in order: 09:00:00Z is before 09:00:00.5Z, which plain text has the other way round.
 * @param {string} a @param {string} b */
export function compareMoments(a, b) {
  const [one, other] = [a.slice(0, -1), b.slice(0, -1)];
  return one < other ? -1 : one > other ? 1 : 0;
}
