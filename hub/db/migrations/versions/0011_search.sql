-- Search: what every entry, file and customer says, as words. All of it is made of other tables and can be made again;
-- so nothing here refers to them by key, and nobody who writes a message waits for it.

create table search_document (
    entry_id         bigint not null,
    attachment_id    bigint not null default 0,     -- 0: the entry itself
    conversation_id  bigint not null,
    occurred_at      timestamptz not null,
    digest           bigint not null,               -- of the words: what has not changed is not written again
    words            tsvector not null,             -- see hub/search/document.py
    primary key (entry_id, attachment_id)
);
-- The newest are looked through one by one: their words stand in the row, and not beside it.
alter table search_document alter column words set storage external;
alter table search_document set (toast_tuple_target = 8160);
create index search_document_newest on search_document (occurred_at desc, entry_id desc, attachment_id desc);
create index search_document_conversation on search_document (conversation_id, occurred_at desc);
create index search_document_words on search_document using gin (words) with (fastupdate = on, gin_pending_list_limit = 256);

create table search_customer (
    customer_id  bigint primary key,
    digest       bigint not null,
    words        tsvector not null
);
create index search_customer_words on search_customer using gin (words);

-- Words of names and subjects, to say "did you mean".
create table search_word (
    word  text primary key
);
create index search_word_alike on search_word using gin (word gin_trgm_ops);

-- What was read out of files, once for each content however often it was sent.
create table search_file (
    blob_hash    bytea primary key,
    filename     text not null,
    content_type text not null,
    size         bigint not null,
    state        text not null default 'waiting' check (state in ('waiting', 'read', 'nothing', 'failed')),
    reason       text not null default '',
    text         text not null default '',
    indexed      boolean not null default false,   -- the text stands in the documents
    attempts     integer not null default 0,
    try_at       timestamptz not null default now(),
    since        timestamptz not null default now()
);
create index search_file_waiting on search_file (try_at) where state = 'waiting';
create index search_file_read on search_file (blob_hash) where state = 'read' and not indexed;
create index search_file_reason on search_file (reason) where reason <> '';

-- How far the index came: in the feed, and downwards through what was there before. Null: there is nothing left.
create table search_progress (
    only_row          boolean primary key default true check (only_row),
    position          text not null default '',
    entries_below     bigint default 9223372036854775807,
    customers_below   bigint default 9223372036854775807
);
insert into search_progress default values;
