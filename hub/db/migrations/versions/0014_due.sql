-- The newest event that tells of a third party's answer: whoever has seen less has not read the conversation.
alter table conversation add column side_answer_id bigint not null default 0;

-- When its assignee was told that it is due. What was due before is not told again.
alter table task add column reminded_at timestamptz;
update task set reminded_at = now() where due_at <= now();
create index task_to_remind on task (due_at)
    where due_at is not null and reminded_at is null and done_at is null and deleted_at is null;

-- Those that are to be done, the first due first; those without a time at the end.
create index task_due on task (assignee_id, coalesce(due_at, 'infinity'), id) where done_at is null and deleted_at is null;
