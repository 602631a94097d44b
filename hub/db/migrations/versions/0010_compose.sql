-- The composer: brands, canned replies, macros, drafts, messages that go out later, mentions.

alter table agent add column undo_seconds smallint not null default 5 check (undo_seconds between 0 and 60);

-- In whose name a channel speaks. The signature is HTML with Liquid variables, cleaned before it is stored.
create table brand (
    id              bigint generated always as identity primary key,
    name            text not null,
    signature_html  text not null default '',
    demo            boolean not null default false,
    created_at      timestamptz not null default now(),
    removed_at      timestamptz
);
alter table channel add column brand_id bigint references brand (id);
create index channel_brand on channel (brand_id) where brand_id is not null;

-- `texts` has a Liquid template for each language. Its files are uploads that are kept for it, and copied when it is used.
create table canned_reply (
    id              bigint generated always as identity primary key,
    name            text not null,
    shortcut        text not null default '',
    scope           text not null check (scope in ('personal', 'team', 'shared')),
    owner_id        bigint not null references agent (id),
    team_id         bigint references team (id),
    texts           jsonb not null,
    attachment_ids  bigint[] not null default '{}',
    demo            boolean not null default false,
    created_at      timestamptz not null default now(),
    removed_at      timestamptz
);
create index canned_reply_present on canned_reply (lower(name)) where removed_at is null;

create table macro (
    id          bigint generated always as identity primary key,
    name        text not null,
    scope       text not null check (scope in ('personal', 'team', 'shared')),
    owner_id    bigint not null references agent (id),
    team_id     bigint references team (id),
    reply_id    bigint references canned_reply (id),
    change      jsonb not null default '{}',      -- as PATCH /api/conversations/{id} takes it
    demo        boolean not null default false,
    created_at  timestamptz not null default now(),
    removed_at  timestamptz
);
create index macro_present on macro (lower(name)) where removed_at is null;

-- What an agent has begun to write, one for each conversation. `version` counts its changes.
create table draft (
    conversation_id  bigint not null references conversation (id),
    agent_id         bigint not null references agent (id),
    version          bigint not null default 1,
    content          jsonb not null,
    attachment_ids   bigint[] not null default '{}',
    updated_at       timestamptz not null default now(),
    primary key (conversation_id, agent_id)
);
create index draft_agent on draft (agent_id, conversation_id);
create index draft_age on draft (updated_at);

-- A message that is to go out later: at a time, or when the moment to undo it is over. A job turns it into an entry.
create table scheduled_message (
    id                  bigint generated always as identity primary key,
    conversation_id     bigint not null references conversation (id),
    agent_id            bigint not null references agent (id),
    idempotency_key     text not null,
    version             bigint not null default 1,
    identity_id         bigint not null references identity (id),
    channel_id          bigint not null references channel (id),
    cc                  text[] not null default '{}',
    subject             text not null default '',
    text                text not null,
    html                text not null default '',
    template            jsonb,                     -- the provider's template, filled in
    attachment_ids      bigint[] not null default '{}',
    last_seen_entry_id  bigint not null,
    confirm_newer       boolean not null default false,
    hold                boolean not null,          -- it waits only to be undone
    send_at             timestamptz not null,
    state               text not null default 'waiting'
                        check (state in ('waiting', 'sent', 'canceled', 'held_back', 'failed')),
    code                text not null default '',
    reason              text not null default '',  -- why it was held back or has failed
    entry_id            bigint references entry (id),
    created_at          timestamptz not null default now(),
    changed_at          timestamptz not null default now(),
    unique (conversation_id, idempotency_key)
);
create index scheduled_message_open on scheduled_message (conversation_id, id)
    where state in ('waiting', 'held_back', 'failed');
create index scheduled_message_due on scheduled_message (send_at) where state = 'waiting';
create index scheduled_message_past on scheduled_message (changed_at) where state in ('sent', 'canceled');

-- A colleague named in a note.
create table mention (
    entry_id         bigint not null references entry (id),
    agent_id         bigint not null references agent (id),
    conversation_id  bigint not null references conversation (id),
    created_at       timestamptz not null default now(),
    read_at          timestamptz,
    primary key (entry_id, agent_id)
);
create index mention_unread on mention (agent_id, entry_id desc) where read_at is null;
