# Words of every page: the frame, signing in, settings of one's own.

skip = Skip to the page
main-navigation = Main
close = Close
cancel = Cancel
save = Save
saved = Saved
done = Done
copy = Copy
copied = Copied
undo = Undo
back = Back
more = More
show = Show
optional = optional
loading = Loading
try-again = Try again
name = Name
email = Email
password = Password
you = You
you-object = you
nobody = nobody
load-failed = This could not be loaded
load-failed-text = The hub did not answer as expected. Try again; if it stays like this, tell your administrator.
renewed = The hub was upgraded, so this page was loaded again. Please repeat your last step.
change-failed = That did not work. Nothing was changed.
offline-not-changed = There is no connection to the hub, so nothing was changed. Try again when it is back.

# the frame
conversations = Conversations
channels = Channels
quarantine = Quarantine
agents = Agents
account = Account
account-of = Account of { $name }
rail-mine = { $n ->
    [one] { $n } conversation is yours
   *[other] { $n } conversations are yours
}
rail-troubled = { $n ->
    [one] One channel needs you
   *[other] { $n } channels need you
}
rail-held = { $n ->
    [one] One message is held in quarantine
   *[other] { $n } messages are held in quarantine
}
profile = Your settings
sign-out = Sign out
theme-system = Looks: like this device
theme-light = Looks: light
theme-dark = Looks: dark
look-system = Like this device
look-light = Light
look-dark = Dark
looks = Looks
language = Language
signature = Signature
signature-help = Added below your messages where the channel has room for it.
password-change = Change password
password-current = Current password
password-new = New password

offline = No connection to the hub
offline-text = Trying again. You can go on reading and writing; what you send goes out when the connection is back.
offline-waiting = { $n ->
    [one] One message waits and goes out when the connection is back.
   *[other] { $n } messages wait and go out when the connection is back.
}
hub-unreachable = The hub cannot be reached
hub-unreachable-text = Check your connection. If others cannot reach it either, tell your administrator.
demo-line = This hub shows demo customers and conversations.
demo-phone = Open a customer's telephone
demo-remove = Remove the demo
demo-remove-text = All demo customers, conversations and channels are removed. Real ones are not touched. This cannot be undone.

# signing in
sign-in-title = Sign in
sign-in = Sign in
bad-credentials = This email and password do not belong together. Check both and try again.
too-many-attempts = { $n ->
    [one] Too many attempts. Wait a minute and try again.
   *[other] Too many attempts. Wait { $n } minutes and try again.
}
invite-unknown = This link does not work any more
invite-unknown-text = It was used already, or its time is over. Ask your administrator for a new one.
welcome-first-administrator = Set up this hub
welcome-first-administrator-text = You become its first administrator. Next you connect a mailbox.
welcome-first-administrator-action = Create account and go on
welcome-agent = Welcome
welcome-agent-text = Choose how colleagues and customers see you, and a password.
welcome-agent-action = Create account
welcome-password = Choose a new password
welcome-password-text = You are signed in when it is saved.
welcome-password-action = Save password
your-name = Your name
your-name-help = Customers see it on your messages.
password-help = At least { $n } characters. A few words in a row are easier to remember and harder to guess.

# keyboard
shortcuts = Keyboard
key-next = Next conversation
key-previous = Previous conversation
key-search = Search everything
key-reply = Reply
key-note = Internal note
key-send = Send
key-send-resolve = Send and resolve
key-new = New message
key-assign = Assign
key-mine = Assign to me
key-help = This overview
