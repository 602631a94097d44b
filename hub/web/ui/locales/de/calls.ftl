# Anrufe und Rückrufe.

# ein Anruf in der Zeitleiste
call-ringing = { $direction ->
    [out] Ausgehender Anruf: klingelt
   *[in] Eingehender Anruf: klingelt
}
call-waiting = Eingehender Anruf: wartet auf einen Agenten
call-talking = { $direction ->
    [out] Ausgehender Anruf: im Gespräch
   *[in] Eingehender Anruf: im Gespräch
}
call-ended = { $direction ->
    [out] Ausgehender Anruf
   *[in] Eingehender Anruf
}
call-missed = { $direction ->
    [out] Nicht erreicht
   *[in] Verpasster Anruf
}
call-voicemail = { $direction ->
    [out] Anrufbeantworter erreicht
   *[in] Sprachnachricht
}
title-call = { $call }, { $time }
call-with = mit { $names }
call-waited = { $time } gewartet
call-held = { $time } gehalten
call-transferred = weitergegeben
call-recorded = aufgenommen
call-recorded-consent = mit Einverständnis aufgenommen
call-recording-refused = Aufnahme abgelehnt
call-recording = Aufnahme des Gesprächs
call-voicemail-sound = Sprachnachricht
said-by-customer = Kunde
said-by-agent = Wir
call-note = Ergebnis oder Notizen hinzufügen
call-edit = Ergebnis und Notizen ändern
call-notes = Notizen
disposition = Ergebnis
disposition-own = Ein anderes Ergebnis
disposition-solved = Gelöst
disposition-later = Geht weiter
disposition-unreached = Nicht erreicht
disposition-wrong = Falsche Nummer

# das laufende Gespräch
call-bar = Anruf mit { $name }
call-bar-rings = Ihr Telefon klingelt
call-bar-customer-rings = Der Kunde wird angerufen
call-bar-talking = Im Gespräch
call-bar-held = Gehalten
call-bar-recording = Aufnahme
call-step-hold = Halten
call-step-resume = Zurückholen
call-step-pause-recording = Aufnahme anhalten
call-step-resume-recording = Weiter aufnehmen
call-step-transfer = Weitergeben
call-step-hang-up = Auflegen
call-step-decline = Ablehnen
call-ended-after = Beendet nach { $time }
call-pop = { $direction ->
    [out] Ihr Telefon klingelt, um { $name } anzurufen
   *[in] { $name } ruft an
}
wrap-up = Wie der Anruf ausging
wrap-up-of = Wie der Anruf mit { $name } ausging
wrap-up-later = Später
wrap-up-words = Mit eigenen Worten
agent-unknown = einem Mitarbeitenden
agent-free = Frei
agent-no-device = Kein Telefon
call-number = { $number } anrufen
call-number-from = Anrufen von
calling-toast = Erst klingelt Ihr Telefon, dann wird der Kunde angerufen

# wer Anrufe nimmt
calls-mine = Anrufe
availability-available = Nimmt Anrufe
availability-busy = Beschäftigt
availability-away = Abwesend
availability-missed = Abwesend nach einem verpassten Anruf
missed-title = Sie haben einen Anruf verpasst und sind abwesend
missed-text = Ihr Telefon hat geklingelt, und niemand hat das Gespräch angenommen. Bis Sie zurück sind, wird niemand zu Ihnen verbunden.
missed-back = Wieder Anrufe nehmen
missed-stay = Abwesend bleiben
device = Ihr Telefon
device-none = Noch keines
device-first = Legen Sie erst Ihr Telefon fest
device-text = Anrufe klingeln hier. Sie nehmen einen, indem Sie die 1 drücken, wenn Sie gehört haben, wer es ist.
device-kind = Art
device-phone = Telefonnummer
device-sip = SIP-Adresse
device-phone-address = Nummer
device-sip-address = SIP-Adresse
device-help = Leer: kein Telefon.

