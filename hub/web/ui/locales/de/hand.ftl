# Die Befehlsliste, die Übersicht der Tasten, wie ein Gerät ruft, Zeitzonen.

palette = Befehle
palette-open = Befehle
palette-field = Befehl, Seite oder Kunde eintippen
palette-found = { $n ->
    [0] Nichts gefunden
    [one] Eine Zeile
   *[other] { $n } Zeilen
}
palette-commands = Befehle
palette-recent = Zuletzt benutzt
palette-here = Auf dieser Seite
palette-search = Suche
palette-search-for = Alles nach „{ $query }“ durchsuchen
key-palette = Befehle, Knöpfe, Seiten und Kunden beim Namen
group-move = Bewegen
group-answer = Antworten
group-work = Arbeiten
group-go = Gehe zu
group-page = Diese Seite

go-desk = Vorgänge
go-callbacks = Rückrufe
go-channels = Kanäle
go-quarantine = Quarantäne
go-agents = Team
go-settings = Einstellungen

alerts = Hinweise auf diesem Gerät
alerts-help = Bei Nachrichten, Antworten und Notizen in Vorgängen, die Ihnen gehören oder denen Sie folgen, bei Erwähnungen und bei dem, was Ihnen zugewiesen wird.
alerts-desktop = Mitteilungen auf dem Schreibtisch
alerts-refused = Dieser Browser erlaubt es nicht. Erlauben Sie Mitteilungen für diese Seite in den Einstellungen des Browsers und schalten Sie es dann wieder ein.
alerts-sound = Ton
alerts-try = Anhören
alerts-quiet = Ruhezeit
alerts-from = Ruhe von
alerts-until = Ruhe bis
alert-mention = { $who } hat Sie erwähnt
alert-note = { $who } hat eine Notiz zu { $name } geschrieben
alert-answer = { $who } hat { $name } geantwortet
alert-assigned = { $name } gehört jetzt Ihnen

zone = Zeitzone
zone-help = Zeiten auf den Seiten werden in ihr gezeigt. Gilt auf diesem Gerät.
zone-device = Wie dieses Gerät ({ $zone })
