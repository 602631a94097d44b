-- Times are timestamptz. States and kinds are text: a connector or a feature brings new ones without a migration.
-- History is never deleted by cascade: channels and customers are archived or merged, not dropped.

create extension if not exists pg_trgm;

-- One row of facts about this database. `epoch` changes when a backup is restored: feed positions of before are void.
create table installation (
    only_row       boolean primary key default true check (only_row),
    epoch          uuid not null default gen_random_uuid(),
    event_horizon  xid8 not null default '0',     -- events of older transactions were pruned
    created_at     timestamptz not null default now(),
    demo           boolean not null default false
);
insert into installation default values;

-- Desk -----------------------------------------------------------------------------------------------------------------

create table agent (
    id             bigint generated always as identity primary key,
    email          text not null,
    name           text not null,
    role           text not null check (role in ('agent', 'administrator')),
    password_hash  text,
    signature      text not null default '',
    locale         text not null default 'en',
    theme          text not null default 'system',
    created_at     timestamptz not null default now(),
    disabled_at    timestamptz
);
create unique index agent_email on agent (lower(email));

-- Tokens are stored as SHA-256 only.
create table agent_session (
    token_hash    bytea primary key,
    agent_id      bigint not null references agent (id),
    csrf          text not null,
    created_at    timestamptz not null default now(),
    expires_at    timestamptz not null,
    last_seen_at  timestamptz not null default now(),
    user_agent    text not null default ''
);
create index agent_session_agent on agent_session (agent_id);

create table invite (
    token_hash  bytea primary key,
    purpose     text not null check (purpose in ('first_administrator', 'agent', 'password')),
    agent_id    bigint references agent (id),
    created_at  timestamptz not null default now(),
    expires_at  timestamptz not null,
    used_at     timestamptz
);

-- Who did what to the configuration and to accounts: append only.
create table audit (
    id        bigint generated always as identity primary key,
    at        timestamptz not null default now(),
    agent_id  bigint references agent (id),
    action    text not null,
    subject   text not null,
    data      jsonb not null default '{}'
);

-- Channels -------------------------------------------------------------------------------------------------------------

create table channel (
    id             bigint generated always as identity primary key,
    kind           text not null,
    name           text not null,
    own_address    text not null default '',
    settings       jsonb not null default '{}',
    secrets        bytea,                       -- sealed JSON object, see hub/secrets.py
    state          text not null default 'active' check (state in ('active', 'paused', 'archived')),
    version        bigint not null default 1,
    cursor         jsonb not null default '{}',
    oauth_account  text,
    oauth_expires  timestamptz,
    health         text not null default 'starting',
    health_since   timestamptz not null default now(),
    health_reason  text not null default '',
    health_step    text not null default '',
    lease_owner    text,
    lease_until    timestamptz,
    lease_token    bigint not null default 0,   -- fencing: an owner that lost its lease cannot move the cursor
    last_in_at     timestamptz,
    last_out_at    timestamptz,
    demo           boolean not null default false,
    created_at     timestamptz not null default now(),
    updated_at     timestamptz not null default now()
);

-- A running OAuth consent: the `state` parameter is stored as SHA-256, the PKCE verifier sealed.
create table oauth_consent (
    state_hash  bytea primary key,
    channel_id  bigint not null references channel (id),
    agent_id    bigint not null references agent (id),
    verifier    bytea not null,
    expires_at  timestamptz not null
);

-- People ---------------------------------------------------------------------------------------------------------------

create table customer (
    id           bigint generated always as identity primary key,
    name         text not null default '',
    attributes   jsonb not null default '{}',
    version      bigint not null default 1,
    merged_into  bigint references customer (id),
    demo         boolean not null default false,
    created_at   timestamptz not null default now()
);
create index customer_name on customer using gin (lower(name) gin_trgm_ops);
create index customer_merged on customer (merged_into) where merged_into is not null;

