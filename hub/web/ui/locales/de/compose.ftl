### Compose

reply-placeholder-slash = { $name } schreiben, oder / für Textbausteine und Aktionen
completion = Vorschläge
canned-replies = Textbausteine
macros = Makros
brands = Marken
macro-done = Erledigt: { $name }
macro-undone = { $stays ->
    [words] Zurückgenommen: { $name }. Was es geschrieben hat, steht noch im Eingabefeld.
    [task] Zurückgenommen: { $name }. Seine Aufgabe wurde inzwischen geändert und bleibt.
    [both] Zurückgenommen: { $name }. Was es geschrieben hat, steht noch im Eingabefeld; seine Aufgabe wurde inzwischen geändert und bleibt.
   *[nothing] Zurückgenommen: { $name }
}

slash-actions = Etwas tun
slash-assign = Zuweisen …
slash-labels = Label …
slash-reply = Antwort schreiben
slash-note = Notiz schreiben
slash-save = Als Textbaustein sichern
reply-saved = Als „{ $name }“ gesichert
shortcut-word = Kürzel
shortcut-word-help = Mit / und diesem Wort ist er zu finden.
reply-words = Text
reply-variables = Variablen: {"{{"} customer.first_name {"}}"}, customer.name, customer.email, agent.name, conversation.subject, company.name, brand.name – und jedes Attribut des Kunden.

looks-of-words = Formatierung
tool-bold = Fett
tool-italic = Kursiv
tool-underline = Unterstrichen
tool-bullets = Aufzählung
tool-numbers = Nummerierte Liste
tool-quote = Zitat
tool-link = Link
tool-unlink = Link entfernen
tool-plain = Formatierung entfernen
link-address = Adresse der Seite

send-later = Später senden
send-later-pick = Datum und Uhrzeit wählen …
send-then = Dann senden
scheduled-toast = Geht hinaus: { $when }
held-toast = Antwort ist unterwegs
undo-send = Senden rückgängig
hold-left = { $n ->
    [one] Geht in einer Sekunde hinaus
   *[other] Geht in { $n } Sekunden hinaus
}
scheduled-messages = Nachrichten, die später hinausgehen
scheduled-at = Geht hinaus: { $when }
scheduled-held-back = Zurückgehalten: Eine neuere Nachricht kam
scheduled-failed = Konnte nicht gesendet werden
scheduled-to = an { $address }
scheduled-to-by = an { $address }, von { $name }
scheduled-time = Zeit ändern
scheduled-send-now = Jetzt senden
scheduled-send-anyway = Trotzdem senden
scheduled-edit = Bearbeiten
scheduled-discard = Verwerfen

colleague-answers = { $n ->
    [one] { $names } schreibt hier gerade eine Antwort.
   *[other] { $names } schreiben hier gerade Antworten.
}
answered-meanwhile = { $name } hat geantwortet, während Sie schrieben:
wrote-meanwhile = { $n ->
    [one] { $name } hat geschrieben, während Sie schrieben:
   *[other] { $name } hat { $n } Nachrichten geschrieben, während Sie schrieben. Die neueste:
}
holes = { $n ->
    [one] Nicht ausgefüllt: { $names }
   *[other] Nicht ausgefüllt: { $names }
}
signature-below = { $own ->
    [yes] Ihre Signatur kommt darunter
   *[no] Die Signatur von { $brand } kommt darunter
}

undo-seconds = Zeit, eine Mail zurückzuholen
undo-seconds-help = So lange wartet eine Mail, bevor sie hinausgeht.
undo-seconds-off = Sofort senden
undo-seconds-n = { $n } Sekunden

mention-toast = { $name } hat Sie erwähnt: { $text }
mentions = Erwähnungen
mentions-n = { $n ->
    [one] Eine Notiz erwähnt Sie
   *[other] { $n } Notizen erwähnen Sie
}
mention-of = { $name } · { $customer }
mentions-all-seen = Alle als gesehen markieren

canned-replies-text = Was immer wieder geschrieben wird, ausgefüllt mit dem, was über den Kunden bekannt ist, in seiner Sprache.
canned-replies-empty = Noch keine Textbausteine
canned-replies-empty-text = Was oft geschrieben wird, steht hier einmal, in jeder Sprache Ihrer Kunden.
reply-add = Textbaustein hinzufügen
reply-new = Neuer Textbaustein
macro-add = Makro hinzufügen
macro-new = Neues Makro
macros-text = Eine Änderung der Unterhaltung und ein Textbaustein in einem Schritt.
macros-empty = Noch keine Makros
macros-empty-text = „Erstattet“: Label setzen, Text schreiben, erledigen – in einem Schritt.
scope = Wer es benutzen darf
scope-personal = Nur ich
scope-team = Ein Team
scope-shared = Alle
reply-language = Sprache
reply-language-remove = Diese Sprache entfernen
reply-files = Dateien, die mitgehen
macro-reply = Text
macro-no-reply = Nichts schreiben
macro-change = Änderung
macro-nothing = Lassen, wie es ist
macro-state-resolved = Erledigen
macro-state-open = Wieder öffnen
macro-snooze-later = Für eine Zeit zurückstellen
macro-snooze-for = zurückstellen: { $when }
macro-task = Eine Aufgabe für den, der es benutzt
macro-task-dated = Mit Erinnerung
later-hours = Stunden danach
later-days = Tage danach
later-weekday = Der nächste Wochentag
later-number = Wie viele
later-day = Tag
later-at = Um
later-in-hours = { $n ->
    [one] in einer Stunde
   *[other] in { $n } Stunden
}
later-in-days = { $n ->
    [one] am nächsten Tag um { $at }
   *[other] in { $n } Tagen um { $at }
}
later-in-weekday = nächsten { $day } um { $at }
remove-one = Entfernen
removed-toast = Entfernt
brands-text = In wessen Namen Ihre Kanäle sprechen: die Signatur unter ihren Mails.
brands-empty = Noch keine Marken
brands-empty-text = Ohne Marke steht die eigene Signatur jedes Agenten unter den Mails.
brand-add = Marke hinzufügen
brand-new = Neue Marke
brand-signature = Signatur (HTML)
brand-signature-help = Variablen: {"{{"} agent.name {"}}"}, agent.first_name, agent.email, brand.name. Bilder brauchen eine https-Adresse.
brand-channels = Kanäle
brand-preview = Vorschau
brand-no-channel = Noch kein Kanal
edit-one = Bearbeiten
macro-state = Unterhaltung
reply-words-in = Text auf { $language }
