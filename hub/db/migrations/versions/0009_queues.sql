-- Queues: who should look at a conversation, when and how soon; views that find it; changes of many at once.

create table team (
    id           bigint generated always as identity primary key,
    name         text not null,
    demo         boolean not null default false,
    created_at   timestamptz not null default now(),
    archived_at  timestamptz
);
create unique index team_name on team (lower(name)) where archived_at is null;

create table team_member (
    team_id   bigint not null references team (id),
    agent_id  bigint not null references agent (id),
    primary key (team_id, agent_id)
);
create index team_member_agent on team_member (agent_id);

create table label (
    id           bigint generated always as identity primary key,
    name         text not null,
    tint         smallint not null check (tint between 1 and 8),
    demo         boolean not null default false,
    created_at   timestamptz not null default now(),
    archived_at  timestamptz
);
create unique index label_name on label (lower(name)) where archived_at is null;

-- What a company wants to know of its customers and conversations besides what everybody does.
create table custom_field (
    id           bigint generated always as identity primary key,
    noun         text not null check (noun in ('customer', 'conversation')),
    key          text not null,                     -- in customer.attributes and conversation.fields
    label        text not null,
    type         text not null check (type in ('text', 'number', 'boolean', 'date', 'choice', 'url')),
    choices      jsonb not null default '[]',
    demo         boolean not null default false,
    created_at   timestamptz not null default now(),
    archived_at  timestamptz,
    unique (noun, key)
);

-- Labels and followers stand on the row itself: every list shows them, and neither is ever deleted.
alter table conversation
    add column priority        smallint not null default 3 check (priority between 1 and 4),  -- urgent, high, normal, low
    add column team_id         bigint references team (id),
    add column snoozed         boolean not null default false,
    add column snoozed_until   timestamptz,         -- null while snoozed: until the customer writes
    add column label_ids       bigint[] not null default '{}',
    add column follower_ids    bigint[] not null default '{}',
    add column fields          jsonb not null default '{}',
    add column merged_into_id  bigint references conversation (id),
    add check (snoozed or snoozed_until is null),
    add check (state = 'open' or not snoozed);

-- A list is one state (open, snoozed, resolved) read in one order; the other filters pick from it as it is read.
drop index conversation_state, conversation_assignee, conversation_unassigned;
create index conversation_state on conversation (state, snoozed, last_entry_at desc, id desc);
create index conversation_priority on conversation (state, snoozed, priority, coalesce(waiting_since, 'infinity'), id);
create index conversation_assignee on conversation (assignee_id, state, snoozed, last_entry_at desc, id desc);
create index conversation_team on conversation (team_id, state, snoozed, last_entry_at desc, id desc)
    where team_id is not null;
create index conversation_follower on conversation using gin (follower_ids) where follower_ids <> '{}';
create index conversation_label on conversation using gin (label_ids) where label_ids <> '{}';
create index conversation_wake on conversation (snoozed_until) where snoozed_until is not null;
create index conversation_merged on conversation (merged_into_id) where merged_into_id is not null;

create table saved_view (
    id          bigint generated always as identity primary key,
    owner_id    bigint references agent (id),       -- null: the demo's
    name        text not null,
    icon        text not null default '',
    shared      boolean not null default false,
    position    integer not null default 0,
    filter      jsonb not null,
    sort        text not null,
    demo        boolean not null default false,
    created_at  timestamptz not null default now()
);
create index saved_view_owner on saved_view (owner_id);

-- One change of many conversations, done in portions by a job; its items remember what stood there before.
create table bulk_change (
    id           bigint generated always as identity primary key,
    agent_id     bigint not null references agent (id),
    change       jsonb not null,
    state        text not null default 'running' check (state in ('running', 'done', 'undoing', 'undone')),
    total        integer not null,
    done         integer not null default 0,
    failed       integer not null default 0,
    created_at   timestamptz not null default now(),
    finished_at  timestamptz
);
create index bulk_change_agent on bulk_change (agent_id, id desc);
create index bulk_change_age on bulk_change (created_at);

create table bulk_item (
    bulk_id          bigint not null references bulk_change (id) on delete cascade,
    conversation_id  bigint not null references conversation (id),
    state            text not null default 'waiting' check (state in ('waiting', 'done', 'failed', 'undone')),
    before           jsonb not null default '{}',
    after            jsonb not null default '{}',
    reason           text not null default '',      -- why it failed
    primary key (bulk_id, conversation_id)
);
create index bulk_item_conversation on bulk_item (conversation_id);
