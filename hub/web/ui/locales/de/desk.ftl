# Die Seite der Agenten: Vorgänge, Zeitlinie, Antwortfeld, Kunde.

view-open = Offen
view-mine = Meine
view-unassigned = Frei
view-resolved = Erledigt
empty-open = Alle Vorgänge sind erledigt
empty-open-text = Neue Nachrichten erscheinen hier von selbst.
empty-mine = Ihnen ist nichts zugewiesen
empty-mine-text = Nehmen Sie mit der Taste M einen freien Vorgang.
empty-unassigned = Jeder Vorgang hat jemanden
empty-unassigned-text = Neue ohne Zuständige erscheinen hier.
empty-resolved = Noch nichts erledigt
empty-resolved-text = Erledigte Vorgänge bleiben hier erhalten.
no-subject = Ohne Betreff
mail-empty = Leere Mail
unread = Ungelesen
draft = Entwurf
answered = Beantwortet
waiting = Wartet
waiting-since = Wartet seit { $at }
delivery-problem = Eine Nachricht wurde nicht zugestellt
search-nothing = Kein Kunde beginnt mit „{ $query }“
search-failed = Die Suche hat nicht geantwortet. Versuchen Sie es erneut.
customers = Kunden
new-message = Neue Nachricht
pane-resize-list = Breite der Liste
pane-resize-customer = Breite des Kundenbereichs

timeline = Zeitlinie
timeline-entries = Einträge der Zeitlinie
nothing-open = Kein Vorgang ist geöffnet
nothing-open-text = Wählen Sie einen aus der Liste, oder drücken Sie J für den ersten.
conversation-unknown = Diesen Vorgang gibt es nicht
unknown-text = Vielleicht wurde er entfernt, oder der Link ist nicht vollständig.
customer-unknown = Diesen Kunden gibt es nicht
timeline-empty = Noch wurde nichts gesagt
timeline-empty-text = Was der Kunde schreibt, gleich auf welchem Kanal, erscheint hier.
timeline-offline = Was gesagt wurde, erscheint, sobald die Verbindung wieder da ist.
timeline-start = Der Anfang
older-failed = Ältere Einträge konnten nicht geladen werden. Erneut versuchen
narrow-bar = Was die Zeitlinie zeigt
narrow-fold = { $n ->
    [0] Was die Zeitlinie zeigt
   *[other] Was die Zeitlinie zeigt, eingegrenzt: { $n }
 }
narrow-channel = Kanal
narrow-thread = Vorgang
narrow-thread-find = Vorgang suchen
narrow-kind = Art
narrow-person = Person
narrow-person-find = Person suchen
all-threads = Alle Vorgänge
all-kinds = Alles
all-people = Alle Personen
kinds-message = Nachrichten
kinds-note = Notizen
kinds-call = Anrufe
kinds-callback = Rückrufe
kinds-file = Dateien
kinds-event = Änderungen
show-everything = Alles zeigen
narrowed-empty = Nichts passt
narrowed-empty-text = Kein Eintrag dieses Kunden erfüllt alles, was oben gewählt ist.
narrowed-start = Nichts Älteres passt
jump-to-date = Zu einem Tag gehen
jump-day = Tag
jump-go = Los
newer-failed = Neuere Einträge konnten nicht geladen werden. Erneut versuchen
entry-unknown = Diesen Eintrag gibt es nicht.
entry-reply = Antworten
entry-quote = Mit Zitat antworten
entry-note = Eine Notiz dazu schreiben
copy-link = Link kopieren
link-copied = Link kopiert
text-copied = Text kopiert
fold-events = { $n ->
    [one] Eine Änderung
   *[other] { $count } Änderungen
}
to-newest = Neueste
new-entries = { $n ->
    [one] Ein neuer Eintrag
   *[other] { $count } neue Einträge
}
announce-entry = { $name }: { $text }
since-you-looked = Seit Sie zuletzt hier waren
gap-weeks = { $n ->
    [one] Eine Woche Stille
   *[other] { $n } Wochen Stille
}
gap-months = { $n ->
    [one] Ein Monat Stille
   *[other] { $n } Monate Stille
}
gap-years = { $n ->
    [one] Ein Jahr Stille
   *[other] { $n } Jahre Stille
}
thread-continued = fortgesetzt
thread-focus = Nur diesen Vorgang hervorheben
thread-unfocus = Alle Vorgänge zeigen
possibly-related = Gehört vielleicht zu einem früheren Vorgang
fold-automatic = { $n ->
    [one] Eine automatische Nachricht
   *[other] { $count } automatische Nachrichten
}
fold-notices = { $n ->
    [one] Ein Zustellhinweis
   *[other] { $count } Zustellhinweise
}
state-resolved = Erledigt

