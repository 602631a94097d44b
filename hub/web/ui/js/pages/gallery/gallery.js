import { signal } from "@preact/signals";
import { useState } from "preact/hooks";
import { Avatar } from "../../components/avatar.js";
import { Badge } from "../../components/badge.js";
import { Banner } from "../../components/banner.js";
import { Button } from "../../components/button.js";
import { ChannelMark } from "../../components/channelmark.js";
import { DateTime } from "../../components/datetime.js";
import { Dialog } from "../../components/dialog.js";
import { Empty } from "../../components/empty.js";
import { Switch, TextField } from "../../components/field.js";
import { FileDrop, FilePick } from "../../components/filedrop.js";
import { KeyHint } from "../../components/keyhint.js";
import { Menu } from "../../components/menu.js";
import { Rows } from "../../components/rows.js";
import { Select } from "../../components/select.js";
import { Sentinel } from "../../components/sentinel.js";
import { Skeleton } from "../../components/skeleton.js";
import { Spark } from "../../components/spark.js";
import { Tabs } from "../../components/tabs.js";
import { say } from "../../components/toast.js";
import { html } from "../../html.js";
import { nextTheme, theme } from "../../state/theme.js";
import { QueueParts } from "./queues.js";

const COLOURS = ["canvas", "surface", "surface-raised", "surface-sunken", "surface-hover", "surface-active", "text", "text-muted", "text-faint", "line", "line-strong", "accent", "accent-ground", "danger", "danger-ground", "warning", "warning-ground", "success", "success-ground", "note-ground"];
const KINDS = ["email", "sms", "whatsapp", "chat", "voice", "fax", "visit", "social", "something-new"];
const dialogOpen = signal(false);

/** Every component in its states: what the tests photograph, and where a new page finds its parts.
 * It is for those who build the pages, so its words are not translated. */
