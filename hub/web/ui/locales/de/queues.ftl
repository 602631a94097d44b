### Listen: Ansichten, Filter, was mit einem oder vielen Vorgängen geschieht, und was Administratoren dafür einrichten.

# views
views = Ansichten
views-all = Alle Ansichten
views-fold = Ansichten einklappen
views-unfold = Ansichten neben der Liste zeigen
views-saved = Meine Ansichten
views-shared = Geteilte Ansichten
view-snoozed = Zurückgestellt
view-following = Beobachtet
view-new = Neue Ansicht
view-save = Als Ansicht speichern
view-update = Änderungen speichern
view-edit = Ansicht bearbeiten
view-icon = Symbol
view-share = Mit allen teilen
view-unshare = Für mich behalten
view-share-help = Alle sehen sie. Ändern können sie Sie und die Administratoren.
view-shared = Mit allen geteilt
view-shared-by = Geteilt von { $name }
view-saved = Gespeichert: { $name }
view-remove = Ansicht entfernen
view-removed = Entfernt: { $name }
move-up = Nach oben
move-down = Nach unten
empty-snoozed = Nichts ist zurückgestellt
empty-snoozed-text = Was Sie zurückstellen, wartet hier bis zu seiner Zeit oder bis der Kunde schreibt.
empty-following = Sie beobachten keinen Vorgang
empty-following-text = Mit der Taste W behalten Sie einen im Auge.
empty-team = Dieses Team hat nichts offen
empty-team-text = Was dem Team gegeben wird, erscheint hier.
empty-saved = Nichts passt zu dieser Ansicht
empty-saved-text = Vorgänge erscheinen hier, sobald sie passen.
empty-filter = Nichts passt zu diesem Filter
empty-filter-text = Nehmen Sie eine Bedingung weg oder beginnen Sie neu.
icon-layers = Ebenen
icon-star = Stern
icon-flag = Fahne
icon-bookmark = Lesezeichen
icon-tag = Etikett
icon-hourglass = Sanduhr
icon-shield-alert = Schild
icon-users = Personen
icon-headset = Kopfhörer
icon-store = Laden
icon-megaphone = Megafon
icon-phone = Telefon

# order and filter
sort = Reihenfolge
sort-activity = Neueste zuerst
sort-waiting = Längste Wartezeit
sort-priority = Dringendste
filter = Filter
filter-tip = Filtern
filter-add = Bedingung
filter-find = Feld suchen
filter-find-value = Suchen: { $field }
filter-how = { $field }: Vergleich
filter-remove = Entfernen: { $field }
filter-clear = Zurücksetzen
filter-apply = Anwenden
filter-a-day = Ein Tag …
filter-choose = wählen
filter-several = { $n } gewählt
filter-gone = nicht mehr da
filter-group-conversation = Vorgang
filter-group-conversation-fields = Felder des Vorgangs
filter-group-customer-fields = Felder des Kunden
filter-state = Zustand
filter-assignee = Zuständig
filter-team = Team
filter-label = Etikett
filter-priority = Priorität
filter-channel = Kanal
filter-channel-kind = Art des Kanals
filter-waiting-minutes = Kunde wartet
filter-unread = Ungelesen
filter-following = Beobachte ich
filter-delivery-problem = Nicht zugestellt
filter-automatic = Automatisch
filter-created-at = Begonnen
filter-last-entry-at = Letzter Eintrag
filter-me = Ich
filter-my-teams = Meine Teams
filter-no-label = Kein Etikett
op-is-choice = ist
op-not-choice = ist nicht
op-has-choice = hat alle
op-is-yesno = ist
op-over-number = mehr als
op-under-number = weniger als
op-is-number = ist
op-not-number = ist nicht
op-over-time = nach
op-under-time = vor
op-has-text = enthält
op-is-text = ist
op-not-text = ist nicht
yes = Ja
no = Nein
today = heute
ago-h = { $n ->
    [one] vor einer Stunde
   *[other] vor { $n } Stunden
}
ago-d = { $n ->
    [one] gestern
   *[other] vor { $n } Tagen
}
ago-w = { $n ->
    [one] vor einer Woche
   *[other] vor { $n } Wochen
}
nothing-found = Nichts heißt so

# one conversation
properties = Eigenschaften des Vorgangs
priority = Priorität
priority-urgent = Dringend
priority-high = Hoch
priority-normal = Normal
priority-low = Niedrig
priority-is = Priorität: { $priority }
team = Team
teams = Teams
team-none = Kein Team
team-find = Team suchen
team-is = Team: { $name }
team-toast = Gegeben an { $name }
team-none-toast = Dem Team abgenommen
labels = Etiketten
label-add = Etikett
label-find = Etikett suchen
label-create = „{ $name }“ anlegen
label-on-all = Alle haben es
labels-none = Kein Etikett heißt so
snooze = Zurückstellen
snoozed = Zurückgestellt
snooze-later = Später heute
snooze-tomorrow = Morgen
snooze-week = Nächste Woche
snooze-pick = Datum und Uhrzeit wählen
snooze-reply = Bis der Kunde schreibt
snooze-wake = Jetzt zurückholen
snooze-until = Zurückstellen bis
snoozed-until = Zurückgestellt: { $when }
snoozed-until-reply = bis der Kunde schreibt
snoozed-toast = Zurückgestellt bis { $when }
snoozed-reply-toast = Zurückgestellt, bis der Kunde schreibt
woken-toast = Wieder in der Liste
date-and-time = Datum und Uhrzeit
until-late = Dieser Zeitpunkt ist vorbei. Wählen Sie einen späteren.
follow = Beobachten
unfollow = Nicht mehr beobachten
following = Sie beobachten dies
followed-by = Beobachtet von { $names }
followed-toast = Sie beobachten diesen Vorgang
unfollowed-toast = Sie beobachten diesen Vorgang nicht mehr
fields-button = Felder
fields-filled = { $n ->
    [one] 1 Feld
   *[other] { $n } Felder
}
field-none = Nicht gesetzt

