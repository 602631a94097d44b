-- hub_side_answered: of these entries, those that third parties wrote in side conversations are told in the
-- conversations from which they were asked: an event in each, which is open, awake and unread again, as is the one
-- that it was joined to. What a machine answered tells nobody. Whoever calls has locked all of these conversations.
create or replace function hub_side_answered(p_entries bigint[]) returns void language plpgsql as $$
declare
    answer  record;
    v_event bigint;
begin
    for answer in
        select main.id, main.merged_into_id, side.id as side_id, max(e.id) as entry_id,
               (array_agg(e.author_identity_id order by e.id desc))[1] as author_id
        from entry e
        join conversation side on side.id = e.conversation_id
        join conversation main on main.id = side.side_of_id
        where e.id = any (p_entries) and e.direction = 'in' and e.automatic = 'no'
        group by main.id, side.id
        order by main.id, side.id
    loop
        v_event := nextval('entry_id_seq');
        update conversation set
            seq = seq + (id = answer.id)::integer, version = version + 1,
            last_entry_id = v_event, side_answer_id = v_event, last_entry_at = greatest(last_entry_at, now()),
            state = 'open', resolved_at = null, snoozed = false, snoozed_until = null
        where id in (answer.id, answer.merged_into_id);

        insert into entry (id, conversation_id, identity_id, seq, kind, direction, occurred_at, author_identity_id, data)
        select v_event, id, identity_id, seq, 'event', 'internal', now(), answer.author_id,
               jsonb_build_object('type', 'side_answered', 'side_id', answer.side_id, 'entry_id', answer.entry_id)
        from conversation where id = answer.id;

        insert into event (kind, subject_id, conversation_id)
        select 'entry', v_event, answer.id
        union all
        select 'conversation', w.id, w.id from unnest(array[answer.id, answer.merged_into_id]) as w (id)
        where w.id is not null;
    end loop;
end
$$;