create table identity (
    id           bigint generated always as identity primary key,
    kind         text not null,
    address      text not null,                 -- normalised by the connector: one spelling
    shown        text not null default '',      -- as it was first written
    name         text not null default '',
    verified_at  timestamptz,
    created_at   timestamptz not null default now()
);
create unique index identity_address on identity (kind, address);
create index identity_search on identity using gin (address gin_trgm_ops);
create index identity_name on identity (lower(name)) where name <> '';

-- Which customer an identity belongs to, and since when. Merge and unmerge change rows here and nowhere else.
create table identity_link (
    id           bigint generated always as identity primary key,
    identity_id  bigint not null references identity (id),
    customer_id  bigint not null references customer (id),
    since        timestamptz not null default now(),
    until        timestamptz,
    reason       text not null default 'new',
    merge_id     bigint,
    agent_id     bigint references agent (id)
);
create unique index identity_link_current on identity_link (identity_id) include (customer_id) where until is null;
create index identity_link_customer on identity_link (customer_id) include (identity_id) where until is null;
create index identity_link_history on identity_link (identity_id, id);

create table merge (
    id         bigint generated always as identity primary key,
    from_id    bigint not null references customer (id),
    into_id    bigint not null references customer (id),
    agent_id   bigint references agent (id),
    at         timestamptz not null default now(),
    undone_at  timestamptz,
    undone_by  bigint references agent (id)
);
create index merge_into on merge (into_id);
create index merge_from on merge (from_id);
alter table identity_link add foreign key (merge_id) references merge (id);

-- "These two are not the same person", said by an agent; low_id < high_id.
create table suggestion_dismissed (
    low_id    bigint not null references customer (id),
    high_id   bigint not null references customer (id),
    agent_id  bigint references agent (id),
    at        timestamptz not null default now(),
    primary key (low_id, high_id)
);

create table suppression (
    id           bigint generated always as identity primary key,
    identity_id  bigint not null references identity (id),
    channel_id   bigint references channel (id),    -- null: on every channel
    reason       text not null,
    since        timestamptz not null default now(),
    until        timestamptz
);
create unique index suppression_current on suppression (identity_id, coalesce(channel_id, 0)) where until is null;
create index suppression_newest on suppression (id desc) where until is null;

-- The raw ledger -------------------------------------------------------------------------------------------------------

create table blob (
    hash        bytea primary key,              -- SHA-256 of the content; the bytes lie in the attachment store
    size        bigint not null,
    created_at  timestamptz not null default now()
);

create table raw (
    id            bigint generated always as identity primary key,
    channel_id    bigint not null references channel (id),
    source_key    text not null,                -- the provider's own id
    content_hash  bytea not null,
    content       bytea,                        -- null: large, in the attachment store under content_hash
    size          bigint not null,
    hint          jsonb not null default '{}',
    received_at   timestamptz not null,
    stored_at     timestamptz not null default now(),
    state         text not null check (state in ('stored', 'quarantined', 'ignored')),
    reason        text not null default '',
    attempts      integer not null default 1
);
do $$ begin                                     -- cheaper than the default, where the server was built with it
    alter table raw alter column content set compression lz4;
exception when feature_not_supported then null;
end $$;
create unique index raw_source on raw (channel_id, source_key);
create unique index raw_content on raw (channel_id, content_hash);
create index raw_day on raw (channel_id, stored_at) include (state);
create index raw_quarantine on raw (id) where state = 'quarantined';

-- One timeline ---------------------------------------------------------------------------------------------------------

