import { h } from "preact";
import htm from "htm";

/** Markup as tagged templates, bound to the one copy of preact. */
export const html = htm.bind(h);

/** Join the class names that are true.
 * @param {...(string|false|null|undefined)} names */
export const classes = (...names) => names.filter(Boolean).join(" ");