# many conversations
tick = { $name } auswählen
bulk-actions = Aktionen für die Auswahl
bulk-ticked = { $n ->
    [one] 1 ausgewählt
   *[other] { $count } ausgewählt
}
bulk-whole = Alle aus „{ $view }“ ausgewählt
bulk-take-all = Alle { $count } auswählen
bulk-take-whole = Alle passenden auswählen
bulk-clear = Auswahl aufheben
bulk-running = { $done } von { $total } erledigt
bulk-progress = Fortschritt
bulk-done = { $n ->
    [0] Nichts war zu ändern
    [one] Ein Vorgang geändert
   *[other] { $count } Vorgänge geändert
}
bulk-partly = { $n ->
    [one] Ein Vorgang geändert, { $failed } nicht
   *[other] { $count } Vorgänge geändert, { $failed } nicht
}
bulk-undone = Alles ist wie zuvor

# keys
key-filter = Liste filtern
key-choose-view = Ansicht wählen
key-team = An ein Team geben
key-labels = Etiketten setzen
key-priority = Priorität setzen
key-snooze = Zurückstellen
key-tick = Vorgang auswählen
key-tick-all = Alle geladenen auswählen

# the timeline
event-team_assigned = { $team ->
    [none] { $actor }: dem Team abgenommen
   *[other] { $actor }: an das Team { $team } gegeben
}
event-snoozed = { $when ->
    [reply] { $actor }: zurückgestellt, bis der Kunde schreibt
   *[other] { $actor }: zurückgestellt bis { $when }
}
event-woke = Wieder in der Liste
event-priority_set = { $actor }: Priorität auf „{ $priority }“ gesetzt
event-others = { $count } weitere
event-labelled = { $change ->
    [both] { $actor }: { $added } hinzugefügt, { $removed } entfernt
    [removed] { $actor }: { $removed } entfernt
   *[added] { $actor }: { $added } hinzugefügt
}
event-field_set = { $value ->
    [none] { $actor }: { $field } geleert
   *[other] { $actor }: { $field } auf { $value } gesetzt
}

# administrators
teams-text = Ein Team bekommt Vorgänge gemeinsam. Seine Mitglieder sehen seine Liste unter ihren Ansichten.
team-new = Team anlegen
team-edit = Team bearbeiten
teams-empty = Es gibt kein Team
teams-empty-text = Legen Sie eines für Menschen an, die sich eine Liste teilen, etwa Buchhaltung oder Retouren.
team-members = { $n ->
    [0] Niemand
    [one] 1 Mitglied
   *[other] { $n } Mitglieder
}
members = Mitglieder
team-archive = Team archivieren
team-restore = Team zurückholen
archived = Archiviert
archived-toast = Archiviert: { $name }
restored-toast = Wieder da: { $name }
labels-text = Ein Etikett sagt, worum es in einem Vorgang geht. Alle können sie vergeben.
label-new = Etikett anlegen
label-edit = Etikett bearbeiten
labels-empty = Es gibt kein Etikett
labels-empty-text = Legen Sie ein paar an, etwa Erstattung oder Beschwerde. Wenige sind besser als viele.
label-colour = Farbe
tint-1 = Petrol
tint-2 = Violett
tint-3 = Bernstein
tint-4 = Grün
tint-5 = Rosa
tint-6 = Blau
tint-7 = Rot
tint-8 = Grau
label-archive = Etikett archivieren
label-restore = Etikett zurückholen
fields = Eigene Felder
fields-text = Was Sie von Kunden und Vorgängen außerdem festhalten. Jedes Feld hat einen Typ, und was eingetragen wird, wird geprüft.
field-new = Feld anlegen
field-edit = Feld bearbeiten
fields-empty = Es gibt kein eigenes Feld
fields-empty-text = Legen Sie eines an, etwa eine Bestellnummer oder einen Vertrag.
field-noun = Gehört zu
field-noun-customer = Kunde
field-noun-conversation = Vorgang
fields-of-customer = Kunden
fields-of-conversation = Vorgänge
field-label = Name
field-key = Schlüssel
field-key-help = So nennen es Programme. Er kann später nicht geändert werden.
field-type = Typ
field-type-text = Text
field-type-number = Zahl
field-type-boolean = Ja oder nein
field-type-date = Datum
field-type-choice = Auswahl
field-type-url = Link
field-choices = Möglichkeiten
field-choices-help = Eine je Zeile.
field-archive = Feld archivieren
field-restore = Feld zurückholen
