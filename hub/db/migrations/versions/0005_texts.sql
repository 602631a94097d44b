-- Texts: files that still lie with a provider, opt-out and opt-in, and who suppressed an address.

create table remote_file (
    id             bigint generated always as identity primary key,
    entry_id       bigint not null references entry (id),
    channel_id     bigint not null references channel (id),
    key            text not null,                      -- the provider's own id
    url            text not null,
    content_type   text not null,
    filename       text not null,
    size           bigint,                             -- null: unknown until it was fetched
    state          text not null default 'waiting' check (state in ('waiting', 'stored', 'gone')),
    reason         text not null default '',
    attempts       integer not null default 0,
    attachment_id  bigint references attachment (id),
    forgotten_at   timestamptz,                        -- deleted at the provider
    since          timestamptz not null default now(), -- when it was asked for, the first time or again
    unique (channel_id, key)
);
create index remote_file_pending on remote_file (entry_id, id) where state <> 'stored';
create index remote_file_waiting on remote_file (since) where state = 'waiting';

-- The last word of a person on whether they want messages on a channel.
create table consent (
    identity_id  bigint not null references identity (id),
    channel_id   bigint not null references channel (id),
    word         text not null check (word in ('stop', 'start')),
    at           timestamptz not null,                 -- when they said it: an older word that comes later changes nothing
    primary key (identity_id, channel_id)
);

-- Null: the person themselves, or the provider.
alter table suppression add column agent_id bigint references agent (id);
alter table suppression add column lifted_by bigint references agent (id);
