import { Button } from "../../components/button.js";
import { Field, Switch, TextField } from "../../components/field.js";
import { Select } from "../../components/select.js";
import { Icon } from "../../components/icon.js";
import { html } from "../../html.js";
import { t } from "../../words.js";
import { HookField } from "./hookfield.js";

/** @typedef {import("../../types.js").SettingField} SettingField */
/** @typedef {{settings: Record<string, any>, secrets: Record<string, string|null>}} Values */

/** Whether a field matters with what is chosen so far.
 * @param {SettingField} field @param {Values} values @param {SettingField[]} all @returns {boolean} */
export function applies(field, values, all) {
  const rule = field.show_if;
  if (!rule) return true;
  const asked = all.find((it) => it.name === rule.field);
  const held = values.settings[rule.field] ?? asked?.default;
  const wanted = Array.isArray(rule.value) ? rule.value : [rule.value];
  return wanted.includes(held) && (!asked || applies(asked, values, all));
}

/** What to send: only fields that apply, each as its type. @param {SettingField[]} fields @param {Values} values @returns {Values} */
export function collected(fields, values) {
  /** @type {Values} */
  const out = { settings: {}, secrets: {} };
  for (const field of fields) {
    if (field.type === "hook" || !applies(field, values, fields)) continue;
    if (field.type === "secret") {
      if (field.name in values.secrets && values.secrets[field.name] !== "") out.secrets[field.name] = values.secrets[field.name];
      continue;
    }
    const value = values.settings[field.name] ?? field.default;
    if (value === undefined) continue;
    out.settings[field.name] = ["number", "port"].includes(field.type) ? (value === "" || value === null ? null : Number(value)) : value;
  }
  return out;
}

/**
 * A form made from a connector's settings schema: the page knows no connector by name.
 * @param {{fields: SettingField[], values: Values, onValues: (values: Values) => void, errors: {field: string, message: string}[], secretsSet: string[],
 *   hooksUrl: string|null}} props hooksUrl: where the channel's webhooks lie, once it is there
 */
export function SettingsForm({ fields, values, onValues, errors, secretsSet, hooksUrl }) {
  const shown = fields.filter((field) => applies(field, values, fields));
  /** @type {Map<string, SettingField[]>} */
  const groups = new Map();
  for (const field of shown) groups.set(field.group ?? "", [...(groups.get(field.group ?? "") ?? []), field]);
  const errorOf = (/** @type {SettingField} */ field) => errors.find((it) => [field.name, `settings.${field.name}`, `secrets.${field.name}`].includes(it.field))?.message;
  return html`${[...groups].map(
    ([group, items]) => html`
      <fieldset class="form-group" key=${group}>
        ${group && html`<legend>${group}</legend>`}
        <div class="form-grid">
          ${items.map((field) =>
            field.type === "hook"
              ? html`<${HookField} key=${field.name} field=${field} hooksUrl=${hooksUrl} />`
            : field.type === "secret"
              ? html`<${Secret} key=${field.name} field=${field} error=${errorOf(field)} isSet=${secretsSet.includes(field.name)}
                value=${values.secrets[field.name]}
                  onValue=${(/** @type {any} */ value) => {
                    const secrets = { ...values.secrets };
                    if (value === undefined) delete secrets[field.name];
                    else secrets[field.name] = value;
                    onValues({ ...values, secrets });
                  }} />`
              : html`<${Control} key=${field.name} field=${field} error=${errorOf(field)}
                value=${values.settings[field.name] ?? field.default}
                  onValue=${(/** @type {any} */ value) => onValues({ ...values, settings: { ...values.settings, [field.name]: value } })} />`,
          )}
        </div>
      </fieldset>`,
  )}`;
}

const INPUT_TYPES = /** @type {Record<string, string>} */ ({ email: "email", number: "number", port: "number" });

/** @param {{field: SettingField, value: any, error?: string, onValue: (value: any) => void}} props */
function Control({ field, value, error, onValue }) {
  const shared = { label: field.label, help: field.help, error, value: value ?? "", onValue, optional: field.required || (field.default ?? "") !== "" ? undefined : t("optional") };
  if (field.type === "boolean") return html`<${Switch} label=${field.label} help=${field.help} error=${error} checked=${Boolean(value)}
    onValue=${onValue} />`;
  if (field.type === "select") return html`<${Select} ...${shared} optional=${undefined} options=${field.options ?? []} />`;
  return html`<${TextField} ...${shared} multiline=${field.type === "multiline"} type=${INPUT_TYPES[field.type] ?? "text"}
    required=${field.required} placeholder=${field.placeholder ?? undefined}
    min=${field.min ?? (field.type === "port" ? 1 : undefined)} max=${field.max ?? (field.type === "port" ? 65535 : undefined)}
      class=${field.type === "port" || field.type === "number" ? "narrow" : ""}
    autocomplete="off" spellcheck=${false} autocapitalize="off" />`;
}

/** A secret is written and never read: it is set, or it is not. @param {{field: SettingField, value: string|null|undefined, isSet: boolean, error?: string, onValue: (value: string|null|undefined) => void}} props */
function Secret({ field, value, isSet, error, onValue }) {
  const writing = value !== undefined || !isSet;
  if (!writing)
    return html`<${Field} label=${field.label} help=${field.help} error=${error} control=${(/** @type {any} */ given) => html`<div
      class="secret-set"><span class="secret-state"><${Icon} name="key-round" size=${14} />${t("secret-set")}</span>
      <${Button} size="small" ...${given} onClick=${() => onValue("")}>${t("secret-replace")}<//></div>`} />`;
  return html`<${Field} label=${field.label} help=${field.help} error=${error} optional=${field.required ? undefined : t("optional")}
    control=${(/** @type {any} */ given) => html`<div class="secret-set">
      <input class="input grow" type="password" value=${value ?? ""} required=${field.required} autocomplete="new-password"
      placeholder=${field.placeholder ?? undefined} onInput=${(/** @type {any} */ e) => onValue(e.target.value)} ...${given} />
      ${isSet && html`<${Button} size="small" kind="quiet" onClick=${() => onValue(undefined)}>${t("secret-keep")}<//>`}</div>`} />`;
}