author-customer = Kunde
author-agent = Agent
author-system = Der Hub
entry-to = an { $address }
entry-copies = { $n ->
    [one] + 1 Kopie
   *[other] + { $n } Kopien
}
note = Notiz
note-tip = Nur das Team sieht das
automatic-auto = Automatisch
automatic-list = Verteiler
automatic-bounce = Zustellhinweis
no-text = Ohne Text
show-quoted = Zitat und Signatur zeigen
hide-quoted = Zitat und Signatur verbergen
show-rest = Rest zeigen ({ $count } Zeichen)
show-original = Original zeigen
hide-original = Original verbergen
original = Die Nachricht, wie sie gestaltet war
download-source = Quelltext laden
copy-text = Text kopieren
images-blocked = { $n ->
    [one] Ein Bild von außen ist blockiert
   *[other] { $n } Bilder von außen sind blockiert
}
images-blocked-short = { $n ->
    [one] 1 Bild blockiert
   *[other] { $n } Bilder blockiert
}
images-blocked-why = Sie zu laden verrät, dass die Nachricht geöffnet wurde.
images-show = Bilder zeigen
attachments = Anhänge
files-all = Alle { $count } Dateien zeigen
inline-show = { $n ->
    [one] 1 eingebetteten Teil zeigen
   *[other] { $n } eingebettete Teile zeigen
}
inline-hide = Eingebettete Teile verbergen
transcript = Mitschrift

kind-call = { $direction ->
    [out] Ausgehender Anruf
   *[in] Eingehender Anruf
}
kind-visit = Besuch
kind-callback = Rückruf
kind-survey = Antwort auf eine Umfrage
kind-promise = Zusage
kind-fax = Fax
kind-voicemail = Sprachnachricht

event-assigned = { $self ->
    [yes] { $actor }: Vorgang übernommen
   *[no] { $actor }: zugewiesen an { $assignee }
}
event-unassigned = { $actor }: Zuweisung entfernt
event-resolved = { $actor }: erledigt
event-reopened = { $actor }: wieder geöffnet
event-merged = { $actor }: { $other } mit diesem Kunden zusammengeführt
event-unmerged = { $actor }: { $other } wieder getrennt
event-other = { $actor }: { $type }

delivery-waiting = Wartet auf eine Verbindung
delivery-queued = In der Warteschlange
delivery-sending = Wird gesendet
delivery-sent = Gesendet
delivery-delivered = Zugestellt
delivery-read = Gelesen
delivery-failed = Nicht zugestellt an { $address }
delivery-uncertain = Es ist nicht sicher, ob das gesendet wurde
delivery-held = Angehalten
delivery-canceled = Abgebrochen
step-retry = Erneut versuchen
step-send-another-way = Anders senden
step-mark-sent = Geprüft: als gesendet führen
step-cancel = Abbrechen

viewer-here = { $name } ist hier
viewer-writing = { $name } schreibt

resolve = Erledigen
reopen = Wieder öffnen
resolve-tip = Erledigen und zum nächsten
reopen-tip = Wieder öffnen
resolved-toast = Erledigt: { $name }
reopened-toast = Wieder geöffnet: { $name }
assign = Zuweisen
assign-tip = Zuweisen
assign-me = { $name } (Sie)
assign-nobody = Niemand
assign-filter = Person suchen
assign-unknown = Niemand heißt so
assigned-to = Zugewiesen an { $name }
assigned-word = Zugewiesen an
assigned-toast = Zugewiesen
assigned-me-toast = Ihnen zugewiesen
unassigned-toast = Zuweisung entfernt
unassigned = Frei

composer = Antwort
composer-mode = Was Sie schreiben
mode-reply = Antwort
mode-note = Notiz
mode-reply-tip = Das bekommt der Kunde
mode-note-tip = Nur das Team sieht das
note-hint = Nur das Team sieht das
to = An:
via = über { $kind }
from = von { $from }
destination-from = von { $from }
destination-choose = Adresse wählen
destination-none = Es gibt keine Adresse für eine Antwort
destination-unusable = Zurzeit nicht möglich
destinations-failed = Die Adressen konnten nicht geladen werden.
channel-kind-email = E-Mail
channel-kind-sms = SMS
channel-kind-whatsapp = WhatsApp
channel-kind-chat = Chat
channel-kind-voice = Telefon
channel-kind-phone = Telefon
channel-kind-fax = Fax
channel-kind-visit = Besuch
channel-kind-visitor = Chat
add-copy = Cc
copy-to = Cc
copy-placeholder = Adressen, durch Kommas getrennt
edit-subject = Betreff
subject = Betreff
write-to = Schreiben an { $name }
reply-placeholder = Schreiben an { $name }
note-placeholder = Notiz für das Team; mit @ nennen Sie jemanden
attach = Dateien anhängen
drop-here = Dateien hier ablegen, um sie anzuhängen
uploading = Wird hochgeladen
upload-failed = Nicht hochgeladen. Entfernen Sie sie und versuchen Sie es erneut.
remove-file = { $name } entfernen
to-send = sendet
to-save = speichert
send = Senden
send-resolve = Senden und erledigen
save-note = Notiz speichern
send-anyway = Trotzdem senden
keep-writing = Weiterschreiben
nothing-written = Schreiben Sie zuerst etwas.
still-uploading = Eine Datei ist noch unterwegs. Warten Sie, bis sie da ist.
upload-left = Eine Datei konnte nicht angehängt werden. Entfernen Sie sie oder hängen Sie eine andere an.
no-usable-address = Wählen Sie eine Adresse, an die es gehen soll.
too-long = Der Text ist länger, als dieser Kanal erlaubt.
not-sent = Nicht gesendet
newer-title = { $n ->
    [one] Eine neuere Nachricht ist da
   *[other] { $n } neuere Nachrichten sind da
}
newer-text = Lesen Sie sie oben, dann entscheiden Sie.
refused-toast = Eine Nachricht, die auf die Verbindung wartete, wurde nicht gesendet. Ihr Text steht wieder im Antwortfeld.

