# The palette, the overview of keys, how a device calls its agent, time zones.

palette = Commands
palette-open = Commands
palette-field = Type a command, a page or a customer
palette-found = { $n ->
    [0] Nothing found
    [one] One line
   *[other] { $n } lines
}
palette-commands = Commands
palette-recent = Used last
palette-here = On this page
palette-search = Search
palette-search-for = Search everything for “{ $query }”
key-palette = Commands, buttons, pages and customers by name
group-move = Move
group-answer = Answer
group-work = Work
group-go = Go to
group-page = This page

go-desk = Conversations
go-callbacks = Callbacks
go-channels = Channels
go-quarantine = Quarantine
go-agents = Agents
go-settings = Settings

alerts = Alerts on this device
alerts-help = For messages, answers and notes in conversations that are yours or that you follow, mentions, and what is assigned to you.
alerts-desktop = Desktop notifications
alerts-refused = This browser does not allow it. Allow notifications for this site in the browser's settings, then switch it on again.
alerts-sound = Sound
alerts-try = Listen
alerts-quiet = Quiet hours
alerts-from = Quiet from
alerts-until = Quiet until
alert-mention = { $who } mentioned you
alert-note = { $who } wrote a note about { $name }
alert-answer = { $who } answered { $name }
alert-assigned = { $name } is yours now

zone = Time zone
zone-help = Times on the pages are shown in it. Kept on this device.
zone-device = Like this device ({ $zone })
