### Suche

search = Suche
search-everything = Nachrichten, Dateien, Notizen und Kunden durchsuchen
search-clear = Feld leeren
search-operators = Filter
search-filters = Filter dieser Suche
search-order = Reihenfolge
search-newest = Neueste
search-best = Beste
search-results = Ergebnisse
search-resolved = Erledigt
search-system = System
search-in-file = In einer Datei
search-in-note = In einer internen Notiz
search-in-call = In einem Anruf
search-from-us = Von uns gesendet
search-from-customer = Vom Kunden gesendet
search-all-for = Überall nach „{ $query }“ suchen
search-found = { $n ->
    [0] Nichts gefunden
    [one] Ein Ergebnis wird gezeigt
   *[other] { $n } Ergebnisse werden gezeigt
}
search-more-here = { $n ->
    [one] Noch ein Treffer in diesem Vorgang
   *[other] Noch { $n } in diesem Vorgang
}
search-none = Nichts gefunden für „{ $query }“
search-none-text = Prüfen Sie die Schreibweise, nehmen Sie weniger Wörter, oder lassen Sie einen Filter weg. Dateien und neue Nachrichten sind kurz nach ihrer Ankunft zu finden.
search-meant = Meinten Sie
search-without = Ohne { $filter }
search-not = nicht { $name }
search-end = Das ist alles, was gefunden wurde.
search-ranked = Das sind die besten der { $count } neuesten Treffer. Ältere sind nicht dabei.
search-by-age = Alle zeigen, neueste zuerst
search-reached = Bis { $date } wurde bisher gesucht.
search-further = Weiter zurück suchen
search-lately = Zuletzt gesucht
search-how = So suchen Sie
search-how-text = Tippen Sie Wörter, wie Sie sie im Kopf haben: Groß- und Kleinschreibung und Akzente spielen keine Rolle, und das letzte Wort darf unfertig sein. Mit einem Filter wird es genauer. Auch Endungen von Mehrzahl und Fall zählen nicht, außer in Anführungszeichen.
search-problem-unknown = „{ $value }“ gibt es hier nicht, darum kann damit nichts gefunden werden.
search-problem-many = Mehr als 100 Kunden heißen „{ $value }“: Gesucht wird nur bei den neuesten. Schreiben Sie mehr vom Namen.
search-problem-not_a_date = „{ $value }“ ist kein Datum. Schreiben Sie 2026-11-03, 2026-11, yesterday oder 7d.
operator-from = wer es schrieb: Name, Adresse, @firma.de, me
operator-to = an wen es ging
operator-subject = Wörter des Betreffs
operator-customer = auf wessen Zeitlinie
operator-channel = email, sms oder der Name eines Kanals
operator-has = attachment, image, pdf, document
operator-kind = message, note, call, callback
operator-before = vor einem Tag: 2026-11-03, yesterday, 7d
operator-after = seit einem Tag
operator-assigned = me, nobody oder jemand aus dem Team
operator-team = das Team des Vorgangs
operator-label = ein Etikett des Vorgangs
operator-is = open, snoozed, resolved
operator-phrase = diese Wörter in dieser Folge
operator-minus = dies nicht: -retoure, -label:vip
filter-by-from = Von
filter-by-to = An
filter-by-subject = Betreff
filter-by-customer = Kunde
filter-by-channel = Kanal
filter-by-has = Enthält
filter-by-kind = Art
filter-by-before = Vor
filter-by-after = Seit
filter-by-assigned = Zugewiesen an
filter-by-team = Team
filter-by-label = Etikett
filter-by-is = Ist
