import { useState } from "preact/hooks";
import { freshKey, request } from "../../api.js";
import { changeDraft, draftOf } from "../../state/drafts.js";
import { t } from "../../words.js";

/** @typedef {{key: string, name: string, type: string, failed: string|null}} Upload */

/** Files on their way to the hub; when one arrives it belongs to the draft. @param {number} conversationId */
export function useUploads(conversationId) {
  const [items, setItems] = useState(/** @type {Upload[]} */ ([]));
  const drop = (/** @type {string} */ key) => setItems((held) => held.filter((it) => it.key !== key));
  const send = async (/** @type {string} */ key, /** @type {File} */ file) => {
    const form = new FormData();
    form.append("file", file, file.name);
    try {
      const { data } = await request("POST", "/api/attachments", { form });
      changeDraft(conversationId, { attachments: [...draftOf(conversationId).attachments, data] });
      drop(key);
    } catch (problem) {
      const why = /** @type {any} */ (problem).message || t("upload-failed");
      setItems((held) => held.map((it) => (it.key === key ? { ...it, failed: why } : it)));
    }
  };
  // one after the other: they stand, and may go out, in the order in which they were chosen
  const add = async (/** @type {File[]} */ files) => {
    const chosen = files.map((file) => ({ key: freshKey(), name: file.name, type: file.type, failed: null, file }));
    setItems((held) => [...held, ...chosen.map(({ file, ...it }) => it)]);
    for (const { key, file } of chosen) await send(key, file);
  };
  return { items, drop, busy: items.some((it) => !it.failed), add };
}
