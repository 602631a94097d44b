import { useEffect } from "preact/hooks";
import { Empty } from "../../components/empty.js";
import { html } from "../../html.js";
import { route } from "../../router.js";
import { loadChannels } from "../../state/channels.js";
import { isAdministrator } from "../../state/session.js";
import { t } from "../../words.js";
import { AgentsPage } from "./agents.js";
import { BrandsPage } from "./brands.js";
import { ChannelPage } from "./channel.js";
import { ChannelsPage } from "./channels.js";
import { FieldsPage } from "./fields.js";
import { HoursPage } from "./hours.js";
import { LabelsPage } from "./labels.js";
import { MacrosPage } from "./macros.js";
import { RepliesPage } from "./replies.js";
import { QuarantinePage } from "./quarantine.js";
import { QueuesPage } from "./queues.js";
import { isOwn, isSetting, SettingsNav } from "./settingsnav.js";
import { SuppressionsPage } from "./suppressions.js";
import { TeamsPage } from "./teams.js";
import { TokensPage } from "./tokens.js";
import { WebhooksPage } from "./webhooks.js";

/** The administrator's pages. */
export function Admin() {
  const { part, id, query } = route.value;
  useEffect(() => {
    if (isAdministrator.peek()) void loadChannels().catch(() => undefined);
  }, []);
  if (!isAdministrator.value && !isOwn(part)) return html`<main class="admin"><${Empty} page icon="lock" title=${t("no-permission")}>
    ${t("no-permission-text")}<//></main>`;
  const isNew = query.get("last") === "new";
  return html`
    <main class="admin" data-scroller>
      <div class="admin-page" key=${`${part}-${id}-${isNew}`}>
        ${isSetting(part) && id === null && !isNew && html`<${SettingsNav} part=${part} />`}
        ${part === "teams"
          ? html`<${TeamsPage} />`
          : part === "labels"
          ? html`<${LabelsPage} />`
          : part === "fields"
          ? html`<${FieldsPage} />`
          : part === "replies"
          ? html`<${RepliesPage} />`
          : part === "macros"
          ? html`<${MacrosPage} />`
          : part === "brands"
          ? html`<${BrandsPage} />`
          : part === "hours"
          ? html`<${HoursPage} id=${id} isNew=${isNew} />`
          : part === "callback-queues"
          ? html`<${QueuesPage} id=${id} isNew=${isNew} />`
          : part === "webhooks"
          ? html`<${WebhooksPage} id=${id} isNew=${isNew} />`
          : part === "suppressions"
          ? html`<${SuppressionsPage} />`
          : part === "tokens"
          ? html`<${TokensPage} />`
          : part === "agents"
          ? html`<${AgentsPage} />`
          : part === "quarantine"
            ? html`<${QuarantinePage} channelId=${Number(query.get("channel")) || null} />`
            : id !== null || isNew
              ? html`<${ChannelPage} id=${id} />`
              : html`<${ChannelsPage} />`}
      </div>
    </main>
  `;
}
