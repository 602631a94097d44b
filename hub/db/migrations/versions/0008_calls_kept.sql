-- What is kept of calls: why an agent is away, who has yet to say how a call ended, what was said, who canceled; and what
-- the lists say of a call or a callback, to be put into words in the reader's language.

alter table agent_state add column away_reason text not null default '';  -- '' by their own word

alter table call add column wrap_up_agent_id bigint references agent (id);
create index call_wrap_up on call (wrap_up_agent_id, ended_at) where wrap_up_agent_id is not null;
alter table call add column said jsonb not null default '[]';  -- [{"at": …, "number": 1, "who": "agent", "text": "…"}, …]

alter table callback add column canceled_by bigint references agent (id);

alter table conversation add column preview_data jsonb;  -- {"entry_id": 7, "kind": "call", …}; null: the preview is all