create table conversation (
    id               bigint generated always as identity primary key,
    channel_id       bigint not null references channel (id),
    identity_id      bigint not null references identity (id),   -- whose timeline it is on
    subject          text not null default '',
    state            text not null default 'open' check (state in ('open', 'resolved')),
    assignee_id      bigint references agent (id),
    seq              integer not null default 0,                 -- of its newest entry; gapless
    version          bigint not null default 1,
    last_entry_id    bigint not null default 0,
    last_entry_at    timestamptz not null default now(),
    last_in_id       bigint not null default 0,                  -- newest entry by a customer
    last_direction   text not null default 'in',
    preview          text not null default '',
    waiting_since    timestamptz,                                -- oldest customer message without an answer
    delivery_problem boolean not null default false,
    automatic        boolean not null default false,
    related_id       bigint references conversation (id),        -- a stranger quoted it: "possibly related"
    created_at       timestamptz not null default now(),
    resolved_at      timestamptz
);
create index conversation_state on conversation (state, last_entry_at desc, id desc);
create index conversation_assignee on conversation (assignee_id, state, last_entry_at desc, id desc);
create index conversation_unassigned on conversation (last_entry_at desc, id desc) where assignee_id is null and state = 'open';
create index conversation_open on conversation (channel_id, identity_id, last_entry_at desc) where state = 'open';
create index conversation_identity on conversation (identity_id, last_entry_at desc);

-- Who may join by quoting a reference or a token.
create table participant (
    conversation_id  bigint not null references conversation (id),
    identity_id      bigint not null references identity (id),
    role             text not null default 'customer',
    primary key (conversation_id, identity_id)
);
create index participant_identity on participant (identity_id);

create table entry (
    id                  bigint generated by default as identity primary key,
    conversation_id     bigint not null references conversation (id),
    identity_id         bigint not null references identity (id),  -- whose timeline
    seq                 integer not null,
    version             bigint not null default 1,
    kind                text not null,
    direction           text not null check (direction in ('in', 'out', 'internal')),
    occurred_at         timestamptz not null,
    created_at          timestamptz not null default now(),
    channel_id          bigint references channel (id),
    raw_id              bigint references raw (id),
    author_agent_id     bigint references agent (id),
    author_identity_id  bigint references identity (id),
    subject             text not null default '',
    text                text not null default '',
    automatic           text not null default 'no',
    has_more_text       boolean not null default false,
    has_html            boolean not null default false,
    remote_images       integer not null default 0,
    attachment_count    integer not null default 0,
    recipients          jsonb not null default '[]',
    data                jsonb not null default '{}',
    idempotency_key     text
);
create index entry_timeline on entry (identity_id, occurred_at desc, id desc);
create unique index entry_seq on entry (conversation_id, seq);
create unique index entry_idempotency on entry (conversation_id, idempotency_key) where idempotency_key is not null;

-- Entries that also belong on the timeline of somebody other than the conversation's owner (a colleague in Cc who wrote).
create table entry_also (
    identity_id  bigint not null references identity (id),
    occurred_at  timestamptz not null,
    entry_id     bigint not null references entry (id),
    primary key (identity_id, occurred_at, entry_id)
);

-- What is only read when somebody asks for it.
create table entry_body (
    entry_id   bigint primary key references entry (id),
    full_text  text not null default '',
    html       text not null default ''          -- sanitised before it is stored
);

create table attachment (
    id            bigint generated always as identity primary key,
    entry_id      bigint references entry (id),   -- null: uploaded, not yet on a message
    position      integer not null default 0,
    blob_hash     bytea not null references blob (hash),
    filename      text not null,
    content_type  text not null,
    size          bigint not null,
    inline        boolean not null default false,
    cid           text not null default '',
    note          text not null default '',
    uploaded_by   bigint references agent (id),
    created_at    timestamptz not null default now()
);
create index attachment_entry on attachment (entry_id, position);
create index attachment_unused on attachment (created_at) where entry_id is null;
create index attachment_blob on attachment (blob_hash);

-- Every id that a message of the conversation carries (own) or refers to, as SHA-256 of the whole id.
create table message_reference (
    hash             bytea not null,
    conversation_id  bigint not null references conversation (id),
    entry_id         bigint not null references entry (id),
    own              boolean not null,            -- entry_id carries it; otherwise it is the first to refer to it
    primary key (hash, conversation_id)
);

