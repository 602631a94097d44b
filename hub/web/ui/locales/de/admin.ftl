# Die Seiten der Administration.

no-permission = Diese Seite ist für die Administration
no-permission-text = Fragen Sie Ihre Administration, wenn Sie von hier etwas brauchen.
for-time = seit { $time }
never = nie
channel = Kanal
all-channels = Alle Kanäle

channels-text = Die Wege, auf denen Kunden Sie erreichen, und wie es jedem geht.
channels-empty = Verbinden Sie Ihr erstes Postfach
channels-empty-text = Was dort ankommt, erscheint auf der Zeitlinie des Kunden, und Ihre Antworten gehen von dort hinaus.
channel-add = Kanal hinzufügen
channel-add-action = Kanal hinzufügen
channel-new = Neu: { $kind }
channel-added = { $name } ist hinzugefügt und beginnt jetzt
channel-unknown = Diesen Kanal gibt es nicht
channel-paused = { $name } ist angehalten
channel-resumed = { $name } läuft weiter
channel-name = Name
channel-name-help = Wie das Team ihn sieht, zum Beispiel „Support-Postfach“.
connector-gone = Der Konnektor „{ $kind }“ ist nicht installiert
connector-gone-text = Installieren Sie sein Paket und starten Sie den Hub neu.
pause = Anhalten
resume = Fortsetzen
settings = Einstellungen
health = Zustand
health-ok = Läuft
health-degraded = Läuft mit Problemen
health-down = Läuft nicht
health-starting = Startet
health-paused = Angehalten
last-in = Zuletzt empfangen
last-out = Zuletzt gesendet
volume = { $n } Tage
volume-words = { $received } ein, { $sent } aus
backlog = Zu senden
last-in-at = Zuletzt empfangen { $when }
nothing-in-yet = Noch nichts empfangen
quarantine-count = { $n ->
    [one] 1 zurückgehalten
   *[other] { $n } zurückgehalten
}
quarantine-look = { $n ->
    [one] Eine Nachricht ist in Quarantäne
   *[other] { $n } Nachrichten sind in Quarantäne
}
secret-set = Gesetzt
secret-replace = Ersetzen
secret-keep = Das jetzige behalten
not-saved = Nicht gespeichert
test-connection = Verbindung testen
test-help = Probiert diese Einstellungen, ohne zu speichern. Es hinterlässt keine Spur.
test-ok = Alles funktioniert
test-impossible = Der Test war nicht möglich
test-failed = Etwas funktioniert noch nicht
step-ok = Hat funktioniert
step-failed = Hat nicht funktioniert
seconds = { $n } s
oauth-title = Anmeldung beim Mailanbieter
oauth-text = Sie werden zum Anbieter geführt und kommen hierher zurück. Tragen Sie dort diese Rückkehradresse ein: { $address }
oauth-save-first = Fügen Sie den Kanal zuerst hinzu, dann verbinden Sie ihn mit dem Konto. Tragen Sie beim Anbieter diese Rückkehradresse ein: { $address }
oauth-connect = Konto verbinden
oauth-again = Neu verbinden
oauth-connected = Verbunden mit { $account }
oauth-missing = Noch mit keinem Konto verbunden
oauth-expires = bis { $when }

ledger = Bestand
ledger-text = Was ankam, ist gespeichert, zurückgehalten oder mit Grund übergangen. Etwas anderes kann ihm nicht geschehen.
ledger-empty = In diesen Tagen kam nichts an.
day = Tag
ledger-received = Empfangen
ledger-stored = Gespeichert
ledger-quarantined = Zurückgehalten
ledger-ignored = Übergangen
ledger-sent = Gesendet
ledger-failed = Gescheitert
ledger-balance = Geht auf
ledger-balanced = Geht auf
ledger-open = { $n } offen

quarantine-text = Nachrichten, die sicher verwahrt sind, aber auf keine Zeitlinie gebracht werden konnten. Versuchen Sie es erneut, wenn die Ursache behoben ist.
quarantine-empty = Nichts ist zurückgehalten
quarantine-empty-text = Jede Nachricht, die ankam, steht auf einer Zeitlinie.
quarantine-stored = Jetzt auf einer Zeitlinie: { $subject }
quarantine-all = Alle gezeigten auswählen
quarantine-chosen = { $n ->
    [one] 1 ausgewählt
   *[other] { $count } ausgewählt
}
quarantine-progress = { $done } von { $all } erledigt
quarantine-tried = Jetzt auf einer Zeitlinie: { $stored }. Weiter zurückgehalten: { $held }.
quarantine-again = Eben erneut versucht, weiter zurückgehalten.
quarantine-dismissed = { $n ->
    [one] 1 Nachricht verworfen
   *[other] { $count } Nachrichten verworfen
}
unknown-sender = Unbekannter Absender
attempts = { $n ->
    [one] 1 Versuch
   *[other] { $n } Versuche
}
dismiss = Verwerfen
dismiss-title = { $n ->
    [one] Diese Nachricht verwerfen
   *[other] { $count } Nachrichten verwerfen
}
dismiss-text = { $n ->
    [one] Sie bleibt im Archiv und zählt mit Ihrem Grund als übergangen.
   *[other] Sie bleiben im Archiv und zählen mit Ihrem Grund als übergangen.
}
reason = Grund

