-- hub_transcript: gives every message that a person may see by now its place in their transcript; returns the head.
--
-- They see what was said in their own conversations on this channel, and what was sent to them over it from another.
-- A message of somebody else who takes part stays hidden unless both are one customer. An outgoing message comes in
-- when it was sent. Places are given under a lock, in statements that see all that was committed before it: they are
-- gapless, and whoever has read up to one has missed nothing before it.
create or replace function hub_transcript_missing(p_channel bigint, p_identity bigint)
returns setof bigint
language sql stable
as $$
    select e.id
    from participant p
    join conversation c on c.id = p.conversation_id
    join entry e on e.conversation_id = c.id
    left join delivery d on d.entry_id = e.id
    where p.identity_id = p_identity
      and e.kind = 'message'
      and not e.data ? 'continues'
      and case when e.direction = 'out' then d.state in ('sent', 'delivered', 'read') else e.direction = 'in' end
      and (
          (d.channel_id = p_channel and d.identity_id = p_identity)
          or (e.channel_id = p_channel and e.author_identity_id = p_identity)
          or (c.channel_id = p_channel and c.identity_id = p_identity and exists (
                  select from identity_link theirs
                  join identity_link own on own.customer_id = theirs.customer_id and own.until is null
                  where theirs.identity_id = coalesce(d.identity_id, e.author_identity_id) and theirs.until is null
                    and own.identity_id = p_identity))
      )
      and not exists (select from transcript_item t where t.identity_id = p_identity and t.entry_id = e.id)
$$;

create or replace function hub_transcript(p_channel bigint, p_identity bigint)
returns bigint
language plpgsql
as $$
declare
    v_head  bigint;
    v_added bigint;
begin
    if exists (select from hub_transcript_missing(p_channel, p_identity)) then
        insert into transcript (identity_id) values (p_identity) on conflict do nothing;
        select head into v_head from transcript where identity_id = p_identity for update;
        insert into transcript_item (identity_id, seq, entry_id)
        select p_identity, v_head + row_number() over (order by missing), missing
        from hub_transcript_missing(p_channel, p_identity) as missing;
        get diagnostics v_added = row_count;
        update transcript set head = v_head + v_added where identity_id = p_identity and v_added > 0;
        return v_head + v_added;
    end if;
    return coalesce((select head from transcript where identity_id = p_identity), 0);
end
$$;
