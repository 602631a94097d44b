### Queues: views, filters, what is done to one conversation or many, and what administrators set up for it.

# views
views = Views
views-all = All views
views-fold = Fold the views away
views-unfold = Keep the views beside the list
views-saved = My views
views-shared = Shared views
view-snoozed = Snoozed
view-following = Following
view-new = New view
view-save = Save as a view
view-update = Save changes
view-edit = Edit view
view-icon = Symbol
view-share = Share with everybody
view-unshare = Keep to myself
view-share-help = Every agent sees it. You and administrators can change it.
view-shared = Shared with everybody
view-shared-by = Shared by { $name }
view-saved = Saved: { $name }
view-remove = Remove view
view-removed = Removed: { $name }
move-up = Move up
move-down = Move down
empty-snoozed = Nothing is snoozed
empty-snoozed-text = What you put off waits here until its time, or until the customer writes.
empty-following = You follow no conversation
empty-following-text = Follow one with the W key to keep an eye on it.
empty-team = This team has nothing open
empty-team-text = What is given to the team appears here.
empty-saved = Nothing fits this view
empty-saved-text = Conversations appear here as soon as they fit.
empty-filter = Nothing fits this filter
empty-filter-text = Take a condition away, or begin again.
icon-layers = Layers
icon-star = Star
icon-flag = Flag
icon-bookmark = Bookmark
icon-tag = Tag
icon-hourglass = Hourglass
icon-shield-alert = Shield
icon-users = People
icon-headset = Headset
icon-store = Shop
icon-megaphone = Megaphone
icon-phone = Telephone

# order and filter
sort = Order
sort-activity = Newest first
sort-waiting = Longest waiting
sort-priority = Most urgent
filter = Filter
filter-tip = Filter
filter-add = Add condition
filter-find = Find a field
filter-find-value = Find: { $field }
filter-how = { $field }: comparison
filter-remove = Remove: { $field }
filter-clear = Reset
filter-apply = Apply
filter-a-day = A day …
filter-choose = choose
filter-several = { $n } chosen
filter-gone = no longer there
filter-group-conversation = Conversation
filter-group-conversation-fields = Fields of the conversation
filter-group-customer-fields = Fields of the customer
filter-state = State
filter-assignee = Agent
filter-team = Team
filter-label = Label
filter-priority = Priority
filter-channel = Channel
filter-channel-kind = Kind of channel
filter-waiting-minutes = Customer waits
filter-unread = Unread
filter-following = I follow
filter-delivery-problem = Not delivered
filter-automatic = Automatic
filter-created-at = Begun
filter-last-entry-at = Last entry
filter-me = Me
filter-my-teams = My teams
filter-no-label = No label
op-is-choice = is
op-not-choice = is not
op-has-choice = has all
op-is-yesno = is
op-over-number = more than
op-under-number = less than
op-is-number = is
op-not-number = is not
op-over-time = after
op-under-time = before
op-has-text = contains
op-is-text = is
op-not-text = is not
yes = Yes
no = No
today = today
ago-h = { $n ->
    [one] an hour ago
   *[other] { $n } hours ago
}
ago-d = { $n ->
    [one] yesterday
   *[other] { $n } days ago
}
ago-w = { $n ->
    [one] a week ago
   *[other] { $n } weeks ago
}
nothing-found = Nothing has this name

# one conversation
properties = Properties of the conversation
priority = Priority
priority-urgent = Urgent
priority-high = High
priority-normal = Normal
priority-low = Low
priority-is = Priority: { $priority }
team = Team
teams = Teams
team-none = No team
team-find = Find a team
team-is = Team: { $name }
team-toast = Given to { $name }
team-none-toast = Taken from the team
labels = Labels
label-add = Add label
label-find = Find a label
label-create = Create “{ $name }”
label-on-all = All have it
labels-none = No label has this name
snooze = Snooze
snoozed = Snoozed
snooze-later = Later today
snooze-tomorrow = Tomorrow
snooze-week = Next week
snooze-pick = Choose date and time
snooze-reply = Until the customer writes
snooze-wake = Wake now
snooze-until = Snooze until
snoozed-until = Snoozed: { $when }
snoozed-until-reply = until the customer writes
snoozed-toast = Snoozed until { $when }
snoozed-reply-toast = Snoozed until the customer writes
woken-toast = Back in the queue
date-and-time = Date and time
until-late = This moment has passed. Choose a later one.
follow = Follow
unfollow = Stop following
following = You follow this
followed-by = Followed by { $names }
followed-toast = You follow this conversation
unfollowed-toast = You no longer follow this conversation
fields-button = Fields
fields-filled = { $n ->
    [one] 1 field
   *[other] { $n } fields
}
field-none = Not set

