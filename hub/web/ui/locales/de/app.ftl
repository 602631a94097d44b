# Wörter jeder Seite: Rahmen, Anmeldung, eigene Einstellungen.

skip = Zur Seite springen
main-navigation = Hauptnavigation
close = Schließen
cancel = Abbrechen
save = Speichern
saved = Gespeichert
done = Fertig
copy = Kopieren
copied = Kopiert
undo = Rückgängig
back = Zurück
more = Mehr
show = Zeigen
optional = optional
loading = Wird geladen
try-again = Erneut versuchen
name = Name
email = E-Mail
password = Passwort
you = Sie
you-object = Sie
nobody = niemand
load-failed = Das konnte nicht geladen werden
load-failed-text = Der Hub hat nicht wie erwartet geantwortet. Versuchen Sie es erneut; bleibt es so, sagen Sie es Ihrer Administration.
renewed = Der Hub wurde aktualisiert, deshalb wurde diese Seite neu geladen. Bitte wiederholen Sie Ihren letzten Schritt.
change-failed = Das hat nicht geklappt. Nichts wurde geändert.
offline-not-changed = Es besteht keine Verbindung zum Hub, daher wurde nichts geändert. Versuchen Sie es wieder, sobald sie da ist.

conversations = Vorgänge
channels = Kanäle
quarantine = Quarantäne
agents = Team
account = Konto
account-of = Konto von { $name }
rail-mine = { $n ->
    [one] { $n } Vorgang ist Ihrer
   *[other] { $n } Vorgänge sind Ihre
}
rail-troubled = { $n ->
    [one] Ein Kanal braucht Sie
   *[other] { $n } Kanäle brauchen Sie
}
rail-held = { $n ->
    [one] Eine Nachricht ist in Quarantäne
   *[other] { $n } Nachrichten sind in Quarantäne
}
profile = Ihre Einstellungen
sign-out = Abmelden
theme-system = Aussehen: wie dieses Gerät
theme-light = Aussehen: hell
theme-dark = Aussehen: dunkel
look-system = Wie dieses Gerät
look-light = Hell
look-dark = Dunkel
looks = Aussehen
language = Sprache
signature = Signatur
signature-help = Steht unter Ihren Nachrichten, wo der Kanal Platz dafür hat.
password-change = Passwort ändern
password-current = Bisheriges Passwort
password-new = Neues Passwort

offline = Keine Verbindung zum Hub
offline-text = Wird erneut versucht. Sie können weiter lesen und schreiben; was Sie senden, geht hinaus, sobald die Verbindung wieder da ist.
offline-waiting = { $n ->
    [one] Eine Nachricht wartet und geht hinaus, sobald die Verbindung wieder da ist.
   *[other] { $n } Nachrichten warten und gehen hinaus, sobald die Verbindung wieder da ist.
}
hub-unreachable = Der Hub ist nicht erreichbar
hub-unreachable-text = Prüfen Sie Ihre Verbindung. Erreichen ihn auch andere nicht, sagen Sie es Ihrer Administration.
demo-line = Dieser Hub zeigt Beispielkunden und Beispielvorgänge.
demo-phone = Telefon eines Kunden öffnen
demo-remove = Beispiele entfernen
demo-remove-text = Alle Beispielkunden, -vorgänge und -kanäle werden entfernt. Echte bleiben unberührt. Das lässt sich nicht rückgängig machen.

sign-in-title = Anmelden
sign-in = Anmelden
bad-credentials = E-Mail und Passwort gehören nicht zusammen. Prüfen Sie beides und versuchen Sie es erneut.
too-many-attempts = { $n ->
    [one] Zu viele Versuche. Warten Sie eine Minute und versuchen Sie es erneut.
   *[other] Zu viele Versuche. Warten Sie { $n } Minuten und versuchen Sie es erneut.
}
invite-unknown = Dieser Link gilt nicht mehr
invite-unknown-text = Er wurde schon benutzt, oder seine Zeit ist um. Bitten Sie Ihre Administration um einen neuen.
welcome-first-administrator = Hub einrichten
welcome-first-administrator-text = Sie werden seine erste Administration. Danach verbinden Sie ein Postfach.
welcome-first-administrator-action = Konto anlegen und weiter
welcome-agent = Willkommen
welcome-agent-text = Wählen Sie, wie Team und Kundschaft Sie sehen, und ein Passwort.
welcome-agent-action = Konto anlegen
welcome-password = Neues Passwort wählen
welcome-password-text = Sie sind angemeldet, sobald es gespeichert ist.
welcome-password-action = Passwort speichern
your-name = Ihr Name
your-name-help = Kunden sehen ihn auf Ihren Nachrichten.
password-help = Mindestens { $n } Zeichen. Einige Wörter hintereinander sind leichter zu merken und schwerer zu raten.

shortcuts = Tastatur
key-next = Nächster Vorgang
key-previous = Voriger Vorgang
key-search = Suchen
key-reply = Antworten
key-note = Interne Notiz
key-send = Senden
key-send-resolve = Senden und erledigen
key-new = Neue Nachricht
key-assign = Zuweisen
key-mine = Mir zuweisen
key-help = Diese Übersicht