# Rückrufe
callbacks = Rückrufe
callbacks-text = Kunden, die angerufen werden möchten. Sie werden in dieser Reihenfolge angerufen, sobald ein Agent frei ist.
callbacks-view = Welche Rückrufe
callbacks-open = Wartend
callbacks-ended = Beendet
callbacks-none-open = Niemand wartet auf einen Anruf
callbacks-none-open-text = Wer auf der Webseite fragt, in der Warteschlange die 1 drückt oder eine Nachricht hinterlässt, erscheint hier.
callbacks-none-ended = Noch kein Rückruf ist beendet
callbacks-none-ended-text = Gemachte, abgesagte und vergebliche bleiben hier stehen.
rail-callbacks = { $n ->
    [one] Ein Kunde wartet auf einen Anruf
   *[other] { $n } Kunden warten auf einen Anruf
}
queue = Warteschlange
queue-all = Alle Warteschlangen
queue-paused = Angehalten
queue-waiting = { $n ->
    [0] niemand wartet
    [one] einer wartet
   *[other] { $count } warten
}
queue-calling = { $n ->
    [one] einer wird angerufen
   *[other] { $count } werden angerufen
}
queue-agents = { $n ->
    [0] kein Agent nimmt Anrufe
    [one] ein Agent nimmt Anrufe
   *[other] { $count } Agenten nehmen Anrufe
}
queue-expected = etwa { $time } Wartezeit
queues-empty = Noch keine Warteschlange für Rückrufe
queues-empty-text = Eine Warteschlange sagt, wann Kunden angerufen werden dürfen, von wem, und was sie hören.
queues-empty-agent = Ein Administrator kann eine anlegen.
callback-state-requested = Gewünscht
callback-state-scheduled = Geplant
callback-state-due = Fällig
callback-state-reserved = Agent gefunden
callback-state-dialing-agent = Agent wird angerufen
callback-state-agent-accepted = Agent ist da
callback-state-dialing-customer = Kunde wird angerufen
callback-state-connected = Im Gespräch
callback-state-wrap-up = Nachbereitung
callback-state-retry-wait = Später noch einmal
callback-state-done = Erledigt
callback-state-expired = Verfallen
callback-state-canceled = Abgesagt
callback-state-voicemail-left = Nachricht hinterlassen
callback-source = Gewünscht
callback-source-web = auf der Webseite
callback-source-ivr = mit der 1 in der Warteschlange
callback-source-agent = von einem Agenten
callback-source-missed-call = durch einen verpassten Anruf
callback-source-voicemail = durch eine Sprachnachricht
callback-place = Platz { $n }
callback-window = gewünscht { $window }
callback-expected = in etwa { $time }
callback-not-before = nicht vor { $when }
callback-asked = gewünscht { $when }
callback-requested = Seit
callback-calls = { $n ->
    [one] einmal angerufen
   *[other] { $n }-mal angerufen
}
callback-priority = Vorrang { $n }
callback-priority-set = Vorrang geändert: { $name }
callback-zone = Zeitzone des Kunden
callback-attempts = Versuche, der neueste zuerst
callback-attempt-now = läuft
callback-why = { $why ->
    [busy] Besetzt
    [no_answer] Niemand hat abgenommen
    [machine] Ein Anrufbeantworter ist drangegangen
    [failed] Die Nummer konnte nicht angerufen werden
    [uncertain] Ob angerufen wurde, ist nicht bekannt
    [too_late] Zum Anrufen ist es zu spät geworden
    [broke_off] Der Anruf brach ab
    [agent_lost] Die Leitung zum Agenten ging verloren
    [no_time] Die Zeiten lassen keinen Anruf zu
    [not_in_time] Niemand konnte rechtzeitig anrufen
    [by_customer] Vom Kunden abgesagt
    [by_agent] Abgesagt von { $name }
    [talked] Gespräch geführt
    [declined] Vom Agenten abgelehnt
    [agent_missed] Der Agent hat nicht abgenommen
    [canceled] Abgesagt
    [lost] Vom Anruf war nichts mehr zu hören
   *[other] { $words }
  }
callback-timeline = Zeitleiste von { $name }
callback-move = Verschieben
callback-move-of = Wann { $name } angerufen wird
callback-move-text = Ohne Zeiten kommt der Anruf so bald wie möglich, innerhalb der Geschäftszeiten.
callback-sooner = Früher
callback-later = Später
callback-cancel = Rückruf absagen
callback-cancel-of = Den Rückruf von { $name } absagen?
callback-cancel-text = Der Kunde wird nicht angerufen und verliert seinen Platz. Das lässt sich nicht zurücknehmen.
callback-keep = Behalten
callback-ask = Rückruf eintragen
callback-taken = { $name } wird angerufen
callback-number = Nummer
callback-reason = Worum es geht
callback-from = Von
callback-until = Bis
callback-when-help = Leer: so bald wie möglich.
callback-preferred = Bevorzugter Agent
callback-anybody = Irgendjemand

