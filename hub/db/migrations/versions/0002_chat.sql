-- What one person may see of what was said with them, in the one order in which it became visible to them.
create table transcript (
    identity_id  bigint primary key references identity (id),
    head         bigint not null default 0              -- the newest seq; locked while one is given
);
create table transcript_item (
    identity_id  bigint not null references transcript (identity_id),
    seq          bigint not null,                       -- from 1, gapless, never changed
    entry_id     bigint not null references entry (id),
    primary key (identity_id, seq),
    unique (identity_id, entry_id)
);

-- Files that a person gave before the message that they belong to.
create table upload (
    id            text primary key,
    channel_id    bigint not null references channel (id),
    address       text not null,
    blob_hash     bytea not null references blob (hash),
    filename      text not null,
    content_type  text not null,
    size          bigint not null,
    created_at    timestamptz not null default now()
);

-- Addresses that somebody said were theirs too, and nobody has vouched for.
create table claim (
    identity_id  bigint not null references identity (id),
    kind         text not null,
    address      text not null,
    raw_id       bigint references raw (id),
    at           timestamptz not null default now(),
    primary key (identity_id, kind, address)
);
create index claim_address on claim (kind, address);

-- The mail that carried an answer on which nobody had read.
alter table delivery add column continued_by bigint references entry (id);