from-channel = Von
to-address = An
message = Nachricht
no-channel = Es gibt keinen Kanal zum Senden. Bitten Sie Ihre Administration, einen zu verbinden.
no-channel-admin = Es gibt keinen Kanal zum Senden. Verbinden Sie einen unter Kanäle.

customer = Kunde
customer-pane = Kunde
customer-since = Kunde seit { $when }
rename = Umbenennen
addresses = Adressen
verified = Bestätigt
suppressed = Gesperrt: { $reason }
known-since = seit { $when }
copy-address = Adresse kopieren
suggestions = Wahrscheinlich dieselbe Person
reason-same-name = Gleicher Name
reason-same-phone = Gleiche Telefonnummer
reason-same-address = Gleiche Adresse
reason-similar-name = Ähnlicher Name
reason-same-email = Gleiche E-Mail
not-same = Nicht dieselbe
merge = Zusammenführen
merge-with = Mit anderem Kunden zusammenführen
merge-title = Zusammenführen mit { $name }
merge-text = Aus beiden Zeitlinien wird eine. Nichts geht verloren, und Sie können es jederzeit rückgängig machen.
merge-search = Name oder Adresse des anderen Kunden
merged-toast = Zusammengeführt mit { $name }
unmerged-toast = { $name } ist wieder ein eigener Kunde
merges = Zusammengeführte Kunden
merged-from = { $name }
attributes = Angaben
visit-facts = Aus dem letzten Chat
visit-page = Seite

# eine Datei, die noch beim Anbieter liegt
file-coming = Wird geholt
file-gone = Konnte nicht geholt werden
file-picture = Bild
file-audio = Aufnahme
file-unnamed = Datei

# Texte: Segmente, das Zeitfenster für freien Text, Vorlagen
text-room = { $used } / { $room }
text-room-tip = Geschriebene Zeichen, von denen, die passen
text-segments = { $n ->
    [one] 1 Segment
   *[other] { $count } Segmente
}
text-segments-tip = Ein Text wird in Segmenten gesendet und bezahlt
parts-hint = Das geht als { $count } Nachrichten hinaus, eine nach der anderen: In eine passt es hier nicht.
text-unicode = { $n ->
    [one] Das Zeichen { $characters } gehört nicht zum SMS-Alphabet, darum fasst ein Segment 70 statt 160 Zeichen.
   *[other] Die Zeichen { $characters } gehören nicht zum SMS-Alphabet, darum fasst ein Segment 70 statt 160 Zeichen.
}
text-plain = Einfache Zeichen nehmen
window-left = noch { $time } für freien Text
window-until = Bis { $when } darf freier Text gesendet werden. Mit jeder Nachricht des Kunden beginnt die Zeit neu.
window-over = Die Zeit für freien Text ist vorbei
window-closed = Die Zeit für freien Text ist vorbei: Bis der Kunde wieder schreibt, geht nur eine Vorlage.
window-never = Der Kunde hat hier noch nicht geschrieben, darum geht nur eine Vorlage.
write-freely = Frei schreiben
template = Vorlage
template-use = Vorlage nehmen
template-choose = Vorlage wählen
template-chosen = Sie senden eine Vorlage.
template-first = Wer noch nicht geschrieben hat, bekommt eine Vorlage.
template-find = Vorlage suchen
template-unapproved = Vom Anbieter nicht freigegeben
template-variable = Variable { $name }
template-preview = Vorschau
template-missing = Wählen Sie erst eine Vorlage.
template-incomplete = Füllen Sie jede Variable der Vorlage aus.
templates-empty = Es gibt keine Vorlage. Ein Administrator kann beim Anbieter eine anlegen.
templates-failed = Die Vorlagen konnten nicht geladen werden.
quick-replies = Knöpfe für eine Antwort
