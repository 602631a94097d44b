import { useEffect, useState } from "preact/hooks";
import { Button } from "../../../components/button.js";
import { Skeleton } from "../../../components/skeleton.js";
import { html } from "../../../html.js";
import { back, go } from "../../../router.js";
import { customer, loadCustomer } from "../../../state/customers.js";
import { t } from "../../../words.js";
import { NotLoaded } from "../../notloaded.js";
import { AroundThem } from "./around.js";
import { CustomerCallbacks } from "./callbacks.js";
import { Duplicates, Merges } from "./duplicates.js";
import { Details, VisitFacts } from "./facts.js";
import { Identities } from "./identities.js";
import { NameCard } from "./namecard.js";
import { Tasks } from "./tasks.js";
import { Threads } from "./threads.js";

/** @typedef {import("../../../types.js").Customer} Customer */

/** Who this is, what is open for them, and what they have to do with others.
 * @param {{customerId: number|null, conversationId?: number|null}} props */
export function CustomerPane({ customerId, conversationId = null }) {
  const it = customer(customerId);
  const [failed, setFailed] = useState(false);
  const load = () => {
    setFailed(false);
    if (customerId !== null) loadCustomer(customerId).catch(() => setFailed(true));
  };
  useEffect(load, [customerId]);
  useEffect(() => {
    if (it?.merged_into) go(`/c/${it.merged_into}`, { replace: true });
  }, [it?.merged_into]);
  return html`
    <aside class="pane pane-customer" aria-label=${t("customer")}>
      <header class="pane-head customer-head">
        <${Button} kind="quiet" icon="arrow-left" tip=${t("back")} onClick=${() => back(location.pathname)} /><h1>${t("customer")}</h1>
      </header>
      <div class="customer-scroll">
        ${it ? html`<${Parts} it=${it} conversationId=${conversationId} />` : failed ? html`<${NotLoaded} onAgain=${load} />` : html`<${Skeleton} kind="lines" count=${4} label=${t("loading")} />`}
      </div>
    </aside>
  `;
}

/** What needs somebody first, then who it is, then the rest. @param {{it: Customer, conversationId: number|null}} props */
const Parts = ({ it, conversationId }) => html`
  <${NameCard} it=${it} />
  <${Duplicates} it=${it} />
  <${CustomerCallbacks} customerId=${it.id} />
  <${Tasks} customerId=${it.id} conversationId=${conversationId} />
  <${Identities} it=${it} />
  <${Details} it=${it} />
  <${AroundThem} customerId=${it.id} />
  <${Threads} customerId=${it.id} conversationId=${conversationId} />
  <${VisitFacts} it=${it} />
  <${Merges} it=${it} />
`;
