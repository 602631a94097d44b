import { useState } from "preact/hooks";
import { freshKey, request } from "../../../api.js";
import { t } from "../../../words.js";

/** @typedef {{key: string, name: string, type: string, failed: string|null}} Upload */

/** Files on their way to the hub. @param {(file: import("../../../types.js").Attachment) => void} keep told of each that arrives */
export function useUploads(keep) {
  const [items, setItems] = useState(/** @type {Upload[]} */ ([]));
  const drop = (/** @type {string} */ key) => setItems((held) => held.filter((it) => it.key !== key));
  const send = async (/** @type {string} */ key, /** @type {File} */ file) => {
    const form = new FormData();
    form.append("file", file, file.name);
    try {
      const { data } = await request("POST", "/api/attachments", { form });
      keep(data);
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

/** The files of a message that no draft keeps. */
export function useFiles() {
  const [attachments, setAttachments] = useState(/** @type {import("../../../types.js").Attachment[]} */ ([]));
  const uploads = useUploads((file) => setAttachments((held) => [...held, file]));
  const remove = (/** @type {number} */ id) => setAttachments((held) => held.filter((it) => it.id !== id));
  return { attachments, uploads, remove, put: setAttachments, clear: () => setAttachments([]) };
}
