# The agents' page: conversations, timeline, composer, customer.

# the list
view-open = Open
view-mine = Mine
view-unassigned = Unassigned
view-resolved = Resolved
empty-open = Every conversation is resolved
empty-open-text = New messages appear here by themselves.
empty-mine = Nothing is assigned to you
empty-mine-text = Take one from Unassigned with the M key.
empty-unassigned = Every conversation has someone
empty-unassigned-text = New ones without an agent appear here.
empty-resolved = Nothing resolved yet
empty-resolved-text = Conversations that you resolve are kept here.
no-subject = No subject
mail-empty = Empty mail
unread = Unread
draft = Draft
answered = Answered
waiting = Waiting
waiting-since = The customer waits since { $at }
delivery-problem = A message was not delivered
search-nothing = No customer begins with “{ $query }”
search-failed = The search did not answer. Try again.
customers = Customers
new-message = New message
pane-resize-list = Width of the list
pane-resize-customer = Width of the customer pane

# the timeline
timeline = Timeline
timeline-entries = Entries of the timeline
nothing-open = No conversation is open
nothing-open-text = Choose one from the list, or press J for the first.
conversation-unknown = This conversation does not exist
unknown-text = It may have been removed, or the link is not whole.
customer-unknown = This customer does not exist
timeline-empty = Nothing was said yet
timeline-empty-text = What the customer writes, on any channel, appears here.
timeline-offline = What was said comes as soon as the connection is back.
timeline-start = The beginning
older-failed = Older entries could not be loaded. Try again
narrow-bar = What the timeline shows
narrow-fold = { $n ->
    [0] What the timeline shows
   *[other] What the timeline shows, narrowed: { $n }
 }
narrow-channel = Channel
narrow-thread = Conversation
narrow-thread-find = Find a conversation
narrow-kind = Kind
narrow-person = Person
narrow-person-find = Find a person
all-threads = All conversations
all-kinds = Everything
all-people = Everyone
kinds-message = Messages
kinds-note = Notes
kinds-call = Calls
kinds-callback = Callbacks
kinds-file = Files
kinds-event = Changes
show-everything = Show everything
narrowed-empty = Nothing matches
narrowed-empty-text = No entry of this customer meets all that is chosen above.
narrowed-start = Nothing older matches
jump-to-date = Go to a date
jump-day = Day
jump-go = Go
newer-failed = Newer entries could not be loaded. Try again
entry-unknown = This entry does not exist.
entry-reply = Reply
entry-quote = Reply with a quote
entry-note = Write a note about it
copy-link = Copy link
link-copied = Link copied
text-copied = Text copied
fold-events = { $n ->
    [one] One change
   *[other] { $count } changes
}
to-newest = Newest
new-entries = { $n ->
    [one] One new entry
   *[other] { $count } new entries
}
announce-entry = { $name }: { $text }
since-you-looked = Since you last looked
gap-weeks = { $n ->
    [one] One week of silence
   *[other] { $n } weeks of silence
}
gap-months = { $n ->
    [one] One month of silence
   *[other] { $n } months of silence
}
gap-years = { $n ->
    [one] A year of silence
   *[other] { $n } years of silence
}
thread-continued = continued
thread-focus = Show this conversation alone
thread-unfocus = Show all conversations
possibly-related = Possibly related to an earlier conversation
fold-automatic = { $n ->
    [one] One automatic message
   *[other] { $count } automatic messages
}
fold-notices = { $n ->
    [one] One delivery notice
   *[other] { $count } delivery notices
}
state-resolved = Resolved

author-customer = Customer
author-agent = Agent
author-system = The hub
entry-to = to { $address }
entry-copies = { $n ->
    [one] + 1 copy
   *[other] + { $n } copies
}
note = Note
note-tip = Only colleagues see this
automatic-auto = Automatic
automatic-list = Mailing list
automatic-bounce = Delivery notice
no-text = No text
show-quoted = Show quote and signature
hide-quoted = Hide quote and signature
show-rest = Show the rest ({ $count } characters)
show-original = Show original
hide-original = Hide original
original = The message as it was formatted
download-source = Download source
copy-text = Copy text
images-blocked = { $n ->
    [one] One remote image is blocked
   *[other] { $n } remote images are blocked
}
images-blocked-short = { $n ->
    [one] 1 image blocked
   *[other] { $n } images blocked
}
images-blocked-why = Loading them tells the sender that the message was opened.
images-show = Show images
attachments = Attachments
files-all = Show all { $count } files
inline-show = { $n ->
    [one] Show 1 inline part
   *[other] Show { $n } inline parts
}
inline-hide = Hide inline parts
transcript = Transcript

kind-call = { $direction ->
    [out] Outgoing call
   *[in] Incoming call
}
kind-visit = Visit
kind-callback = Callback
kind-survey = Survey answer
kind-promise = Promise
kind-fax = Fax
kind-voicemail = Voicemail

event-assigned = { $self ->
    [yes] { $actor } took this conversation
   *[no] { $actor } assigned this to { $assignee }
}
event-unassigned = { $actor } removed the assignment
event-resolved = { $actor } resolved this
event-reopened = { $actor } reopened this
event-merged = { $actor } joined { $other } with this customer
event-unmerged = { $actor } separated { $other } again
event-other = { $actor }: { $type }

