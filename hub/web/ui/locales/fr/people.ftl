# Le volet du client et ce qui va avec.

show-more = En montrer { $n } de plus
unverified = Non prouvée
verified-tip = Il a été montré que cette adresse est la sienne
unverified-tip = Personne n’a montré que cette adresse est la sienne
details-edit = Modifier les détails
details-done = Terminé
merge-undone = annulé
callbacks-pending = Attend un appel

tasks = Tâches
tasks-none = Rien à faire.
tasks-done = { $n ->
    [one] 1 faite
   *[other] { $n } faites
}
task-new = Nouvelle tâche
task-add = Ajouter la tâche
task-change = Modifier la tâche
task-delete = Supprimer la tâche
task-where = Montrer à quoi elle se rapporte
task-text = Ce qu’il y a à faire
task-due = Jusqu’à
task-assignee = Qui
task-mine = À vous
task-of = À { $name }
task-mark = Faite : { $text }
task-late = pour { $when }
task-added-toast = Tâche ajoutée
task-done-toast = Tâche faite
task-deleted-toast = Tâche supprimée
task-line-added = { $self ->
    [yes] { $actor } s’est donné une tâche : « { $text } »
   *[no] { $assignee ->
        [none] { $actor } a ajouté une tâche : « { $text } »
       *[other] { $actor } a donné une tâche à { $assignee } : « { $text } »
    }
}
task-line-done = { $actor } a terminé la tâche « { $text } »
task-line-reopened = { $actor } a repris la tâche « { $text } »
entry-task = En faire une tâche
my-tasks = Mes tâches
my-tasks-text = Ce que vous avez à faire pour tous les clients. Ce qui est échu vient en premier.
my-tasks-late = En retard
my-tasks-today = Aujourd’hui
my-tasks-next = Plus tard
my-tasks-undated = Sans date
my-tasks-none = Rien à faire
my-tasks-none-text = Ce que vous ou un collègue vous donnez à faire apparaît ici. Notez une tâche dans n’importe quelle conversation.
my-tasks-done = Afficher ce qui est fait
my-tasks-done-hide = Masquer ce qui est fait
my-tasks-done-none = Rien encore.
rail-tasks = { $n ->
    [one] Une tâche est échue
   *[other] { $n } tâches sont échues
}
go-tasks = Mes tâches
alert-task-due = À faire maintenant : { $text }
alert-task-given = Une tâche pour vous : { $text }

company-people = Entreprise et personnes
company-none = Pas d’entreprise, et personne en copie.
company-add = Indiquer l’entreprise
company-change = Modifier l’entreprise
company-name = Nom de l’entreprise
company-domains = Domaines de messagerie
company-domains-help = À qui écrit depuis l’un d’eux, cette entreprise est suggérée.
companies-known = Entreprises de ce nom
company-size = { $n ->
    [0] personne pour l’instant
    [one] 1 personne
   *[other] { $n } personnes
}
company-suggested = Sans doute de { $name } : écrit depuis { $domain }
company-take = Indiquer cette entreprise
company-make = Ajouter l’entreprise
company-leave = D’aucune entreprise
company-set-toast = Maintenant de { $name }
person-copied = En copie d’une conversation
person-together = Montrer la conversation qu’ils partagent

conversation-more = Plus d’actions pour cette conversation
join-title = Joindre une autre conversation
join-text = Les deux ne font plus qu’un fil. Rien n’est déplacé et c’est réversible.
join = Joindre
join-nothing = Il n’y a pas d’autre conversation avec ce client.
joined-toast = Les conversations n’en font plus qu’une
joined-line = jointe
part = La ressortir
parted-toast = La conversation est de nouveau à part
split-here = Nouvelle conversation à partir d’ici
split-toast = À partir d’ici, une conversation à part
split-from-line = séparée de celle-ci
split-into-line = a été séparée
mend = La remettre
link-title = Lier à une conversation
link-text = Les deux restent telles quelles et se montrent l’une l’autre.
link = Lier
link-kind = Cette conversation
link-this-related = a à voir avec elle
link-this-duplicate = porte sur la même chose
link-this-causes = en est la cause
link-this-caused = en découle
link-related = liée
link-duplicate = sur la même chose
link-causes = découle de celle-ci
link-caused = est la cause de celle-ci
link-search = Laquelle
link-search-help = Le nom d’un client, ou l’adresse de la page de la conversation.
link-nothing = Aucune conversation trouvée.
link-remove = Retirer le lien
link-removed-toast = Lien retiré
event-conversation_merged = { $actor } a joint « { $other } » à cette conversation
event-conversation_unmerged = { $actor } a ressorti « { $other } » de cette conversation
event-conversation_cut = { $actor } a fait de la suite une conversation à part
event-conversation_cut_off = { $actor } a séparé ceci d’une autre conversation
event-conversation_mended = { $actor } a remis ce qui avait été séparé ici

side-start = Demander à quelqu’un d’autre
side-text = Une conversation à côté de celle-ci. Le client n’en voit rien ; la réponse revient ici.
side-started = Envoyé à { $name }
side-with = Conversation parallèle avec { $name }
side-row = Conversation parallèle
side-line = conversation parallèle
side-of-line = demandé depuis celle-ci
side-theirs = Ouvrir sa chronologie
side-answer = Votre prochain message à cette personne
event-side_answered = { $actor } a répondu dans une conversation parallèle
alert-side = { $who } a répondu au sujet de { $name }
alert-woke = De retour dans la liste : { $name }
