/** @typedef {{id: number, version: number}} Thing */

/** How many are remembered. */
const MOST = 200;

/** Things that are no more, each in the version that said so: an answer that was on its way does not bring them back. */
export class Gone {
  /** @type {Map<number, number>} */
  #versions = new Map();

  /** @param {Thing} it */
  add({ id, version }) {
    this.#versions.delete(id);
    this.#versions.set(id, version);
    for (const oldest of [...this.#versions.keys()].slice(0, -MOST)) this.#versions.delete(oldest);
  }

  /** Whether it is older than what is held of it, or than what said that it is no more.
   * @param {Thing} it @param {ReadonlyMap<number, Thing>} held */
  isOld({ id, version }, held) {
    return version < (held.get(id)?.version ?? this.#versions.get(id) ?? 0);
  }
}
