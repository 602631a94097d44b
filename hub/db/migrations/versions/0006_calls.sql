-- Telephone calls: each is an entry on the customer's timeline, and has a leg for each telephone that takes part.

create table call (
    id                bigint generated always as identity primary key,
    version           bigint not null default 1,
    channel_id        bigint not null references channel (id),
    conversation_id   bigint not null references conversation (id),
    identity_id       bigint not null references identity (id),
    entry_id          bigint not null unique references entry (id),
    room              text not null unique,
    direction         text not null check (direction in ('in', 'out')),
    stage             text not null,               -- where the hub leads it; "over" is the last
    state             text not null,               -- as people are shown it
    first             text not null default 'agent' check (first in ('agent', 'customer')),
    customer_kind     text not null,
    customer_address  text not null,
    language          text not null,
    callback_id       bigint,                      -- the callback that it is made for
    callback_wanted   boolean not null default false,
    opening_text      text not null default '',    -- what a caller hears first
    closing_text      text not null default '',
    whisper           text not null default '',
    machine_text      text not null default '',
    record            text not null default 'off' check (record in ('off', 'announce', 'ask')),
    consent           text not null default '',
    recording_paused  boolean not null default false,
    recorded          boolean not null default false,
    voicemail         boolean not null default false,
    transferred       boolean not null default false,
    started_at        timestamptz not null,
    answered_at       timestamptz,
    ended_at          timestamptz,
    waited_seconds    integer not null default 0,
    talk_seconds      integer not null default 0,
    held_since        timestamptz,
    held_seconds      integer not null default 0,
    transcript        text not null default '',
    disposition       text not null default '',
    notes             text not null default ''
);
create index call_open on call (started_at, id) where stage <> 'over';
create index call_callback on call (callback_id) where callback_id is not null;

-- A telephone, called once. What is told of it only adds to the row, so that no order of the news matters.
create table call_leg (
    id              bigint generated always as identity primary key,
    call_id         bigint not null references call (id),
    channel_id      bigint not null references channel (id),
    token           text not null unique,          -- names this one attempt to call it, for ever
    number          integer not null,
    role            text not null check (role in ('customer', 'agent')),
    agent_id        bigint references agent (id),
    to_kind         text not null,
    to_address      text not null,
    ring_seconds    integer not null default 25,
    detect_machine  boolean not null default false,
    provider_id     text not null default '',
    state           text not null default 'dialing',
    started_at      timestamptz not null,
    answered_at     timestamptz,
    accepted_at     timestamptz,                   -- the agent pressed the key; the customer is a person
    declined        boolean not null default false,
    waited          boolean not null default false, -- heard the queue's greeting
    joined_at       timestamptz,                   -- the room, for the first time
    last_joined_at  timestamptz,
    left_at         timestamptz,                   -- the room, for the last time
    ended_at        timestamptz,
    machine         boolean,
    seconds         integer,
    reason          text not null default '',
    told            text not null default '',      -- what it was last led to
    attempt         text not null default '',      -- the run that has called the provider, written before it did
    attempted_at    timestamptz,
    asks            integer not null default 0,    -- how often the provider was asked whether it calls it
    heard_at        timestamptz not null default now(),  -- or last looked at
    unique (call_id, role, number)
);
create unique index call_leg_provider on call_leg (channel_id, provider_id) where provider_id <> '';
create index call_leg_open on call_leg (heard_at)
    where state in ('dialing', 'ringing', 'answered');
create index call_leg_agent on call_leg (agent_id)
    where agent_id is not null and state in ('dialing', 'ringing', 'answered');

create table agent_device (
    agent_id  bigint primary key references agent (id),
    kind      text not null check (kind in ('phone', 'sip')),
    address   text not null
);

create table agent_state (
    agent_id       bigint primary key references agent (id),
    availability   text not null default 'away' check (availability in ('available', 'busy', 'away')),
    since          timestamptz not null default now(),
    capacity       integer not null default 1 check (capacity between 0 and 20),
    wrap_up_until  timestamptz,
    idle_since     timestamptz not null default now()  -- who has waited longest gets the next call
);
