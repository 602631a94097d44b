import { useEffect, useState } from "preact/hooks";
import { html } from "../html.js";

/**
 * A part of the pages that is fetched when it is first shown. `wait` and `failed` stand in its place until it is there;
 * `failed` gets the way to try again.
 * @param {{fetch: () => Promise<any>, name: string, wait: any, failed: (again: () => void) => any, [prop: string]: any}} props
 */
export function Later({ fetch, name, wait, failed, ...props }) {
  const [part, setPart] = useState(/** @type {{it: any}|null} */ (null));
  const [problem, setProblem] = useState(false);
  const load = () => {
    setProblem(false);
    fetch().then((module) => setPart({ it: module[name] }), () => setProblem(true));
  };
  useEffect(load, []);
  if (part) return html`<${part.it} ...${props} />`;
  return problem ? failed(load) : wait;
}