export function Gallery() {
  const [tab, setTab] = useState("open");
  const [on, setOn] = useState(true);
  const [text, setText] = useState("");
  const [when, setWhen] = useState(/** @type {string|null} */ ("2026-11-22T09:00:00Z"));
  const [chosen, setChosen] = useState("b");
  const menu = [
    { heading: "Actions", label: "" },
    { label: "Assign", icon: "user-check", keys: "A" },
    { label: "Rename", icon: "pencil", detail: "Colleagues see it at once" },
    { label: "Not now", icon: "pause", disabled: true },
    { divider: true, label: "" },
    { label: "Disable", icon: "user-x", danger: true },
  ];
  const choices = ["a", "b", "c"].map((it) => ({ label: `Choice ${it.toUpperCase()}`, checked: it === chosen, onSelect: () => setChosen(it) }));
  return html`
    <main class="gallery-scroll" data-scroller tabindex="-1">
      <div class="gallery">
        <header class="page-head"><div><h1>Components</h1><p class="muted">Each part of the pages in all its states.</p></div>
          <${Button} icon="sun" onClick=${nextTheme}>Looks: ${theme.value}<//></header>
        ${section("Colours", html`<div class="swatches">${COLOURS.map((name) => html`<span class="swatch" key=${name}>
          <i ref=${(/** @type {any} */ e) => e && (e.style.background = `var(--${name})`)}></i>${name}</span>`)}</div>`)}
        ${section("Type", html`<div class="stack"><span ref=${sized(28)}>28 Every channel, one timeline</span><h1>20 Heading one</h1>
          <h2>16 Heading two</h2><p>14 Body text, calm and dense. <a class="link" href="/ui">A link</a>, <code>code</code>.</p>
          <p class="small muted">13 Muted, for what supports</p><p class="tiny faint">12 Faint, for times: <time>14:05</time></p></div>`)}
        ${section(
          "Button",
          html`<${Button} kind="primary" icon="send">Send<//><${Button} icon="check">Resolve<//>
            <${Button} kind="quiet" icon="paperclip">Attach<//><${Button} kind="danger" icon="trash-2">Remove<//>
            <${Button} kind="primary" busy>Saving<//><${Button} disabled>Not now<//><${Button} pressed=${true}>Pressed<//>
              <${Button} kind="quiet" icon="ellipsis" tip="More" keys="M" /><${Button} size="small">Small<//>
              <${Button} size="small" kind="quiet" icon="copy" tip="Copy" />`,
        )}
        ${section(
          "Field",
          html`<${TextField} label="Name" help="How colleagues see it." value=${text} onValue=${setText} placeholder="Support mailbox" />
            <${TextField} label="Server" error="No server answers at this name. Check the spelling." value="imap.acme.tset" />
            <${TextField} label="Address" optional="optional" value="" disabled />
            <${TextField} label="Text" multiline value=${text} onValue=${setText} />
              <${Switch} label="Delete after reading" help="Never do this on a shared mailbox." checked=${on} onValue=${setOn} />
              <${Switch} label="Off" checked=${false} onValue=${() => undefined} />`,
        )}
        ${section("Select, date and time", html`<${Select} label="Encryption" value=${chosen} onValue=${setChosen}
          options=${[{ value: "a", label: "TLS" }, { value: "b", label: "STARTTLS" }, { value: "c", label: "None" }]} />
          <${DateTime} label="Call back at" value=${when} onValue=${setWhen} />`)}
        ${section(
          "Menu",
          html`<${Menu} label="Actions" items=${menu} trigger=${(/** @type {any} */ a) => html`<${Button} ...${a}
            iconEnd="chevron-down">Actions<//>`} />
            <${Menu} label="Choices" items=${choices} trigger=${(/** @type {any} */ a) => html`<${Button} ...${a}
            iconEnd="chevron-down">One of three<//>`} />
            <${Menu} label="Find" filter="Find one" empty="Nothing has this name" items=${choices}
              trigger=${(/** @type {any} */ a) => html`<${Button} ...${a} iconEnd="chevron-down">With a filter<//>`} />`,
        )}
        ${section("Dialog and toast", html`<${Button} onClick=${() => (dialogOpen.value = true)}>Open a dialog<//>
          <${Button} onClick=${() => say({ text: "Resolved: María Gómez", action: { label: "Undo", run: () => undefined } })}>Say something<//><${Button}
          onClick=${() => say({ tone: "danger", text: "There is no connection to the hub." })}>Say what went wrong<//>`)}
        ${section("Tabs", html`<${Tabs} label="Views" value=${tab} onValue=${setTab}
          items=${[{ value: "open", label: "Open", count: 128 }, { value: "mine", label: "Mine", count: 3 }, { value: "none", label: "Unassigned" }]} />`)}
        ${section("Spark", html`<${Spark} days=${[3, 8, 5, 0, 0, 12, 9, 4, 7, 11].map((up, at) => ({ up, down: (up * (at + 3)) % 10 }))}
          label="59 in, 40 out" /><${Spark} days=${[0, 0, 0, 0].map((up) => ({ up, down: up }))} label="Nothing" />`)}
        ${section("Badge, key, avatar, mark", html`<${Badge}>Neutral<//><${Badge} tone="accent" icon="lock">Accent<//>
          <${Badge} tone="success" icon="check">Resolved<//><${Badge} tone="warning" icon="hourglass">Waiting<//>
          <${Badge} tone="danger" icon="circle-x">Blocked<//><${KeyHint} keys="mod+Enter" /><${KeyHint} keys="?" />
          ${["María Gómez", "Jonas Brandt", "Ada Yılmaz", "王小明", "Leïla Haddad", "support@acme.test"].map((name) => html`<${Avatar}
            key=${name} name=${name} />`)}<${Avatar} name="Jonas Brandt" size="tiny" />
            <${Avatar} name="Jonas Brandt" size="small" writing /><${Avatar} name="Jonas Brandt" size="large" />
          ${KINDS.map((kind) => html`<${ChannelMark} key=${kind} kind=${kind} size=${18} label=${kind} tip=${kind} />`)}
            <${ChannelMark} kind="email" size=${20} boxed />`)}
        ${section("Banner", html`<${Banner} tone="info" title="Sign-in by the provider">You are taken there and come back.<//>
          <${Banner} tone="warning" title="A newer message arrived" actions=${html`<${Button} size="small"
          kind="primary">Send anyway<//>`}>María: please ignore my last mail<//>
          <${Banner} tone="danger" title="Not sent">The address is blocked after a hard bounce.<//>
          <${Banner} tone="success" title="Saved" /><${Banner} tone="offline" title="No connection to the hub">Trying again.<//>`)}
        ${section("Skeleton and empty", html`<${Skeleton} kind="rows" count=${2} label="Loading" />
          <${Skeleton} count=${2} label="Loading" />
          <${Empty} icon="circle-check" title="Every conversation is resolved">New messages appear here by themselves.<//>
          <${Empty} icon="cloud-off" tone="danger" title="This could not be loaded" action=${html`<${Button}
          icon="refresh-cw">Try again<//>`}>The hub did not answer.<//>`)}
        ${section("Rows", html`<div class="gallery-rows"
          ref=${(/** @type {any} */ e) => e && ((e.style.blockSize = "160px"), (e.style.inlineSize = "100%"))}>
          <${Rows} ids=${TEN_THOUSAND} rowHeight=${32} current=${3} label="Ten thousand rows"
          render=${(/** @type {number} */ id) => html`<button type="button" class="small">Row ${id} of 10,000</button>`} /></div>`)}
        ${section("File drop", html`<${FileDrop} label="Drop files here"
          onFiles=${(/** @type {File[]} */ files) => say({ text: files.map((f) => f.name).join(", ") })}><div class="empty">
          <p class="empty-text">Drop or paste a file here</p>
          <${FilePick} onFiles=${(/** @type {File[]} */ files) => say({ text: files.map((f) => f.name).join(", ") })}
          trigger=${(/** @type {any} */ open) => html`<${Button} icon="paperclip" onClick=${open}>Choose<//>`} /></div><//>
          <${Sentinel} busy label="Loading more" onReach=${() => undefined} />`)}
        <${QueueParts} />
        <${Dialog} open=${dialogOpen.value} title="A dialog" closeLabel="Close" onClose=${() => (dialogOpen.value = false)}
          footer=${html`<${Button} onClick=${() => (dialogOpen.value = false)}>Cancel<//>
          <${Button} kind="primary" onClick=${() => (dialogOpen.value = false)}>Save<//>`}>
          <${TextField} label="Name" value=${text} onValue=${setText} /><//>
      </div>
    </main>
  `;
}

const TEN_THOUSAND = Array.from({ length: 10_000 }, (_, i) => i);

/** @param {number} px */
const sized = (px) => (/** @type {HTMLElement|null} */ e) => e && (e.style.fontSize = `${px}px`);

/** @param {string} title @param {any} stage */
const section = (title, stage) => html`<section class="gallery-section" key=${title}><h2>${title}</h2><div class="gallery-stage">${stage}
  </div></section>`;
