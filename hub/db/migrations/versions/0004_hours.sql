-- Business hours and holidays.

create table hours (
    id           bigint generated always as identity primary key,
    name         text not null,
    time_zone    text not null,
    weekly       jsonb not null default '{}',      -- {"mon": [["09:00", "17:00"], …], …}
    exceptions   jsonb not null default '[]',      -- [{"day": "2026-12-24", "name": "…", "open": [["09:00", "12:00"]]}, …]
    country      text not null default '',         -- whose public holidays are closed days: ISO 3166-1, "" for nobody's
    subdivision  text not null default '',
    closed_text  text not null default '',         -- what people are told meanwhile
    created_at   timestamptz not null default now(),
    updated_at   timestamptz not null default now()
);

-- Null: always open.
alter table channel add column hours_id bigint references hours (id);
create index channel_hours on channel (hours_id) where hours_id is not null;