suppressions = Gesperrte Adressen
suppressions-text = Dorthin geht nichts: Sie haben darum gebeten (STOP), eine Nachricht scheiterte endgültig, oder jemand hat sie hier eingetragen.
suppressions-empty = Keine Adresse ist gesperrt
suppressions-empty-text = Wer keine Nachrichten mehr will oder endgültig nicht erreichbar ist, steht hier.
suppression-add = Adresse sperren
suppression-reason-help = Agenten lesen ihn dort, wo sie an diese Adresse schreiben würden.
every-channel = Jeder Kanal
entered-by = eingetragen von { $name }
address = Adresse
address-kind = Art der Adresse
hook-step = Beim Anbieter bleibt ein Schritt
hook-step-text = Kopieren Sie den Webhook oben und fügen Sie ihn dort ein, wo seine Hilfe es sagt. Schreiben Sie dann an die Nummer: Die Nachricht erscheint hier.
hook-later = Erscheint, sobald der Kanal hinzugefügt ist
copy-what = Kopieren: { $what }
suppression-lift = Freigeben
suppression-lifted = Nachrichten an { $address } gehen wieder hinaus

agents-text = Wer hier Kunden antwortet.
agent-invite = Person einladen
invite-make = Link erstellen
invite-link = Einmal-Link
invite-link-title = Link für { $name }
invite-link-text = Geben Sie ihr diesen Link. Er gilt einmal und wird nicht noch einmal gezeigt.
agent-link = Neuen Anmeldelink erstellen
agent-disable = Sperren
agent-enable = Freigeben
disabled = Gesperrt
make-agent = Zum Agenten machen
make-administrator = Zur Administration machen
role = Rolle
role-agent = Agent
role-administrator = Administration
role-agent-help = Liest und beantwortet Vorgänge.
role-administrator-help = Verbindet außerdem Kanäle und lädt Personen ein.
that-is-you = (Sie)
actions-for = Aktionen für { $name }

embed = Auf Ihrer Website
embed-text = Setzen Sie diese Zeile in jede Seite, die den Chat zeigen soll, an beliebiger Stelle.
embed-tag = Script-Zeile
embed-sites = Websites, die ihn zeigen dürfen
embed-show = Ausprobieren
embed-hide = Vorschau schließen
embed-preview = Vorschau des Chats
embed-preview-text = Das ist der echte Chat, mit dem Aussehen und den Texten, die oben stehen: Was Sie hier schreiben, kommt als Vorgang an. Alles andere ist, wie es zuletzt gespeichert wurde.

hours = Geschäftszeiten
hours-text = Wann jemand da ist, um zu antworten. Außerhalb sagt ein Chat das auch.
hours-add = Geschäftszeiten hinzufügen
hours-empty = Noch keine Geschäftszeiten
hours-empty-text = Ohne sie ist jeder Kanal immer geöffnet.
hours-first-name = Bürozeiten
hours-no-channel = Noch kein Kanal richtet sich danach
hours-open = Jetzt geöffnet
hours-closed = Geschlossen
hours-next = Öffnet { $when }
hours-holidays-of = Feiertage: { $country }
hours-exceptions-count = { $n ->
    [one] 1 besonderer Tag
   *[other] { $n } besondere Tage
}
hours-zone = Zeitzone
hours-zone-help = Nach ihrer Uhr sind die Zeiten gemeint.
hours-week = Woche
hours-from = { $day }, von
hours-to = { $day }, bis
hours-add-span = Zeit hinzufügen: { $day }
hours-remove-span = Diese Zeit entfernen: { $day }
hours-exceptions = Besondere Tage
hours-exceptions-text = Tage, die nicht wie ihr Wochentag sind: geschlossen oder mit anderen Zeiten. Sie gehen einem Feiertag vor.
hours-exception-add = Tag hinzufügen
hours-exception-name = Was es ist
hours-exception-remove = { $day } entfernen
hours-holidays = Feiertage
hours-country = Land
hours-no-holidays = Keine: an Feiertagen geöffnet
hours-part = Region
hours-whole-country = Das ganze Land
hours-coming = Als Nächstes: { $days }
hours-closed-text = Während geschlossen ist
hours-closed-text-help = Was Kunden im Chat außerhalb dieser Zeiten lesen, wenn der Kanal keine eigenen Worte hat.
hours-channels-text = Diese Kanäle richten sich nach diesen Zeiten.
hours-now-by = jetzt nach „{ $name }“
remove = Entfernen