# many conversations
tick = Select { $name }
bulk-actions = Actions for what is selected
bulk-ticked = { $n ->
    [one] 1 selected
   *[other] { $count } selected
}
bulk-whole = All of “{ $view }” selected
bulk-take-all = Select all { $count }
bulk-take-whole = Select all that fit
bulk-clear = Clear selection
bulk-running = { $done } of { $total } done
bulk-progress = Progress
bulk-done = { $n ->
    [0] Nothing had to be changed
    [one] Changed one conversation
   *[other] Changed { $count } conversations
}
bulk-partly = { $n ->
    [one] Changed one conversation, { $failed } could not be changed
   *[other] Changed { $count } conversations, { $failed } could not be changed
}
bulk-undone = Everything is as it was

# keys
key-filter = Filter the list
key-choose-view = Choose a view
key-team = Give to a team
key-labels = Set labels
key-priority = Set the priority
key-snooze = Snooze
key-tick = Select the conversation
key-tick-all = Select all that are loaded

# the timeline
event-team_assigned = { $team ->
    [none] { $actor } took this from its team
   *[other] { $actor } gave this to { $team }
}
event-snoozed = { $when ->
    [reply] { $actor } snoozed this until the customer writes
   *[other] { $actor } snoozed this until { $when }
}
event-woke = This is back in the queue
event-priority_set = { $actor } set the priority to { $priority }
event-others = { $count } others
event-labelled = { $change ->
    [both] { $actor } added { $added } and removed { $removed }
    [removed] { $actor } removed { $removed }
   *[added] { $actor } added { $added }
}
event-field_set = { $value ->
    [none] { $actor } cleared { $field }
   *[other] { $actor } set { $field } to { $value }
}

# administrators
teams-text = A team gets conversations together. Its members see its queue among their views.
team-new = Add team
team-edit = Edit team
teams-empty = There is no team
teams-empty-text = Make one for people who share a queue, such as Billing or Returns.
team-members = { $n ->
    [0] Nobody
    [one] 1 member
   *[other] { $n } members
}
members = Members
team-archive = Archive team
team-restore = Bring team back
archived = Archived
archived-toast = Archived: { $name }
restored-toast = Back again: { $name }
labels-text = A label says what a conversation is about. Every agent can give them.
label-new = Add label
label-edit = Edit label
labels-empty = There is no label
labels-empty-text = Make a few, such as Refund or Complaint. Few are better than many.
label-colour = Colour
tint-1 = Teal
tint-2 = Violet
tint-3 = Amber
tint-4 = Green
tint-5 = Pink
tint-6 = Blue
tint-7 = Red
tint-8 = Grey
label-archive = Archive label
label-restore = Bring label back
fields = Custom fields
fields-text = What you note of customers and conversations besides what every hub has. Each has a type, and what is entered is checked.
field-new = Add field
field-edit = Edit field
fields-empty = There is no custom field
fields-empty-text = Add one, such as an order number or a contract.
field-noun = Belongs to
field-noun-customer = Customer
field-noun-conversation = Conversation
fields-of-customer = Customers
fields-of-conversation = Conversations
field-label = Name
field-key = Key
field-key-help = What programs call it. It cannot be changed later.
field-type = Type
field-type-text = Text
field-type-number = Number
field-type-boolean = Yes or no
field-type-date = Date
field-type-choice = Choice
field-type-url = Link
field-choices = Choices
field-choices-help = One a line.
field-archive = Archive field
field-restore = Bring field back
