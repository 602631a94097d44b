-- hub_ingest: a batch of received things becomes ledger rows, identities, conversations, entries and events in one call.
--
-- Every p_ array has one element per item; r_, a_ and c_ arrays hold the items' references, attachments and further
-- participants, each with the item's number (1, 2, …) in its first array. p_kind null: a ledger row only.
-- The caller guarantees that no two items of a batch share a source key or a content hash within a channel, and that
-- no item refers to another of the same batch. JSON comes as text: an array of jsonb arrays has no meaning of its own.
-- Rows are always locked in the order of their keys: no deadlocks.
create or replace function hub_ingest(
    p_raw bigint[], p_channel bigint[], p_key text[], p_hash bytea[], p_content bytea[], p_size bigint[],
    p_hint text[], p_received timestamptz[], p_state text[], p_reason text[],
    p_kind text[], p_direction text[], p_id_kind text[], p_address text[], p_shown text[], p_name text[],
    p_occurred timestamptz[], p_subject text[], p_text text[], p_automatic text[], p_more boolean[],
    p_full_text text[], p_html text[], p_remote_images integer[], p_attachments integer[],
    p_recipients text[], p_data text[], p_threads boolean[], p_token_conversation bigint[], p_reference bytea[],
    p_demo boolean[],
    r_n integer[], r_hash bytea[], r_rank integer[],
    a_n integer[], a_position integer[], a_hash bytea[], a_size bigint[], a_filename text[], a_type text[],
    a_inline boolean[], a_cid text[], a_note text[],
    c_n integer[], c_kind text[], c_address text[], c_shown text[], c_name text[]
) returns table (n integer, outcome text, entry_id bigint, conversation_id bigint, raw_id bigint)
language plpgsql
set enable_seqscan = off  -- with set-based parameters the planner cannot know how few rows it looks up
set enable_hashjoin = off
set enable_mergejoin = off
set enable_bitmapscan = off  -- nor that an index for fragments of words is no way to a whole address
set plan_cache_mode = force_generic_plan
set jit = off
as $$
#variable_conflict use_column
declare
    v_raw      bigint[];   -- null: seen before
    v_go       integer[];  -- the items that become entries
    v_identity bigint[];
    v_conv     bigint[];
    v_related  bigint[];
    v_copy     bigint[];   -- the entry that this item is another copy of
    v_entry    bigint[];
    v_occurred timestamptz[];
    v_leader   bigint[];   -- the conversation that its conversation was joined to
