### People: the customer's pane, tasks, companies, and conversations that belong together

show-more = Show { $n } more
unverified = Not proved
verified-tip = They have shown that this address is theirs
unverified-tip = Nobody has shown that this address is theirs
details-edit = Edit the details
details-done = Done
merge-undone = undone
callbacks-pending = Waiting for a call

# tasks
tasks = Tasks
tasks-none = Nothing to do.
tasks-done = { $n ->
    [one] 1 done
   *[other] { $n } done
}
task-new = New task
task-add = Add task
task-change = Edit task
task-delete = Delete task
task-where = Show where it belongs
task-text = What is to be done
task-due = Until
task-assignee = Who
task-mine = Yours
task-of = { $name }’s
task-mark = Done: { $text }
task-late = due { $when }
task-added-toast = Task added
task-done-toast = Task done
task-deleted-toast = Task deleted
task-line-added = { $self ->
    [yes] { $actor } took on a task: “{ $text }”
   *[no] { $assignee ->
        [none] { $actor } added a task: “{ $text }”
       *[other] { $actor } gave { $assignee } a task: “{ $text }”
    }
}
task-line-done = { $actor } finished the task “{ $text }”
task-line-reopened = { $actor } took up the task “{ $text }” again
entry-task = Make a task of it
my-tasks = My tasks
my-tasks-text = What you have to do for any customer. What is due comes first.
my-tasks-late = Overdue
my-tasks-today = Today
my-tasks-next = Later
my-tasks-undated = Without a date
my-tasks-none = Nothing to do
my-tasks-none-text = What you or a colleague give you to do appears here. Write a task down in any conversation.
my-tasks-done = Show what is done
my-tasks-done-hide = Hide what is done
my-tasks-done-none = Nothing yet.
rail-tasks = { $n ->
    [one] One task is due
   *[other] { $n } tasks are due
}
go-tasks = My tasks
alert-task-due = Due now: { $text }
alert-task-given = A task for you: { $text }

# company and people around the customer
company-people = Company and people
company-none = No company, and nobody in copy.
company-add = Set the company
company-change = Edit the company
company-name = Name of the company
company-domains = Mail domains
company-domains-help = Whoever writes from one of them is suggested for this company.
companies-known = Companies of this name
company-size = { $n ->
    [0] nobody yet
    [one] 1 person
   *[other] { $n } people
}
company-suggested = Probably of { $name }: writes from { $domain }
company-take = Set this company
company-make = Add the company
company-leave = Of no company
company-set-toast = Now of { $name }
person-copied = In copy of a conversation
person-together = Show the conversation that they share

# conversations that belong together
conversation-more = More with this conversation
join-title = Join another conversation
join-text = Both become one thread. Nothing is moved, and it can be undone.
join = Join
join-nothing = There is no other conversation with this customer.
joined-toast = The conversations are one now
joined-line = joined
part = Take it out again
parted-toast = The conversation stands by itself again
split-here = New conversation from here
split-toast = A conversation of its own from here on
split-from-line = split off this one
split-into-line = was split off
mend = Put it back
link-title = Link with a conversation
link-text = The two stay as they are and show each other.
link = Link
link-kind = This conversation
link-this-related = has to do with it
link-this-duplicate = is about the same as it
link-this-causes = is the cause of it
link-this-caused = comes of it
link-related = related
link-duplicate = about the same
link-causes = comes of this one
link-caused = is the cause of this one
link-search = Which one
link-search-help = The name of a customer, or the address of the conversation’s page.
link-nothing = No conversation found.
link-remove = Take out the link
link-removed-toast = Link taken out
event-conversation_merged = { $actor } joined “{ $other }” with this conversation
event-conversation_unmerged = { $actor } took “{ $other }” out of this conversation again
event-conversation_cut = { $actor } made a conversation of its own of what followed here
event-conversation_cut_off = { $actor } split this off another conversation
event-conversation_mended = { $actor } put back what was split off here

# side conversations
side-start = Ask somebody else
side-text = A conversation beside this one. The customer sees nothing of it; the answer comes back here.
side-started = Sent to { $name }
side-with = Side conversation with { $name }
side-row = Side conversation
side-line = side conversation
side-of-line = asked from this one
side-theirs = Open their timeline
side-answer = Your next message to them
event-side_answered = { $actor } answered in a side conversation
alert-side = { $who } answered about { $name }
alert-woke = Back in the queue: { $name }
