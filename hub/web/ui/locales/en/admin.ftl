# The administrator's pages.

no-permission = This page is for administrators
no-permission-text = Ask an administrator of your hub if you need something from here.
for-time = for { $time }
never = never
channel = Channel
all-channels = All channels

# channels
channels-text = The ways that customers reach you, and how each of them is.
channels-empty = Connect your first mailbox
channels-empty-text = Messages that arrive there appear on the customer's timeline, and your answers go out from it.
channel-add = Add a channel
channel-add-action = Add channel
channel-new = New: { $kind }
channel-added = { $name } is added and starts now
channel-unknown = This channel does not exist
channel-paused = { $name } is paused
channel-resumed = { $name } goes on
channel-name = Name
channel-name-help = How agents see it, for example “Support mailbox”.
connector-gone = The connector “{ $kind }” is not installed
connector-gone-text = Install its package and start the hub again.
pause = Pause
resume = Resume
settings = Settings
health = Health
health-ok = Working
health-degraded = Working with problems
health-down = Not working
health-starting = Starting
health-paused = Paused
last-in = Last received
last-out = Last sent
volume = { $n } days
volume-words = { $received } in, { $sent } out
backlog = To send
last-in-at = Last received { $when }
nothing-in-yet = Nothing received yet
quarantine-count = { $n ->
    [one] 1 held
   *[other] { $n } held
}
quarantine-look = { $n ->
    [one] One message is held in quarantine
   *[other] { $n } messages are held in quarantine
}
secret-set = Set
secret-replace = Replace
secret-keep = Keep the present one
not-saved = Not saved
test-connection = Test connection
test-help = Tries these settings without saving. It leaves no trace.
test-ok = Everything works
test-impossible = The test could not be made
test-failed = Something does not work yet
step-ok = Worked
step-failed = Did not work
seconds = { $n } s
oauth-title = Sign-in by the mail provider
oauth-text = You are taken to the provider and come back here. Give the provider this redirect address: { $address }
oauth-save-first = Add the channel first, then connect it to the account. Give the provider this redirect address: { $address }
oauth-connect = Connect account
oauth-again = Connect again
oauth-connected = Connected to { $account }
oauth-missing = Not connected to an account yet
oauth-expires = until { $when }

# ledger
ledger = Ledger
ledger-text = What came in is stored, held or ignored for a reason. Nothing else can happen to it.
ledger-empty = Nothing came in during these days.
day = Day
ledger-received = Received
ledger-stored = Stored
ledger-quarantined = Held
ledger-ignored = Ignored
ledger-sent = Sent
ledger-failed = Failed
ledger-balance = Adds up
ledger-balanced = Adds up
ledger-open = { $n } open

# quarantine
quarantine-text = Messages that are safely kept but could not be put on a timeline. Retry after the cause is mended.
quarantine-empty = Nothing is held
quarantine-empty-text = Every message that came in is on a timeline.
quarantine-stored = Now on a timeline: { $subject }
quarantine-all = Select all that are shown
quarantine-chosen = { $n ->
    [one] 1 selected
   *[other] { $count } selected
}
quarantine-progress = { $done } of { $all } done
quarantine-tried = Now on a timeline: { $stored }. Still held: { $held }.
quarantine-again = Tried again just now, and still held.
quarantine-dismissed = { $n ->
    [one] 1 message dismissed
   *[other] { $count } messages dismissed
}
unknown-sender = Unknown sender
attempts = { $n ->
    [one] 1 attempt
   *[other] { $n } attempts
}
dismiss = Dismiss
dismiss-title = { $n ->
    [one] Dismiss this message
   *[other] Dismiss { $count } messages
}
dismiss-text = { $n ->
    [one] It stays in the archive and counts as ignored, with your reason.
   *[other] They stay in the archive and count as ignored, with your reason.
}
reason = Reason

suppressions = Blocked addresses
suppressions-text = Nothing is sent to these: they asked for it (STOP), a message failed there for good, or somebody entered them here.
suppressions-empty = No address is blocked
suppressions-empty-text = Who asks for no more messages, or cannot be reached for good, is listed here.
suppression-add = Block an address
suppression-reason-help = Agents read it where they would write to this address.
every-channel = Every channel
entered-by = entered by { $name }
address = Address
address-kind = Kind of address
hook-step = One step is left at the provider
hook-step-text = Copy the webhook above and paste it where its help says. Then write to the number: the message appears here.
hook-later = Shown once the channel is added
copy-what = Copy: { $what }
suppression-lift = Allow again
suppression-lifted = Messages to { $address } go out again

# agents
agents-text = Who answers customers here.
agent-invite = Invite an agent
invite-make = Make a link
invite-link = One-time link
invite-link-title = Link for { $name }
invite-link-text = Give this link to them. It works once, and is not shown again.
agent-link = Make a new sign-in link
agent-disable = Disable
agent-enable = Enable
disabled = Disabled
make-agent = Make an agent
make-administrator = Make an administrator
role = Role
role-agent = Agent
role-administrator = Administrator
role-agent-help = Reads and answers conversations.
role-administrator-help = Also connects channels and invites agents.
that-is-you = (you)
actions-for = Actions for { $name }

