# Telephone calls and callbacks.

# a call on the timeline
call-ringing = { $direction ->
    [out] Outgoing call: ringing
   *[in] Incoming call: ringing
}
call-waiting = Incoming call: waiting for an agent
call-talking = { $direction ->
    [out] Outgoing call: talking
   *[in] Incoming call: talking
}
call-ended = { $direction ->
    [out] Outgoing call
   *[in] Incoming call
}
call-missed = { $direction ->
    [out] Not reached
   *[in] Missed call
}
call-voicemail = { $direction ->
    [out] Reached the answering machine
   *[in] Voicemail
}
title-call = { $call }, { $time }
call-with = with { $names }
call-waited = waited { $time }
call-held = on hold { $time }
call-transferred = transferred
call-recorded = recorded
call-recorded-consent = recorded with consent
call-recording-refused = recording refused
call-recording = Recording of the call
call-voicemail-sound = Voicemail
said-by-customer = Customer
said-by-agent = Agent
call-note = Add outcome or notes
call-edit = Change outcome and notes
call-notes = Notes
disposition = Outcome
disposition-own = Another outcome
disposition-solved = Solved
disposition-later = To be continued
disposition-unreached = Not reached
disposition-wrong = Wrong number

# the call that is on
call-bar = Call with { $name }
call-bar-rings = Your telephone rings
call-bar-customer-rings = The customer is being called
call-bar-talking = Talking
call-bar-held = On hold
call-bar-recording = Recording
call-step-hold = Hold
call-step-resume = Take back
call-step-pause-recording = Pause recording
call-step-resume-recording = Record again
call-step-transfer = Transfer
call-step-hang-up = Hang up
call-step-decline = Decline
call-ended-after = Ended after { $time }
call-pop = { $direction ->
    [out] Your telephone rings to call { $name }
   *[in] { $name } is calling
}
wrap-up = How the call ended
wrap-up-of = How the call with { $name } ended
wrap-up-later = Later
wrap-up-words = In your own words
agent-unknown = an agent
agent-free = Free
agent-no-device = No telephone
call-number = Call { $number }
call-number-from = Call from
calling-toast = Your telephone rings first, then the customer is called

# who takes calls
calls-mine = Calls
availability-available = Takes calls
availability-busy = Busy
availability-away = Away
availability-missed = Away after a missed call
missed-title = You missed a call and are away
missed-text = Your telephone rang and nobody took the call. Until you are back, no customer is sent to you.
missed-back = Take calls again
missed-stay = Stay away
device = Your telephone
device-none = None yet
device-first = Set your telephone first
device-text = Calls ring here. You take one by pressing 1 after you hear who it is.
device-kind = Kind
device-phone = Telephone number
device-sip = SIP address
device-phone-address = Number
device-sip-address = SIP address
device-help = Leave it empty to have no telephone.

# callbacks
callbacks = Callbacks
callbacks-text = Customers who want to be called. They are called in this order, as soon as an agent is free.
callbacks-view = Which callbacks
callbacks-open = Waiting
callbacks-ended = Ended
callbacks-none-open = Nobody waits for a call
callbacks-none-open-text = Who asks on the web page, presses 1 in the queue or leaves a message appears here.
callbacks-none-ended = No callback has ended yet
callbacks-none-ended-text = Those that were made, canceled or came to nothing are kept here.
rail-callbacks = { $n ->
    [one] One customer waits for a call
   *[other] { $n } customers wait for a call
}
queue = Queue
queue-all = All queues
queue-paused = Paused
queue-waiting = { $n ->
    [0] nobody waits
    [one] one waits
   *[other] { $count } wait
}
queue-calling = { $n ->
    [one] one is being called
   *[other] { $count } are being called
}
queue-agents = { $n ->
    [0] no agent takes calls
    [one] one agent takes calls
   *[other] { $count } agents take calls
}
queue-expected = about { $time } to wait
queues-empty = There is no callback queue yet
queues-empty-text = A queue says when customers may be called, by whom, and what they hear.
queues-empty-agent = An administrator can add one.
callback-state-requested = Requested
callback-state-scheduled = Scheduled
callback-state-due = Due
callback-state-reserved = Agent found
callback-state-dialing-agent = Calling the agent
callback-state-agent-accepted = Agent is there
callback-state-dialing-customer = Calling the customer
callback-state-connected = Talking
callback-state-wrap-up = Wrapping up
callback-state-retry-wait = Trying again later
callback-state-done = Done
callback-state-expired = Expired
callback-state-canceled = Canceled
callback-state-voicemail-left = Message left
callback-source = Asked for
callback-source-web = on the web page
callback-source-ivr = by pressing 1 in the queue
callback-source-agent = by an agent
callback-source-missed-call = by a missed call
callback-source-voicemail = by a voicemail
callback-place = Place { $n }
callback-window = wanted { $window }
callback-expected = in about { $time }
callback-not-before = not before { $when }
callback-asked = asked { $when }
callback-requested = Since
callback-calls = { $n ->
    [one] called once
   *[other] called { $n } times
}
callback-priority = Priority { $n }
callback-priority-set = Priority changed: { $name }
callback-zone = Their time zone
callback-attempts = Attempts, newest first
callback-attempt-now = under way
callback-why = { $why ->
    [busy] The line was busy
    [no_answer] Nobody answered
    [machine] An answering machine picked up
    [failed] The number could not be called
    [uncertain] Nobody can say whether the call was made
    [too_late] It became too late for calling
    [broke_off] The call broke off
    [agent_lost] The agent’s line was lost
    [no_time] The hours leave no time for it
    [not_in_time] Nobody could call in time
    [by_customer] Canceled by the customer
    [by_agent] Canceled by { $name }
    [talked] They talked
    [declined] Declined by the agent
    [agent_missed] The agent did not pick up
    [canceled] Canceled
    [lost] Nothing more was heard of the call
   *[other] { $words }
  }
