/** Other people's parts that rich text is written with: fetched as one, where a mail may be written. */
export { default as purify } from "dompurify";
export { default as Squire } from "squire-rte";
