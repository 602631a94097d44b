-- The open API: tokens, webhooks, idempotency keys.

-- A program that writes is an account too, so that every entry has an author; it never signs in.
alter table agent add column service boolean not null default false;

-- Stored as SHA-256 only; `hint` is its beginning, by which people tell theirs apart.
create table api_token (
    id            bigint generated always as identity primary key,
    token_hash    bytea not null unique,
    kind          text not null check (kind in ('personal', 'service')),
    agent_id      bigint not null references agent (id),      -- on whose behalf it acts
    name          text not null,
    hint          text not null,
    scopes        text[] not null,
    created_by    bigint references agent (id),
    created_at    timestamptz not null default now(),
    expires_at    timestamptz,
    last_used_at  timestamptz,
    revoked_at    timestamptz
);
create index api_token_agent on api_token (agent_id, id desc) where revoked_at is null;
create index api_token_newest on api_token (id desc) where revoked_at is null;

-- What was answered to a request that sends, for 24 hours; answer is null while it is being carried out.
create table idempotency (
    agent_id     bigint not null references agent (id),
    key          text not null,
    fingerprint  bytea not null,                   -- SHA-256 of method, path and body
    status       integer,
    answer       bytea,
    created_at   timestamptz not null default now(),
    primary key (agent_id, key)
);
create index idempotency_age on idempotency using brin (created_at);

create table webhook (
    id              bigint generated always as identity primary key,
    name            text not null,
    url             text not null,
    events          text[] not null,
    secret          bytea,                         -- sealed, see hub/secrets.py
    state           text not null default 'active' check (state in ('active', 'paused')),
    reason          text not null default '',      -- why it was paused
    failures        integer not null default 0,    -- in a row
    failing_since   timestamptz,
    try_at          timestamptz,                   -- until then nothing is tried: it failed again and again
    last_success_at timestamptz,
    created_by      bigint references agent (id),
    created_at      timestamptz not null default now(),
    removed_at      timestamptz
);

-- How far the feed was turned into webhook events; one line for all hubs of the installation.
create table webhook_cursor (
    only_row  boolean primary key default true check (only_row),
    position  text not null default ''
);
insert into webhook_cursor default values;

-- What happened, once, with the content that every receiver gets. `dedupe` makes reading the feed twice harmless.
create table webhook_event (
    id               bigint generated always as identity primary key,
    type             text not null,
    dedupe           text not null unique,
    conversation_id  bigint,
    data             bytea not null,               -- JSON
    created_at       timestamptz not null default now()
);
create index webhook_event_age on webhook_event (created_at);

create table webhook_delivery (
    id               bigint generated always as identity primary key,
    webhook_id       bigint not null references webhook (id),
    event_id         bigint not null references webhook_event (id) on delete cascade,
    state            text not null default 'pending' check (state in ('pending', 'delivered', 'failed')),
    attempts         integer not null default 0,
    status           integer,                      -- of the last answer
    error            text not null default '',
    seconds          real,
    queued_at        timestamptz not null default now(),   -- resending begins the three days anew
    last_attempt_at  timestamptz,
    unique (webhook_id, event_id)
);
create index webhook_delivery_newest on webhook_delivery (webhook_id, id desc);
create index webhook_delivery_event on webhook_delivery (event_id);
