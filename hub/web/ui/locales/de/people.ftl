### Menschen: die Spalte des Kunden, Aufgaben, Firmen, und was zusammengehört

show-more = { $n } weitere zeigen
unverified = Nicht bestätigt
verified-tip = Es ist gezeigt, dass diese Adresse ihnen gehört
unverified-tip = Es ist nicht gezeigt, dass diese Adresse ihnen gehört
details-edit = Angaben bearbeiten
details-done = Fertig
merge-undone = rückgängig gemacht
callbacks-pending = Wartet auf einen Anruf

# Aufgaben
tasks = Aufgaben
tasks-none = Nichts zu tun.
tasks-done = { $n ->
    [one] 1 erledigt
   *[other] { $n } erledigt
}
task-new = Neue Aufgabe
task-add = Aufgabe anlegen
task-change = Aufgabe bearbeiten
task-delete = Aufgabe löschen
task-where = Zeigen, wozu sie gehört
task-text = Was zu tun ist
task-due = Bis
task-assignee = Wer
task-mine = Ihre
task-of = Von { $name }
task-mark = Erledigt: { $text }
task-late = fällig { $when }
task-added-toast = Aufgabe angelegt
task-done-toast = Aufgabe erledigt
task-deleted-toast = Aufgabe gelöscht
task-line-added = { $self ->
    [yes] { $actor }: Aufgabe übernommen: „{ $text }“
   *[no] { $assignee ->
        [none] { $actor }: Aufgabe angelegt: „{ $text }“
       *[other] { $actor }: Aufgabe für { $assignee }: „{ $text }“
    }
}
task-line-done = { $actor }: Aufgabe „{ $text }“ erledigt
task-line-reopened = { $actor }: Aufgabe „{ $text }“ wieder aufgenommen
entry-task = Eine Aufgabe daraus machen
my-tasks = Meine Aufgaben
my-tasks-text = Was Sie für Kunden zu tun haben. Was fällig ist, steht oben.
my-tasks-late = Überfällig
my-tasks-today = Heute
my-tasks-next = Später
my-tasks-undated = Ohne Termin
my-tasks-none = Nichts zu tun
my-tasks-none-text = Was Sie oder Kollegen Ihnen zu tun geben, steht hier. Aufgaben notieren Sie in jedem Vorgang.
my-tasks-done = Erledigtes zeigen
my-tasks-done-hide = Erledigtes ausblenden
my-tasks-done-none = Noch nichts.
rail-tasks = { $n ->
    [one] Eine Aufgabe ist fällig
   *[other] { $n } Aufgaben sind fällig
}
go-tasks = Meine Aufgaben
alert-task-due = Jetzt fällig: { $text }
alert-task-given = Eine Aufgabe für Sie: { $text }

# Firma und Menschen um den Kunden
company-people = Firma und Menschen
company-none = Keine Firma, und niemand in Kopie.
company-add = Firma angeben
company-change = Firma bearbeiten
company-name = Name der Firma
company-domains = Mail-Domains
company-domains-help = Wer von einer davon schreibt, wird für diese Firma vorgeschlagen.
companies-known = Firmen dieses Namens
company-size = { $n ->
    [0] noch niemand
    [one] 1 Person
   *[other] { $n } Personen
}
company-suggested = Wohl von { $name }: schreibt von { $domain }
company-take = Diese Firma angeben
company-make = Firma anlegen
company-leave = Von keiner Firma
company-set-toast = Nun von { $name }
person-copied = In Kopie eines Vorgangs
person-together = Den gemeinsamen Vorgang zeigen

# Vorgänge, die zusammengehören
conversation-more = Mehr mit diesem Vorgang
join-title = Anderen Vorgang dazunehmen
join-text = Beide werden einer. Nichts wird verschoben, und es lässt sich rückgängig machen.
join = Dazunehmen
join-nothing = Es gibt keinen anderen Vorgang mit diesem Kunden.
joined-toast = Die Vorgänge sind nun einer
joined-line = dazugenommen
part = Wieder herausnehmen
parted-toast = Der Vorgang steht wieder für sich
split-here = Neuer Vorgang ab hier
split-toast = Ab hier ein eigener Vorgang
split-from-line = davon abgetrennt
split-into-line = wurde abgetrennt
mend = Zurücklegen
link-title = Mit einem Vorgang verknüpfen
link-text = Beide bleiben, wie sie sind, und zeigen einander.
link = Verknüpfen
link-kind = Dieser Vorgang
link-this-related = hat mit ihm zu tun
link-this-duplicate = handelt vom selben
link-this-causes = ist sein Grund
link-this-caused = kommt von ihm
link-related = hat damit zu tun
link-duplicate = handelt vom selben
link-causes = kommt von diesem
link-caused = ist der Grund von diesem
link-search = Welcher
link-search-help = Der Name eines Kunden, oder die Adresse der Seite des Vorgangs.
link-nothing = Kein Vorgang gefunden.
link-remove = Verknüpfung entfernen
link-removed-toast = Verknüpfung entfernt
event-conversation_merged = { $actor }: „{ $other }“ zu diesem Vorgang genommen
event-conversation_unmerged = { $actor }: „{ $other }“ wieder herausgenommen
event-conversation_cut = { $actor }: aus dem, was hier folgte, einen eigenen Vorgang gemacht
event-conversation_cut_off = { $actor }: dies von einem anderen Vorgang abgetrennt
event-conversation_mended = { $actor }: zurückgelegt, was hier abgetrennt war

# Nebengespräche
side-start = Jemand anderen fragen
side-text = Ein Vorgang neben diesem. Der Kunde sieht davon nichts; die Antwort kommt hierher zurück.
side-started = Gesendet an { $name }
side-with = Nebengespräch mit { $name }
side-row = Nebengespräch
side-line = Nebengespräch
side-of-line = von diesem aus gefragt
side-theirs = Deren Zeitleiste öffnen
side-answer = Ihre nächste Nachricht an sie
event-side_answered = { $actor } hat in einem Nebengespräch geantwortet
alert-side = { $who } hat zu { $name } geantwortet
alert-woke = Wieder in der Liste: { $name }
