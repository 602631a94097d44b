/**
 * Read one at a time: who asks while an answer is on its way gets one that is asked for after it. So no older answer ever takes the
 * place of a newer one. `overtaken` is said when something was heard of that the answer on its way may not know yet.
 * @template T @param {() => Promise<T>} read
 */
export function inTurn(read) {
  /** @type {Promise<T>|null} */
  let running = null;
  /** @type {Promise<T>|null} */
  let next = null;
  /** @returns {Promise<T>} */
  const ask = () => {
    running ??= read().finally(() => void (running = null));
    return running;
  };
  const after = () => {
    next = null;
    return ask();
  };
  /** @returns {Promise<T>} */
  const asked = () => (running ? (next ??= running.then(after, after)) : ask());
  return Object.assign(asked, { overtaken: () => void (running && asked().catch(() => undefined)) });
}