create table conversation_seen (
    conversation_id  bigint not null references conversation (id),
    agent_id         bigint not null references agent (id),
    entry_id         bigint not null,
    at               timestamptz not null default now(),
    primary key (conversation_id, agent_id)
);

-- Outbox ---------------------------------------------------------------------------------------------------------------

create table delivery (
    entry_id     bigint primary key references entry (id),
    channel_id   bigint not null references channel (id),
    identity_id  bigint not null references identity (id),
    address      text not null,
    reference    text not null,                  -- thread reference, fixed before the first attempt
    token        text not null,                  -- the conversation's reply token
    state        text not null default 'queued',
    attempts     integer not null default 0,
    provider_id  text not null default '',
    code         text not null default '',
    reason       text not null default '',
    since        timestamptz not null default now(),
    deadline     timestamptz                     -- null only in a final state
);
create index delivery_deadline on delivery (deadline) where deadline is not null;
create index delivery_provider on delivery (channel_id, provider_id) where provider_id <> '';
create index delivery_reference on delivery (reference);
create index delivery_day on delivery (channel_id, since) include (state);

create table delivery_recipient (
    entry_id  bigint not null references entry (id),
    address   text not null,
    state     text not null,
    code      text not null default '',
    reason    text not null default '',
    since     timestamptz not null default now(),
    primary key (entry_id, address)
);

-- Written before the provider is called; the outcome is written after it. Append and complete, never delete.
create table delivery_attempt (
    token        text primary key,
    entry_id     bigint not null references entry (id),
    number       integer not null,
    started_at   timestamptz not null default now(),
    finished_at  timestamptz,
    outcome      text,                           -- sent, transient, rate, ambiguous, auth, template, permanent, suppress
    code         text not null default '',
    reason       text not null default '',
    unique (entry_id, number)
);

-- Every status ever heard of, in the order of arrival; the delivery's state only climbs.
create table delivery_status (
    id           bigint generated always as identity primary key,
    entry_id     bigint not null references entry (id),
    state        text not null,
    recipient    text not null default '',
    code         text not null default '',
    reason       text not null default '',
    occurred_at  timestamptz not null,
    raw_id       bigint references raw (id),
    at           timestamptz not null default now()
);
create index delivery_status_entry on delivery_status (entry_id);

-- Jobs -----------------------------------------------------------------------------------------------------------------

create table job (
    id            bigint generated always as identity primary key,
    kind          text not null,
    key           text not null default '',      -- jobs of one key run one after the other, in order of their ids
    dedupe_key    text,
    channel_id    bigint references channel (id),  -- run by the hub that holds this channel's session
    payload       jsonb not null default '{}',
    state         text not null default 'ready' check (state in ('ready', 'running', 'dead')),
    run_at        timestamptz not null default now(),
    attempts      integer not null default 0,
    max_attempts  integer not null default 20,
    lease_until   timestamptz,
    lease_token   bigint not null default 0,
    worker        text,
    last_error    text not null default '',
    created_at    timestamptz not null default now()
);
create index job_due on job (run_at, id) where state = 'ready';
create index job_channel on job (channel_id, id) where channel_id is not null and state = 'ready';
create index job_key on job (key, id) where key <> '' and state <> 'dead';
create index job_lease on job (lease_until) where state = 'running';
create unique index job_dedupe on job (kind, dedupe_key) where dedupe_key is not null and state <> 'dead';

-- Events ---------------------------------------------------------------------------------------------------------------

-- The feed's position is (xid, id): readers take only rows of transactions older than every one in progress, so that
-- one that commits late is never skipped. Rows name what changed; readers load its present state.
create table event (
    xid              xid8 not null default pg_current_xact_id(),
    id               bigint generated always as identity,
    kind             text not null,               -- entry, conversation, customer, channel, agent
    subject_id       bigint not null,
    conversation_id  bigint,
    at               timestamptz not null default now(),
    primary key (xid, id)
);
create index event_at on event using brin (at);