# Tokens der API
tokens = API-Tokens
tokens-text = Programme, die über die API mit dem Hub arbeiten. Ein Token wird einmal gezeigt, wenn er entsteht.
tokens-empty = Kein Programm hat Zugang
tokens-empty-text = Erstellen Sie einen Token für ein Programm, das hier Vorgänge liest oder schreibt.
token-make = Token erstellen
token-made = Token für { $name }
token-made-text = Kopieren Sie ihn jetzt und verwahren Sie ihn wie ein Passwort. Er wird nicht noch einmal gezeigt.
token-name-help = Was ihn verwendet, zum Beispiel „Nächtlicher Bericht“.
token-kind = Handelt als
token-personal = Sie
token-service = Eigenes Programm
token-kind-personal-help = Was es tut, geschieht in Ihrem Namen und endet mit Ihrem Konto.
token-kind-service-help = Es hat ein eigenes Konto und bleibt, wenn Personen gehen.
token-lifetime = Gilt für
token-forever = Ohne Ende
token-scopes = Darf
token-used = verwendet { $when }
token-unused = nie verwendet
token-expires = bis { $when }
token-revoke = Entziehen
token-revoked = { $name } hat keinen Zugang mehr
scope-conversations-read = Vorgänge lesen
scope-conversations-write = Vorgänge beantworten und ändern
scope-customers-read = Kunden lesen
scope-customers-write = Kunden ändern
scope-channels-read = Kanäle lesen
scope-agents-read = Team lesen
scope-admin = den Hub verwalten

# Webhooks
webhooks = Webhooks
webhooks-text = Andere Systeme, die erfahren, was hier geschieht: signiert und in der Reihenfolge jedes Vorgangs.
webhooks-empty = Niemand sonst erfährt etwas
webhooks-empty-text = Fügen Sie die Adresse eines Systems hinzu, das wissen soll, wenn eine Nachricht kommt oder ein Vorgang erledigt ist.
webhook-add = Webhook hinzufügen
webhook-url = Adresse
webhook-url-help = Wohin die Ereignisse gesendet werden.
webhook-events = Ereignisse
webhook-last = Zuletzt zugestellt
webhook-unused = Noch nichts zugestellt
webhook-failing = Scheitert
webhook-secret = Signaturschlüssel
webhook-secret-text = Damit prüft der Empfänger, dass ein Ereignis von diesem Hub kommt. Kopieren Sie ihn jetzt; er wird nicht noch einmal gezeigt.
webhook-renew = Neuer Schlüssel
webhook-test = Test senden
webhook-tested = Der Test kam an: { $status }
webhook-test-failed = Der Test kam nicht an: { $why }
webhook-removed = { $name } erfährt nichts mehr
webhook-message-received = Eine Nachricht kam an
webhook-message-sent = Eine Nachricht ging hinaus
webhook-note-added = Eine Notiz wurde geschrieben
webhook-delivery-changed = Eine Zustellung änderte sich
webhook-conversation-created = Ein Vorgang begann
webhook-conversation-assigned = Ein Vorgang wurde zugewiesen
webhook-conversation-resolved = Ein Vorgang wurde erledigt
webhook-conversation-reopened = Ein Vorgang wurde wieder geöffnet
webhook-conversation-changed = Ein Vorgang bekam Team, Priorität, Etikett oder Feld, oder wurde zurückgestellt
webhook-customer-merged = Kunden wurden zusammengeführt
webhook-call-ended = Ein Anruf ist zu Ende
webhook-customer-unmerged = Kunden wurden getrennt
webhook-state-pending = Wartet
webhook-state-delivered = Zugestellt
webhook-state-failed = Gescheitert
webhook-resend = Erneut senden
webhook-resent = Es wird jetzt erneut gesendet
deliveries = Zustellungen
deliveries-text = Was in den letzten 30 Tagen gesendet wurde und was daraus wurde.
deliveries-empty = Es wurde nichts gesendet.
delivery-state = Zustand
delivery-any = Alle
reload = Neu laden