# delivery
delivery-waiting = Waits for a connection
delivery-queued = Queued
delivery-sending = Sending
delivery-sent = Sent
delivery-delivered = Delivered
delivery-read = Read
delivery-failed = Not delivered to { $address }
delivery-uncertain = It is not certain whether this was sent
delivery-held = Held
delivery-canceled = Canceled
step-retry = Retry
step-send-another-way = Send another way
step-mark-sent = I checked: mark as sent
step-cancel = Cancel

# who is here
viewer-here = { $name } is here
viewer-writing = { $name } is writing

# actions
resolve = Resolve
reopen = Reopen
resolve-tip = Resolve and go to the next
reopen-tip = Reopen
resolved-toast = Resolved: { $name }
reopened-toast = Reopened: { $name }
assign = Assign
assign-tip = Assign
assign-me = { $name } (you)
assign-nobody = Nobody
assign-filter = Find an agent
assign-unknown = No agent has this name
assigned-to = Assigned to { $name }
assigned-word = Assigned to
assigned-toast = Assigned
assigned-me-toast = Assigned to you
unassigned-toast = Assignment removed
unassigned = Unassigned

# composer
composer = Answer
composer-mode = What to write
mode-reply = Reply
mode-note = Note
mode-reply-tip = The customer gets this
mode-note-tip = Only colleagues see this
note-hint = Only colleagues see this
to = To:
via = via { $kind }
from = from { $from }
destination-from = from { $from }
destination-choose = Choose an address
destination-none = There is no address to answer at
destination-unusable = Not available now
destinations-failed = The addresses could not be loaded.
channel-kind-email = Email
channel-kind-sms = SMS
channel-kind-whatsapp = WhatsApp
channel-kind-chat = Chat
channel-kind-voice = Phone
channel-kind-phone = Phone
channel-kind-fax = Fax
channel-kind-visit = Visit
channel-kind-visitor = Chat
add-copy = Cc
copy-to = Cc
copy-placeholder = Addresses, separated by commas
edit-subject = Subject
subject = Subject
write-to = Write to { $name }
reply-placeholder = Write to { $name }
note-placeholder = Write a note for your colleagues; @ names one
attach = Attach files
drop-here = Drop files here to attach them
uploading = Uploading
upload-failed = Not uploaded. Remove it and try again.
remove-file = Remove { $name }
to-send = to send
to-save = to save
send = Send
send-resolve = Send and resolve
save-note = Save note
send-anyway = Send anyway
keep-writing = Keep writing
nothing-written = Write something first.
still-uploading = A file is still on its way. Wait until it is there.
upload-left = A file could not be attached. Remove it, or attach another.
no-usable-address = Choose an address to send to.
too-long = The text is longer than this channel allows.
not-sent = Not sent
newer-title = { $n ->
    [one] A newer message arrived
   *[other] { $n } newer messages arrived
}
newer-text = Read it above, then decide.
refused-toast = A message that waited for the connection was not sent. Its text is back in the composer.

# a new conversation
from-channel = From
to-address = To
message = Message
no-channel = There is no channel to send from. Ask an administrator to connect one.
no-channel-admin = There is no channel to send from. Connect one under Channels.

# the customer
customer = Customer
customer-pane = Customer
customer-since = Customer since { $when }
rename = Rename
addresses = Addresses
verified = Verified
suppressed = Blocked: { $reason }
known-since = since { $when }
copy-address = Copy address
suggestions = Probably the same person
reason-same-name = Same name
reason-same-phone = Same phone number
reason-same-address = Same address
reason-similar-name = Similar name
reason-same-email = Same email
not-same = Not the same
merge = Merge
merge-with = Merge with another customer
merge-title = Merge into { $name }
merge-text = Both timelines become one. Nothing is lost, and you can undo it at any time.
merge-search = Name or address of the other customer
merged-toast = Merged with { $name }
unmerged-toast = { $name } is a customer of their own again
merges = Merged customers
merged-from = { $name }
attributes = Details
visit-facts = From the last chat
visit-page = Page

# a file that still lies with the provider
file-coming = Is being fetched
file-gone = Could not be fetched
file-picture = Picture
file-audio = Recording
file-unnamed = File

# texts: segments, the window of free text, templates
text-room = { $used } / { $room }
text-room-tip = Characters written, of those that fit
text-segments = { $n ->
    [one] 1 segment
   *[other] { $count } segments
}
text-segments-tip = A text is sent, and paid, by segments
parts-hint = This goes out as { $count } messages, one after the other: they do not fit into one here.
text-unicode = { $n ->
    [one] The character { $characters } is not in the SMS alphabet, so a segment holds 70 characters instead of 160.
   *[other] The characters { $characters } are not in the SMS alphabet, so a segment holds 70 characters instead of 160.
}
text-plain = Use plain characters
window-left = { $time } left to write freely
window-until = Until { $when } free text may be sent. A new message of the customer begins the time anew.
window-over = The time for free text is over
window-closed = The time for free text is over: until the customer writes again, only a template can be sent.
window-never = The customer has not written here yet, so only a template can be sent.
write-freely = Write freely
template = Template
template-use = Use a template
template-choose = Choose a template
template-chosen = You send a template.
template-first = Who has not written yet gets a template.
template-find = Find a template
template-unapproved = Not approved by the provider
template-variable = Variable { $name }
template-preview = Preview
template-missing = Choose a template first.
template-incomplete = Fill in every variable of the template.
templates-empty = There is no template. An administrator can make one at the provider.
templates-failed = The templates could not be loaded.
quick-replies = Buttons for an answer