# a chat on a site
embed = On your site
embed-text = Put this line into every page that shall show the chat, anywhere in it.
embed-tag = Script tag
embed-sites = Sites that may show it
embed-show = Try it
embed-hide = Close the preview
embed-preview = Preview of the chat
embed-preview-text = This is the real chat, with the look and the words as they are typed above: what you write here arrives as a conversation. Everything else is as it was saved last.

# business hours
hours = Business hours
hours-text = When somebody is there to answer. Outside of them a chat says so.
hours-add = Add business hours
hours-empty = No business hours yet
hours-empty-text = Without them every channel is always open.
hours-first-name = Office hours
hours-no-channel = No channel goes by them yet
hours-open = Open now
hours-closed = Closed
hours-next = Opens { $when }
hours-holidays-of = holidays of { $country }
hours-exceptions-count = { $n ->
    [one] 1 special day
   *[other] { $n } special days
}
hours-zone = Time zone
hours-zone-help = By its clock the times below are meant.
hours-week = Week
hours-from = { $day }, from
hours-to = { $day }, to
hours-add-span = Add hours: { $day }
hours-remove-span = Remove these hours: { $day }
hours-exceptions = Special days
hours-exceptions-text = Days that are not like their weekday: closed, or with other hours. They win over a public holiday.
hours-exception-add = Add a day
hours-exception-name = What it is
hours-exception-remove = Remove { $day }
hours-holidays = Public holidays
hours-country = Country
hours-no-holidays = None: open on holidays
hours-part = Region
hours-whole-country = The whole country
hours-coming = Next: { $days }
hours-closed-text = While closed
hours-closed-text-help = What customers read in a chat outside of these hours, unless the channel has words of its own.
hours-channels-text = These channels go by these hours.
hours-now-by = now by “{ $name }”
remove = Remove

# tokens of the API
tokens = API tokens
tokens-text = Programs that work with the hub by its API. A token is shown once, when it is made.
tokens-empty = No program has access
tokens-empty-text = Make a token for a program that reads or writes conversations here.
token-make = Make a token
token-made = Token for { $name }
token-made-text = Copy it now and keep it like a password. It is not shown again.
token-name-help = What uses it, for example “Nightly report”.
token-kind = Acts as
token-personal = You
token-service = A program of its own
token-kind-personal-help = What it does is done in your name, and ends when your account does.
token-kind-service-help = It has an account of its own and stays when people leave.
token-lifetime = Lasts for
token-forever = No end
token-scopes = May
token-used = used { $when }
token-unused = never used
token-expires = until { $when }
token-revoke = Revoke
token-revoked = { $name } has no access any more
scope-conversations-read = read conversations
scope-conversations-write = answer and change conversations
scope-customers-read = read customers
scope-customers-write = change customers
scope-channels-read = read channels
scope-agents-read = read agents
scope-admin = administer the hub

# webhooks
webhooks = Webhooks
webhooks-text = Other systems that are told what happens here, signed and in the order of each conversation.
webhooks-empty = Nobody else is told
webhooks-empty-text = Add the address of a system that shall know when a message comes or a conversation is resolved.
webhook-add = Add a webhook
webhook-url = Address
webhook-url-help = Where the events are posted to.
webhook-events = Events
webhook-last = Last delivered
webhook-unused = Nothing delivered yet
webhook-failing = Failing
webhook-secret = Signing secret
webhook-secret-text = The receiver checks with it that an event comes from this hub. Copy it now; it is not shown again.
webhook-renew = New secret
webhook-test = Send a test
webhook-tested = The test arrived: { $status }
webhook-test-failed = The test did not arrive: { $why }
webhook-removed = { $name } is told nothing any more
webhook-message-received = A message came in
webhook-message-sent = A message went out
webhook-note-added = A note was written
webhook-delivery-changed = A delivery changed
webhook-conversation-created = A conversation began
webhook-conversation-assigned = A conversation was assigned
webhook-conversation-resolved = A conversation was resolved
webhook-conversation-reopened = A conversation was reopened
webhook-conversation-changed = A conversation got another team, priority, label or field, or was snoozed
webhook-customer-merged = Customers were merged
webhook-call-ended = A telephone call has ended
webhook-customer-unmerged = Customers were separated
webhook-state-pending = Waiting
webhook-state-delivered = Delivered
webhook-state-failed = Failed
webhook-resend = Send again
webhook-resent = It is sent again now
deliveries = Deliveries
deliveries-text = What was sent in the last 30 days and what came of it.
deliveries-empty = Nothing was sent.
delivery-state = State
delivery-any = All
reload = Load again
