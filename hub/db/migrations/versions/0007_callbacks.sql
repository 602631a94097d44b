-- Callbacks: customers who want to be called, and the queues in which they wait.

create table callback_queue (
    id                bigint generated always as identity primary key,
    version           bigint not null default 1,
    name              text not null,
    state             text not null default 'active' check (state in ('active', 'paused')),
    phone_channel_id  bigint references channel (id),     -- null: nobody can be called yet
    sms_channel_id    bigint references channel (id),
    hours_id          bigint references hours (id),       -- null: always open
    time_zone         text not null,
    legal             jsonb not null,                     -- {"days": ["mon", …], "opens": "08:00", "closes": "20:00"}
    mode              text not null check (mode in ('agent_first', 'customer_first')),
    capacity          integer not null check (capacity between 1 and 1000),
    calls_per_second  double precision not null check (calls_per_second > 0),
    most_waiting      integer not null,
    wrap_up_seconds   integer not null,
    keep_days         integer not null,
    web_form          boolean not null,
    missed_calls      boolean not null,
    dispositions      jsonb not null default '[]',
    agent_ids         bigint[] not null default '{}',     -- empty: everybody
    language          text not null,
    scripts           jsonb not null default '{}',        -- {"en": {"offer": "…", …}, …}
    next_call_at      timestamptz not null default '-infinity',  -- not sooner, at so many calls a second
    created_at        timestamptz not null default now(),
    updated_at        timestamptz not null default now()
);
create index callback_queue_phone on callback_queue (phone_channel_id) where phone_channel_id is not null;
create index callback_queue_hours on callback_queue (hours_id) where hours_id is not null;

create table callback (
    id                  bigint generated always as identity primary key,
    version             bigint not null default 1,
    queue_id            bigint not null references callback_queue (id),
    identity_id         bigint not null references identity (id),
    number              text not null,                    -- E.164
    name                text not null default '',
    reason              text not null default '',
    language            text not null,
    source              text not null,
    requested_at        timestamptz not null,
    window_start        timestamptz,
    window_end          timestamptz,
    time_zone           text not null,                    -- the customer's
    priority            integer not null default 0,       -- the higher the sooner
    place               timestamptz not null,             -- since when they wait
    preferred_agent_id  bigint references agent (id),
    conversation_id     bigint not null references conversation (id),
    entry_id            bigint not null unique references entry (id),
    disposition         text not null default '',
    notes               text not null default '',
    manage_hash         bytea not null unique,            -- SHA-256 of the token in the customer's link

    state               text not null,
    since               timestamptz not null,
    deadline            timestamptz,                      -- null at the end alone
    expires_at          timestamptz not null,
    due_at              timestamptz,
    retries             integer not null default 0,
    calls               integer not null default 0,
    agent_id            bigint references agent (id),
    call_id             bigint references call (id),
    tried               bigint[] not null default '{}',   -- agents who did not take it in this round
    ending              boolean not null default false,   -- its call was told to end
    left_message        boolean not null default false,
    customer_there      boolean not null default false,
    outcome             text not null default '',
    ended_at            timestamptz,
    check ((deadline is null) = (state in ('done', 'expired', 'canceled', 'voicemail_left'))),
    check ((ended_at is null) = (deadline is not null))
);
create unique index callback_open_number on callback (queue_id, number) where deadline is not null;
create index callback_turn on callback (priority desc, place, id) where state = 'due';
create index callback_waiting on callback (queue_id, priority desc, place, id) where deadline is not null;
create index callback_deadline on callback (deadline) where deadline is not null;
create index callback_agent on callback (agent_id) where agent_id is not null and deadline is not null;
create index callback_identity on callback (identity_id, id desc);
create index callback_ended on callback (ended_at desc, id desc) where deadline is null;
create index callback_ended_of_queue on callback (queue_id, ended_at desc, id desc) where deadline is null;

-- Each try to have somebody called: an agent, and perhaps the customer.
create table callback_attempt (
    callback_id  bigint not null references callback (id),
    number       integer not null,
    agent_id     bigint references agent (id),
    call_id      bigint references call (id),
    started_at   timestamptz not null,
    talked_at    timestamptz,                             -- since when both talk
    ended_at     timestamptz,
    result       text,                                    -- null while it goes on
    primary key (callback_id, number)
);

-- A number whose owner has yet to type the code that was sent to it. Token and code are stored as hashes only.
create table phone_verification (
    token_hash  bytea primary key,
    queue_id    bigint not null references callback_queue (id),
    number      text not null,
    code_hash   bytea not null,
    name        text not null,
    reason      text not null,
    language    text not null,
    tries_left  integer not null default 5,
    created_at  timestamptz not null default now(),
    expires_at  timestamptz not null,
    confirmed_at timestamptz,
    used_at     timestamptz
);
create index phone_verification_number on phone_verification (number, created_at);
create index phone_verification_queue on phone_verification (queue_id, created_at);
create index phone_verification_age on phone_verification (expires_at);