# Einstellungen einer Warteschlange
queues = Rückrufe
queues-text = Wann Kunden zurückgerufen werden dürfen, von wem, wie viele zugleich, und was sie hören.
queue-add = Warteschlange hinzufügen
queue-unknown = Diese Warteschlange gibt es nicht
queue-new = Neue Warteschlange für Rückrufe
queue-saved = { $name } ist gespeichert
queue-name-help = Kunden hören und lesen ihn, zum Beispiel „Acme Support“.
queue-basics = Grundlagen
queue-phone = Telefonkanal
queue-phone-none = Noch keiner
queue-phone-help = Von seiner Nummer werden Kunden angerufen.
queue-sms = SMS-Kanal
queue-sms-none = Keiner: Auf der Webseite kann niemand fragen
queue-sms-help = Sendet den Code, der eine Nummer beweist, und sagt, wenn niemand erreicht wurde.
queue-language = Sprache
queue-language-help = Gesprochen, wo die des Anrufers nicht bekannt ist. In anderen Sprachen als Deutsch und Englisch sagt der Hub nur, was Sie unten schreiben.
queue-when = Wann
queue-hours = Geschäftszeiten
queue-hours-none = Immer geöffnet
queue-zone-help = Für Nummern, die ihre eigene nicht verraten.
queue-legal = Nie außerhalb von
queue-legal-help = Nach der Uhr des Kunden. In vielen Ländern verbietet das Gesetz Anrufe früh, spät und sonntags.
queue-closes = Bis
queue-days = Tage
queue-who = Wer und wie
queue-mode = Wer zuerst angerufen wird
queue-mode-agent = Der Agent, dann der Kunde
queue-mode-customer = Der Kunde, sobald ein Agent vorgemerkt ist
queue-serves = Agenten
queue-serves-help = Keiner gewählt: alle, die Anrufe nehmen.
queue-capacity = Anrufe zugleich
queue-most = Höchstens Wartende
queue-most-help = Weitere werden abgewiesen.
queue-rate = Anrufe pro Sekunde
queue-wrap-up = Nachbereitung, Sekunden
queue-keep = Tage, bis er verfällt
queue-dispositions = Ergebnisse
queue-dispositions-help = Eines pro Zeile. Agenten wählen daraus, wenn ein Anruf beendet ist.
queue-sources = Woher Rückrufe kommen
queue-web = Webseite
queue-web-help = Kunden fragen auf einer Seite des Hubs; ihre Nummer wird durch einen Code bewiesen.
queue-form = Adresse der Seite
queue-missed = Verpasste Anrufe
queue-missed-help = Wer anrief und niemanden erreichte, wird zurückgerufen.
queue-scripts = Was gesagt wird
queue-scripts-text = Leere Felder sagen die Worte, die darin stehen. { $words } stehen für das, was sie nennen.
queue-script-language = Worte auf
queue-script-add = Sprache hinzufügen
queue-script-remove = Die Worte auf { $language } entfernen
script-offer = Zum Anrufer, der wartet
script-offer_closed = Zum Anrufer, wenn geschlossen ist
script-taken = Wenn er die 1 gedrückt hat
script-whisper = Zum Agenten, bevor er annimmt
script-opening = Zum Kunden, der zuerst angerufen wird
script-sorry = Wenn niemand dieses Gespräch annimmt
script-machine = Zu einem Anrufbeantworter
script-sms_code = SMS mit dem Code
script-sms_taken = SMS, wenn er angenommen ist
script-sms_unreached = SMS, wenn niemand erreicht wurde
queue-preview = Der Anruf, wie er ablaufen wird
queue-preview-text = Mit Beispielworten. Gezeigt wird, was oben steht, gespeichert oder nicht.
queue-preview-failed = Die Vorschau kam nicht zustande
preview-who-caller = Der Anrufer hört
preview-who-agent = Der Agent hört
preview-who-customer = Der Kunde hört
preview-who-text = Eine Textnachricht
preview-key = Drückt { $key }
preview-no-key = Drückt nichts
preview-ends = der Anruf endet
preview-goes = dann „{ $step }“
queue-wait = Erwartete Wartezeit
preview-step-offer = Ein Anrufer wartet
preview-step-offer_closed = Jemand ruft an, während geschlossen ist
preview-step-taken = Der Anrufer hat die 1 gedrückt
preview-step-consent = Jemand ruft an
preview-step-voicemail = Ein Anrufer hinterlässt eine Nachricht
preview-consent-1 = Ist mit der Aufzeichnung einverstanden
preview-consent-none = Wird nicht aufgezeichnet
preview-offer_closed-none-ends = Das Gespräch endet
preview-step-whisper = Das Telefon des Agenten klingelt
preview-step-talk = Kunde und Agent sprechen
preview-step-opening = Der Kunde wird zuerst angerufen
preview-step-sorry = Niemand nimmt das Gespräch an
preview-step-machine = Ein Anrufbeantworter nimmt ab
preview-step-sms_code = Jemand bittet auf der Webseite um einen Anruf
preview-step-sms_taken = Ein Rückruf wurde angenommen
preview-step-sms_unreached = Der letzte Versuch hat niemanden erreicht
preview-offer-1 = Möchte zurückgerufen werden
preview-offer-none = Bleibt in der Leitung
preview-offer_closed-1 = Möchte zurückgerufen werden
preview-offer_closed-none = Kann eine Nachricht hinterlassen
preview-whisper-1 = Nimmt den Anruf
preview-whisper-none = Der nächste Agent wird gefragt
queue-pause = Warteschlange anhalten
queue-resume = Wieder Anrufe nehmen
