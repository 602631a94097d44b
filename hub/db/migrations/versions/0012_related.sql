-- What belongs together: conversations joined and parted, side conversations, links, tasks, companies.

-- A conversation that was joined to another stands in no list: the one at the end of the joins, its leader, stands for
-- all of them, and is what its merged_into_id names. Its entries stay where they are.
alter table conversation add column split_from_id bigint references conversation (id);
alter table conversation add column side_of_id bigint references conversation (id);
create index conversation_split on conversation (split_from_id) where split_from_id is not null;
create index conversation_side on conversation (side_of_id, id) where side_of_id is not null;

-- The joins themselves, each from one conversation into another; leaders follow from those that stand.
create table conversation_merge (
    id         bigint generated always as identity primary key,
    from_id    bigint not null references conversation (id),
    into_id    bigint not null references conversation (id),
    after_id   bigint not null,                    -- the entry of the leader that says so: what is newer came later
    reopened   boolean not null,                   -- the leader was resolved, and is open because of it
    agent_id   bigint references agent (id),
    at         timestamptz not null default now(),
    undone_at  timestamptz,
    undone_by  bigint references agent (id)
);
create unique index conversation_merge_from on conversation_merge (from_id) where undone_at is null;
create index conversation_merge_into on conversation_merge (into_id) where undone_at is null;

-- Entries that were cut off into a conversation of their own.
create table conversation_cut (
    id          bigint generated always as identity primary key,
    from_id     bigint not null references conversation (id),
    into_id     bigint not null unique references conversation (id),
    entry_id    bigint not null references entry (id),     -- the first that was cut off
    agent_id    bigint references agent (id),
    at          timestamptz not null default now(),
    undone_at   timestamptz,
    undone_by   bigint references agent (id)
);
create index conversation_cut_from on conversation_cut (from_id);

-- Which conversation is shown with which: what was joined to another, and what was cut off and put back.
create view conversation_edge as
    select from_id, into_id, after_id from conversation_merge where undone_at is null
    union all
    select into_id, from_id, 0 from conversation_cut where undone_at is not null;

create table conversation_link (
    id        bigint generated always as identity primary key,
    from_id   bigint not null references conversation (id),
    to_id     bigint not null references conversation (id),
    kind      text not null check (kind in ('related', 'duplicate', 'causes')),
    agent_id  bigint references agent (id),
    at        timestamptz not null default now(),
    check (from_id <> to_id)
);
create unique index conversation_link_pair on conversation_link (least(from_id, to_id), greatest(from_id, to_id));
create index conversation_link_from on conversation_link (from_id);
create index conversation_link_to on conversation_link (to_id);

-- A task hangs on an identity, as entries do: it follows when customers are merged and parted.
create table task (
    id               bigint generated always as identity primary key,
    version          bigint not null default 1,
    identity_id      bigint not null references identity (id),
    conversation_id  bigint references conversation (id),
    entry_id         bigint references entry (id),         -- what it came from
    text             text not null,
    due_at           timestamptz,
    assignee_id      bigint references agent (id),
    agent_id         bigint references agent (id),         -- who wrote it down
    created_at       timestamptz not null default now(),
    done_at          timestamptz,
    done_by          bigint references agent (id),
    deleted_at       timestamptz
);
create index task_identity on task (identity_id, id desc) where deleted_at is null;
create index task_conversation on task (conversation_id) where conversation_id is not null;
create index task_open on task (assignee_id, id desc) where done_at is null and deleted_at is null;

create table company (
    id          bigint generated always as identity primary key,
    version     bigint not null default 1,
    name        text not null,
    domains     text[] not null default '{}',               -- of its mail addresses, in lower case
    created_at  timestamptz not null default now(),
    demo        boolean not null default false
);
create index company_name on company using gin (lower(name) gin_trgm_ops);
create index company_domain on company using gin (domains);
alter table customer add column company_id bigint references company (id);
create index customer_company on customer (company_id, id desc) where company_id is not null;

create index entry_also_entry on entry_also (entry_id);