callback-timeline = Timeline of { $name }
callback-move = Move
callback-move-of = When to call { $name }
callback-move-text = Without times the call comes as soon as possible, within business hours.
callback-sooner = Sooner
callback-later = Later
callback-cancel = Cancel the callback
callback-cancel-of = Cancel the callback of { $name }?
callback-cancel-text = They are not called, and lose their place. This cannot be undone.
callback-keep = Keep it
callback-ask = Add a callback
callback-taken = { $name } will be called
callback-number = Number
callback-reason = What it is about
callback-from = From
callback-until = Until
callback-when-help = Empty: as soon as possible.
callback-preferred = Preferred agent
callback-anybody = Anybody

# a queue's settings
queues = Callback queues
queues-text = When customers may be called back, by whom, how many at once, and what they hear.
queue-add = Add a queue
queue-unknown = This queue does not exist
queue-new = New callback queue
queue-saved = { $name } is saved
queue-name-help = Customers hear and read it, for example “Acme Support”.
queue-basics = Basics
queue-phone = Telephone channel
queue-phone-none = None yet
queue-phone-help = Customers are called from its number.
queue-sms = SMS channel
queue-sms-none = None: nobody can ask on the web page
queue-sms-help = Sends the code that proves a number, and says when nobody was reached.
queue-language = Language
queue-language-help = Spoken where the caller's own is not known. In other languages than English and German the hub says only what you write below.
queue-when = When
queue-hours = Business hours
queue-hours-none = Always open
queue-zone-help = For numbers that do not tell their own.
queue-legal = Never outside of
queue-legal-help = By the customer's own clock. The law of many countries forbids calls early, late and on Sundays.
queue-closes = Until
queue-days = Days
queue-who = Who and how
queue-mode = Who is called first
queue-mode-agent = The agent, then the customer
queue-mode-customer = The customer, once an agent is reserved
queue-serves = Agents
queue-serves-help = None chosen: everybody who takes calls.
queue-capacity = Calls at once
queue-most = Most waiting
queue-most-help = More are turned away.
queue-rate = Calls per second
queue-wrap-up = Wrap-up, seconds
queue-keep = Days until it expires
queue-dispositions = Outcomes
queue-dispositions-help = One a line. Agents choose from them when a call has ended.
queue-sources = Where callbacks come from
queue-web = Web page
queue-web-help = Customers ask on a page of the hub, with their number proved by a code.
queue-form = Address of the page
queue-missed = Missed calls
queue-missed-help = Who called and reached nobody is called back.
queue-scripts = What is said
queue-scripts-text = Empty fields say the words shown in them. { $words } stand for what they name.
queue-script-language = Words in
queue-script-add = Add a language
queue-script-remove = Remove the words in { $language }
script-offer = To a caller who waits
script-offer_closed = To a caller while it is closed
script-taken = When they have pressed 1
script-whisper = To the agent, before taking it
script-opening = To a customer called first
script-sorry = When no agent takes that call
script-machine = To an answering machine
script-sms_code = SMS with the code
script-sms_taken = SMS when it was taken
script-sms_unreached = SMS when nobody was reached
queue-preview = The call as it will run
queue-preview-text = With example words. It shows what is written above, saved or not.
queue-preview-failed = The preview could not be made
preview-who-caller = The caller hears
preview-who-agent = The agent hears
preview-who-customer = The customer hears
preview-who-text = A text message
preview-key = Presses { $key }
preview-no-key = Presses nothing
preview-ends = the call ends
preview-goes = then “{ $step }”
queue-wait = Expected wait
preview-step-offer = A caller waits
preview-step-offer_closed = Somebody calls while it is closed
preview-step-taken = The caller pressed 1
preview-step-consent = Somebody calls
preview-step-voicemail = A caller leaves a message
preview-consent-1 = Agrees to be recorded
preview-consent-none = Is not recorded
preview-offer_closed-none-ends = Is let go
preview-step-whisper = The agent's telephone rings
preview-step-talk = Customer and agent talk
preview-step-opening = The customer is called first
preview-step-sorry = No agent takes the call
preview-step-machine = An answering machine picks up
preview-step-sms_code = Somebody asks for a call on the web page
preview-step-sms_taken = A callback was taken
preview-step-sms_unreached = The last try reached nobody
preview-offer-1 = Wants to be called back
preview-offer-none = Stays on the line
preview-offer_closed-1 = Wants to be called back
preview-offer_closed-none = May leave a message
preview-whisper-1 = Takes the call
preview-whisper-none = The next agent is asked
queue-pause = Pause the queue
queue-resume = Take calls again
