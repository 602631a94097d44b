import { html } from "../../html.js";

/** Some of a few, as boxes to tick. @param {{label: string, error?: string, options: {value: string, label: string}[], chosen: string[], onChosen: (chosen: string[]) => void}} props */
export const Checks = ({ label, error, options, chosen, onChosen }) => html`
  <fieldset class="form-group"><legend>${label}</legend>
    ${error && html`<p class="field-error">${error}</p>`}
    <div class="checks">${options.map((it) => html`<label key=${it.value} class="choice">
      <input type="checkbox" checked=${chosen.includes(it.value)}
        onChange=${() => onChosen(chosen.includes(it.value) ? chosen.filter((one) => one !== it.value) : [...chosen, it.value])} />
      <span>${it.label}</span></label>`)}</div>
  </fieldset>
`;