begin
    -- The ledger. A conflict on the provider's key or on the content means: seen before.
    with fresh as (
        insert into raw (channel_id, source_key, content_hash, content, size, hint, received_at, state, reason)
        select u.channel, u.key, u.hash, u.content, u.size, u.hint::jsonb, u.received, u.state, u.reason
        from unnest(p_raw, p_channel, p_key, p_hash, p_content, p_size, p_hint, p_received, p_state, p_reason)
             as u (raw, channel, key, hash, content, size, hint, received, state, reason)
        where u.raw is null
        order by u.channel, u.key
        on conflict do nothing
        returning id, channel_id, source_key
    )
    select array_agg(coalesce(u.raw, f.id) order by u.n) into v_raw
    from unnest(p_raw, p_channel, p_key) with ordinality as u (raw, channel, key, n)
    left join fresh f on f.channel_id = u.channel and f.source_key = u.key;

    select array_agg(u.n::integer order by u.n) into v_go
    from unnest(v_raw, p_kind) with ordinality as u (raw, kind, n)
    where u.raw is not null and u.kind is not null;

    if v_go is not null then
        -- Identities, each with a customer from the first moment.
        insert into identity (kind, address, shown, name)
        select distinct on (w.kind, w.address) w.kind, w.address, w.shown, w.name
        from (
            select u.kind, u.address, u.shown, u.name, u.n
            from unnest(p_id_kind, p_address, p_shown, p_name) with ordinality as u (kind, address, shown, name, n)
            union all
            select c.kind, c.address, c.shown, c.name, c.n
            from unnest(c_n, c_kind, c_address, c_shown, c_name) as c (n, kind, address, shown, name)
        ) w
        where w.n = any (v_go)
          and not exists (select from identity i where i.kind = w.kind and i.address = w.address)
        order by w.kind, w.address, w.n
        on conflict do nothing;

        with mentioned as (
            select u.kind, u.address, u.name, coalesce(u.demo, false) as demo
            from unnest(p_id_kind, p_address, p_name, p_demo) with ordinality as u (kind, address, name, demo, n)
            where u.n = any (v_go)
            union all
            select c.kind, c.address, c.name, coalesce(p_demo[c.n], false)
            from unnest(c_n, c_kind, c_address, c_name) as c (n, kind, address, name)
            where c.n = any (v_go)
        ), orphan as (
            select i.id, i.name, i.demo, nextval('customer_id_seq') as customer_id
            from (
                select i.id, max(m.name) as name, bool_or(m.demo) as demo
                from mentioned m
                join identity i on i.kind = m.kind and i.address = m.address
                where not exists (select from identity_link l where l.identity_id = i.id and l.until is null)
                group by i.id
            ) i
        ), made as (
            insert into customer (id, name, demo) overriding system value
            select customer_id, name, demo from orphan
        )
        insert into identity_link (identity_id, customer_id)
        select id, customer_id from orphan;

        -- A name heard for the first time.
        with named as (
            update identity i set name = u.name
            from unnest(p_id_kind, p_address, p_name) with ordinality as u (kind, address, name, n)
            where u.n = any (v_go) and u.name <> '' and i.kind = u.kind and i.address = u.address and i.name = ''
            returning i.id, i.name
        )
        update customer c set name = named.name, version = c.version + 1
        from named join identity_link l on l.identity_id = named.id and l.until is null
        where c.id = l.customer_id and c.name = '';

        select array_agg(i.id order by u.n) into v_identity
        from unnest(p_id_kind, p_address) with ordinality as u (kind, address, n)
        left join identity i on i.kind = u.kind and i.address = u.address;

        -- Another copy of a message that is on the timeline: the same mail through a second mailbox, or one of ours
        -- found in a folder of sent mail. Never by the id alone: the author and the text must be the same.
        select array_agg(copy.entry_id order by u.n) into v_copy
        from unnest(p_reference) with ordinality as u (reference, n)
        left join lateral (
            select e.id as entry_id
            from message_reference m
            join entry e on e.id = m.entry_id
            where m.hash = u.reference and m.own and u.n = any (v_go) and e.direction = p_direction[u.n]
              and (e.direction = 'out'
                   or (e.author_identity_id = v_identity[u.n] and e.text = p_text[u.n] and e.subject = p_subject[u.n]))
            limit 1
        ) copy on true;

        update raw r set state = 'ignored', reason = 'Another copy of entry ' || u.copy
        from unnest(v_raw, v_copy) as u (raw, copy)
        where r.id = u.raw and u.copy is not null;

        select array_agg(g order by g) into v_go from unnest(v_go) as g where v_copy[g] is null;
    end if;

    if v_go is not null then
        -- Without threads a person has one open conversation on a channel: of their messages that come at the same
        -- moment, to whichever hub, the first opens it and the others find it.
        perform pg_advisory_xact_lock(hashtextextended('conversation ' || w.channel || ' ' || w.identity, 0))
        from (
            select distinct u.channel, u.identity
            from unnest(p_channel, v_identity, p_threads) with ordinality as u (channel, identity, threads, n)
            where u.n = any (v_go) and not u.threads
            order by u.channel, u.identity
        ) w;

        -- Where does it belong? A token or a reference is believed only of somebody who takes part.
        with candidate as (
            select u.n, u.conversation_id, 0 as rank
            from unnest(p_token_conversation) with ordinality as u (conversation_id, n)
            where u.conversation_id is not null and u.n = any (v_go)
            union all
            -- What answers a message that was cut off into a conversation of its own goes there: its token is older.
            select r.n, m.conversation_id,
                   case when r.rank = 1 and m.own and exists (
                       select from conversation k where k.id = m.conversation_id and k.split_from_id is not null
                   ) then -1 else r.rank end
            from unnest(r_n, r_hash, r_rank) as r (n, hash, rank)
            join message_reference m on m.hash = r.hash
            where r.n = any (v_go)
        ), judged as (
            select c.n, c.conversation_id, c.rank,
                   p_direction[c.n] = 'out' or exists (
                       select from participant p
                       join identity_link theirs on theirs.identity_id = p.identity_id and theirs.until is null
                       join identity_link mine on mine.identity_id = v_identity[c.n] and mine.until is null
                       where p.conversation_id = c.conversation_id and theirs.customer_id = mine.customer_id
                   ) as takes_part
            from candidate c
            where exists (select from conversation k where k.id = c.conversation_id)
        ), best as (
            select distinct on (j.n) j.n, j.conversation_id, j.takes_part
            from judged j
            order by j.n, j.takes_part desc, j.rank, j.conversation_id
        )
        select array_agg(case when b.takes_part then b.conversation_id else ongoing.id end order by u.n),
               array_agg(case when not b.takes_part then b.conversation_id end order by u.n)
        into v_conv, v_related
        from unnest(p_channel, p_threads) with ordinality as u (channel, threads, n)
        left join best b on b.n = u.n
        left join lateral (
            select k.id
            from conversation k left join conversation leader on leader.id = k.merged_into_id
            where k.channel_id = u.channel and k.identity_id = v_identity[u.n] and k.state = 'open' and not u.threads
              and coalesce(leader.state, 'open') = 'open'
            order by k.last_entry_at desc
            limit 1
        ) ongoing on u.n = any (v_go);

        with lead as (
            select min(u.n) as n, nextval('conversation_id_seq') as id, u.channel, u.identity,
                   array_agg(u.n) as members
            from unnest(p_channel, v_identity, p_threads) with ordinality as u (channel, identity, threads, n)
            where u.n = any (v_go) and v_conv[u.n] is null
            group by u.channel, u.identity, case when u.threads then u.n end
        ), made as (
            insert into conversation (id, channel_id, identity_id, subject, related_id, automatic, last_entry_at)
            overriding system value
            select l.id, l.channel, l.identity, p_subject[l.n], v_related[l.n],
                   p_automatic[l.n] <> 'no', p_occurred[l.n]
            from lead l
        )
        select array_agg(coalesce(l.id, v_conv[u.n]) order by u.n) into v_conv
        from unnest(p_channel) with ordinality as u (channel, n)
        left join lead l on u.n = any (l.members);

        perform from conversation c
        where c.id = any (v_conv || array(
            select k.merged_into_id from conversation k where k.id = any (v_conv) and k.merged_into_id is not null
            union all
            select unnest(array[main.id, main.merged_into_id])
            from conversation k join conversation main on main.id = k.side_of_id where k.id = any (v_conv)
        ))
        order by c.id for update;

        select array_agg(c.merged_into_id order by u.n) into v_leader
        from unnest(v_conv) with ordinality as u (id, n) left join conversation c on c.id = u.id;

        select array_agg(case when u.n = any (v_go) then nextval('entry_id_seq') end order by u.n)
        into v_entry
        from (select u.n from unnest(p_channel) with ordinality as u (channel, n) order by u.n) u;

        -- Mail counts whole seconds: what answers an entry of the same second still comes after it.
        select array_agg(case
                   when c.last_entry_at >= u.occurred and c.last_entry_at < u.occurred + interval '1 second'
                        and date_trunc('second', u.occurred) = u.occurred
                   then c.last_entry_at + u.n * interval '1 microsecond'
                   else u.occurred end order by u.n)
        into v_occurred
        from unnest(p_occurred, v_conv) with ordinality as u (occurred, conversation, n)
        left join conversation c on c.id = u.conversation and c.seq > 0;

        insert into entry (id, conversation_id, identity_id, seq, kind, direction, occurred_at, channel_id, raw_id,
                           author_identity_id, subject, text, automatic, has_more_text, has_html, remote_images,
                           attachment_count, recipients, data)
        select v_entry[g.n], c.id, c.identity_id,
               c.seq + row_number() over (partition by c.id order by g.n),
               p_kind[g.n], p_direction[g.n], v_occurred[g.n], p_channel[g.n], v_raw[g.n],
               case when p_direction[g.n] = 'in' then v_identity[g.n] end,
               p_subject[g.n], p_text[g.n], p_automatic[g.n], p_more[g.n], p_html[g.n] <> '', p_remote_images[g.n],
               p_attachments[g.n], p_recipients[g.n]::jsonb, p_data[g.n]::jsonb
               || case when c.side_of_id is null then '{}' else jsonb_build_object('side_of', c.side_of_id) end
        from unnest(v_go) as g (n)
        join conversation c on c.id = v_conv[g.n]
        order by c.id, g.n;

        insert into entry_also (identity_id, occurred_at, entry_id)
        select v_identity[g.n], v_occurred[g.n], v_entry[g.n]
        from unnest(v_go) as g (n)
        join conversation c on c.id = v_conv[g.n]
        where c.identity_id <> v_identity[g.n]
        union
        select main.identity_id, v_occurred[g.n], v_entry[g.n]
        from unnest(v_go) as g (n)
        join conversation c on c.id = v_conv[g.n]
        join conversation main on main.id = c.side_of_id
        where main.identity_id <> c.identity_id;

        update conversation c set
            seq = c.seq + s.entries,
            version = c.version + 1,
            last_entry_id = v_entry[s.last_n],
            last_entry_at = greatest(c.last_entry_at, s.last_at),
            last_in_id = coalesce(v_entry[s.last_in_n], c.last_in_id),
            last_direction = p_direction[s.last_n],
            preview = left(regexp_replace(p_text[s.last_n], '\s+', ' ', 'g'), 200),
            waiting_since = case when s.answered then null else coalesce(c.waiting_since, s.first_in) end,
            state = case when s.first_in is not null then 'open' else c.state end,
            resolved_at = case when s.first_in is not null then null else c.resolved_at end,
            snoozed = c.snoozed and s.first_in is null,
            snoozed_until = case when s.first_in is null then c.snoozed_until end,
            automatic = c.automatic and s.all_automatic
        from (
            select w.id, count(*) filter (where w.id = v_conv[g.n])::integer as entries,
                   max(g.n) as last_n, max(v_occurred[g.n]) as last_at,
                   max(g.n) filter (where p_direction[g.n] = 'in') as last_in_n,
                   min(v_occurred[g.n]) filter (where p_direction[g.n] = 'in' and p_automatic[g.n] = 'no') as first_in,
                   bool_or(p_direction[g.n] = 'out') as answered,
                   bool_and(p_automatic[g.n] <> 'no') as all_automatic
            from unnest(v_go) as g (n)
            cross join lateral (select v_conv[g.n] union select v_leader[g.n]) as w (id)
            where w.id is not null
            group by w.id
        ) s
        where c.id = s.id;

        insert into participant (conversation_id, identity_id)
        select distinct w.conversation_id, w.identity_id
        from (
            select v_conv[g.n] as conversation_id, v_identity[g.n] as identity_id from unnest(v_go) as g (n)
            union all
            select v_conv[c.n], i.id
            from unnest(c_n, c_kind, c_address) as c (n, kind, address)
            join identity i on i.kind = c.kind and i.address = c.address
            where c.n = any (v_go)
        ) w
        where not exists (
            select from participant p where p.conversation_id = w.conversation_id and p.identity_id = w.identity_id
        )
        order by 1, 2
        on conflict do nothing;

        insert into entry_body (entry_id, full_text, html)
        select v_entry[g.n], p_full_text[g.n], p_html[g.n]
        from unnest(v_go) as g (n)
        where p_full_text[g.n] <> '' or p_html[g.n] <> '';

        insert into message_reference (hash, conversation_id, entry_id, own)
        select w.hash, v_conv[w.n], (array_agg(v_entry[w.n] order by w.own desc, w.n))[1], bool_or(w.own)
        from (
            select u.reference as hash, u.n::integer as n, true as own
            from unnest(p_reference) with ordinality as u (reference, n) where u.reference is not null
            union all
            select r.hash, r.n, false from unnest(r_n, r_hash) as r (n, hash)
        ) w
        where w.n = any (v_go)
        group by w.hash, v_conv[w.n]
        order by 1, 2
        on conflict (hash, conversation_id) do update set own = true, entry_id = excluded.entry_id
            where excluded.own and not message_reference.own;

        insert into blob (hash, size)
        select distinct on (a.hash) a.hash, a.size
        from unnest(a_n, a_hash, a_size) as a (n, hash, size)
        where a.n = any (v_go) and not exists (select from blob b where b.hash = a.hash)
        order by a.hash
        on conflict do nothing;

        insert into attachment (entry_id, position, blob_hash, filename, content_type, size, inline, cid, note)
        select v_entry[a.n], a.position, a.hash, a.filename, a.type, a.size, a.inline, a.cid, a.note
        from unnest(a_n, a_position, a_hash, a_size, a_filename, a_type, a_inline, a_cid, a_note)
             as a (n, position, hash, size, filename, type, inline, cid, note)
        where a.n = any (v_go);

        insert into event (kind, subject_id, conversation_id)
        select 'entry', v_entry[g.n], v_conv[g.n] from unnest(v_go) as g (n)
        union all
        select distinct 'conversation', w.id, w.id
        from unnest(v_go) as g (n) cross join lateral (select v_conv[g.n] union select v_leader[g.n]) as w (id)
        where w.id is not null;

        if exists (select from conversation c where c.id = any (v_conv) and c.side_of_id is not null) then
            perform hub_side_answered(v_entry);
        end if;
    end if;

    return query
    select u.n::integer,
           case when u.raw is null then 'duplicate'
                when v_copy[u.n] is not null then 'copy'
                else u.state end,
           coalesce(v_entry[u.n], v_copy[u.n]),
           case when v_entry[u.n] is not null then v_conv[u.n] end,
           u.raw
    from unnest(v_raw, p_state) with ordinality as u (raw, state, n)
    order by u.n;
end
$$;
