### Compose

reply-placeholder-slash = Write to { $name }, or press / for canned replies and actions
completion = Suggestions
canned-replies = Canned replies
macros = Macros
brands = Brands
macro-done = Done: { $name }
macro-undone = { $stays ->
    [words] Undone: { $name }. What it wrote is still in the composer.
    [task] Undone: { $name }. Its task has been changed since, and stays.
    [both] Undone: { $name }. What it wrote is still in the composer; its task has been changed since, and stays.
   *[nothing] Undone: { $name }
}

slash-actions = Do something
slash-assign = Assign …
slash-labels = Label …
slash-reply = Write an answer
slash-note = Write a note
slash-save = Save as a canned reply
reply-saved = Saved as “{ $name }”
shortcut-word = Shortcut
shortcut-word-help = Type / and this word to find it.
reply-words = Words
reply-variables = Variables: {"{{"} customer.first_name {"}}"}, customer.name, customer.email, agent.name, conversation.subject, company.name, brand.name – and every attribute of the customer.

looks-of-words = Formatting
tool-bold = Bold
tool-italic = Italic
tool-underline = Underline
tool-bullets = Bulleted list
tool-numbers = Numbered list
tool-quote = Quote
tool-link = Link
tool-unlink = Remove link
tool-plain = Remove formatting
link-address = Address of the page

send-later = Send later
send-later-pick = Choose date and time …
send-then = Send then
scheduled-toast = Goes out { $when }
held-toast = Answer on its way
undo-send = Undo send
hold-left = { $n ->
    [one] Goes out in one second
   *[other] Goes out in { $n } seconds
}
scheduled-messages = Messages that go out later
scheduled-at = Goes out { $when }
scheduled-held-back = Held back: a newer message came
scheduled-failed = Could not be sent
scheduled-to = to { $address }
scheduled-to-by = to { $address }, by { $name }
scheduled-time = Change time
scheduled-send-now = Send now
scheduled-send-anyway = Send anyway
scheduled-edit = Edit
scheduled-discard = Discard

colleague-answers = { $n ->
    [one] { $names } is writing an answer here right now.
   *[other] { $names } are writing answers here right now.
}
answered-meanwhile = { $name } has answered while you were writing:
wrote-meanwhile = { $n ->
    [one] { $name } wrote while you were writing:
   *[other] { $name } wrote { $n } messages while you were writing. The newest:
}
holes = { $n ->
    [one] Not filled in: { $names }
   *[other] Not filled in: { $names }
}
signature-below = { $own ->
    [yes] Your signature is added
   *[no] The signature of { $brand } is added
}

undo-seconds = Time to undo a mail
undo-seconds-help = So long a mail waits before it goes out.
undo-seconds-off = Send at once
undo-seconds-n = { $n } seconds

mention-toast = { $name } mentioned you: { $text }
mentions = Mentions
mentions-n = { $n ->
    [one] One note mentions you
   *[other] { $n } notes mention you
}
mention-of = { $name } · { $customer }
mentions-all-seen = Mark all as seen

canned-replies-text = Words that agents use again and again, filled in with what is known of the customer, in the customer's language.
canned-replies-empty = No canned replies yet
canned-replies-empty-text = What is written often is written once here, in every language that your customers write.
reply-add = Add a canned reply
reply-new = New canned reply
macro-add = Add a macro
macro-new = New macro
macros-text = A change of the conversation and a canned reply in one step.
macros-empty = No macros yet
macros-empty-text = “Refund done”: label it, write the words, resolve – in one step.
scope = Who may use it
scope-personal = Only me
scope-team = A team
scope-shared = Everybody
reply-language = Language
reply-language-remove = Remove this language
reply-files = Files that go with it
macro-reply = Words
macro-no-reply = Write nothing
macro-change = Change
macro-nothing = Leave as it is
macro-state-resolved = Resolve
macro-state-open = Reopen
macro-snooze-later = Snooze for a time
macro-snooze-for = snooze: { $when }
macro-task = A task for whoever uses it
macro-task-dated = With a reminder
later-hours = Hours from then
later-days = Days from then
later-weekday = The next day of the week
later-number = How many
later-day = Day
later-at = At
later-in-hours = { $n ->
    [one] in an hour
   *[other] in { $n } hours
}
later-in-days = { $n ->
    [one] the next day at { $at }
   *[other] in { $n } days at { $at }
}
later-in-weekday = next { $day } at { $at }
remove-one = Remove
removed-toast = Removed
brands-text = In whose name your channels speak: the signature under their mails.
brands-empty = No brands yet
brands-empty-text = Without a brand each agent's own signature stands under their mails.
brand-add = Add a brand
brand-new = New brand
brand-signature = Signature (HTML)
brand-signature-help = Variables: {"{{"} agent.name {"}}"}, agent.first_name, agent.email, brand.name. Pictures need an https address.
brand-channels = Channels
brand-preview = Preview
brand-no-channel = No channel yet
edit-one = Edit
macro-state = Conversation
reply-words-in = Words in { $language }
