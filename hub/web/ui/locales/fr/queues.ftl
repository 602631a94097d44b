# Les files : vues, filtres, équipes, étiquettes, priorité, report, modifications groupées.

views = Vues
views-all = Toutes les vues
views-fold = Replier les vues
views-unfold = Garder les vues à côté de la liste
views-saved = Mes vues
views-shared = Vues partagées
view-snoozed = Reportées
view-following = Suivies
view-new = Nouvelle vue
view-save = Enregistrer comme vue
view-update = Enregistrer les modifications
view-edit = Modifier la vue
view-icon = Symbole
view-share = Partager avec tous
view-unshare = Garder pour moi
view-share-help = Chaque agent la voit. Vous et les administrateurs pouvez la modifier.
view-shared = Partagée avec tous
view-shared-by = Partagée par { $name }
view-saved = Enregistrée : { $name }
view-remove = Retirer la vue
view-removed = Retirée : { $name }
move-up = Monter
move-down = Descendre
empty-snoozed = Rien n’est reporté
empty-snoozed-text = Ce que vous reportez attend ici son heure, ou que le client écrive.
empty-following = Vous ne suivez aucune conversation
empty-following-text = Suivez-en une avec la touche W pour la garder à l’œil.
empty-team = Cette équipe n’a rien d’ouvert
empty-team-text = Ce qui est donné à l’équipe apparaît ici.
empty-saved = Rien ne correspond à cette vue
empty-saved-text = Les conversations apparaissent ici dès qu’elles correspondent.
empty-filter = Rien ne correspond à ce filtre
empty-filter-text = Retirez une condition, ou recommencez.
icon-layers = Couches
icon-star = Étoile
icon-flag = Drapeau
icon-bookmark = Signet
icon-tag = Étiquette
icon-hourglass = Sablier
icon-shield-alert = Bouclier
icon-users = Personnes
icon-headset = Casque
icon-store = Boutique
icon-megaphone = Mégaphone
icon-phone = Téléphone

sort = Ordre
sort-activity = Les plus récentes d’abord
sort-waiting = La plus longue attente
sort-priority = Les plus urgentes
filter = Filtre
filter-tip = Filtrer
filter-add = Ajouter une condition
filter-find = Trouver un champ
filter-find-value = Trouver : { $field }
filter-how = { $field } : comparaison
filter-remove = Retirer : { $field }
filter-clear = Réinitialiser
filter-apply = Appliquer
filter-a-day = Un jour …
filter-choose = choisir
filter-several = { $n } choisis
filter-gone = n’existe plus
filter-group-conversation = Conversation
filter-group-conversation-fields = Champs de la conversation
filter-group-customer-fields = Champs du client
filter-state = État
filter-assignee = Agent
filter-team = Équipe
filter-label = Étiquette
filter-priority = Priorité
filter-channel = Canal
filter-channel-kind = Type de canal
filter-waiting-minutes = Le client attend
filter-unread = Non lue
filter-following = Je la suis
filter-delivery-problem = Non remise
filter-automatic = Automatique
filter-created-at = Commencée
filter-last-entry-at = Dernière entrée
filter-me = Moi
filter-my-teams = Mes équipes
filter-no-label = Sans étiquette
op-is-choice = est
op-not-choice = n’est pas
op-has-choice = a toutes
op-is-yesno = est
op-over-number = plus de
op-under-number = moins de
op-is-number = est
op-not-number = n’est pas
op-over-time = après
op-under-time = avant
op-has-text = contient
op-is-text = est
op-not-text = n’est pas
yes = Oui
no = Non
today = aujourd’hui
ago-h = { $n ->
    [one] il y a une heure
   *[other] il y a { $n } heures
}
ago-d = { $n ->
    [one] hier
   *[other] il y a { $n } jours
}
ago-w = { $n ->
    [one] il y a une semaine
   *[other] il y a { $n } semaines
}
nothing-found = Rien ne porte ce nom

properties = Propriétés de la conversation
priority = Priorité
priority-urgent = Urgente
priority-high = Haute
priority-normal = Normale
priority-low = Basse
priority-is = Priorité : { $priority }
team = Équipe
teams = Équipes
team-none = Sans équipe
team-find = Trouver une équipe
team-is = Équipe : { $name }
team-toast = Donnée à { $name }
team-none-toast = Retirée à l’équipe
labels = Étiquettes
label-add = Ajouter une étiquette
label-find = Trouver une étiquette
label-create = Créer « { $name } »
label-on-all = Toutes l’ont
labels-none = Aucune étiquette ne porte ce nom
snooze = Reporter
snoozed = Reportée
snooze-later = Plus tard aujourd’hui
snooze-tomorrow = Demain
snooze-week = La semaine prochaine
snooze-pick = Choisir la date et l’heure
snooze-reply = Jusqu’à ce que le client écrive
snooze-wake = Réveiller maintenant
snooze-until = Reporter jusqu’à
snoozed-until = Reportée : { $when }
snoozed-until-reply = jusqu’à ce que le client écrive
snoozed-toast = Reportée jusqu’à { $when }
snoozed-reply-toast = Reportée jusqu’à ce que le client écrive
woken-toast = De retour dans la file
date-and-time = Date et heure
until-late = Ce moment est passé. Choisissez-en un plus tard.
follow = Suivre
unfollow = Ne plus suivre
following = Vous la suivez
followed-by = Suivie par { $names }
followed-toast = Vous suivez cette conversation
unfollowed-toast = Vous ne suivez plus cette conversation
fields-button = Champs
fields-filled = { $n ->
    [one] 1 champ
   *[other] { $n } champs
}
field-none = Sans valeur

tick = Sélectionner { $name }
bulk-actions = Actions pour la sélection
bulk-ticked = { $n ->
    [one] 1 sélectionnée
   *[other] { $count } sélectionnées
}
bulk-whole = Tout « { $view } » est sélectionné
bulk-take-all = Sélectionner les { $count }
bulk-take-whole = Sélectionner tout ce qui correspond
bulk-clear = Effacer la sélection
bulk-running = { $done } sur { $total } faites
bulk-progress = Progression
bulk-done = { $n ->
    [0] Il n’y avait rien à modifier
    [one] Une conversation modifiée
   *[other] { $count } conversations modifiées
}
bulk-partly = { $n ->
    [one] Une conversation modifiée, { $failed } n’ont pas pu l’être
   *[other] { $count } conversations modifiées, { $failed } n’ont pas pu l’être
}
bulk-undone = Tout est comme avant

key-filter = Filtrer la liste
key-choose-view = Choisir une vue
key-team = Donner à une équipe
key-labels = Mettre des étiquettes
key-priority = Régler la priorité
key-snooze = Reporter
key-tick = Sélectionner la conversation
key-tick-all = Sélectionner toutes celles chargées

event-team_assigned = { $team ->
    [none] { $actor } l’a retirée à son équipe
   *[other] { $actor } l’a donnée à { $team }
}
event-snoozed = { $when ->
    [reply] { $actor } l’a reportée jusqu’à ce que le client écrive
   *[other] { $actor } l’a reportée jusqu’à { $when }
}
event-woke = Elle est de retour dans la file
event-priority_set = { $actor } a réglé la priorité sur { $priority }
event-others = { $count } autres
event-labelled = { $change ->
    [both] { $actor } a ajouté { $added } et retiré { $removed }
    [removed] { $actor } a retiré { $removed }
   *[added] { $actor } a ajouté { $added }
}
event-field_set = { $value ->
    [none] { $actor } a vidé { $field }
   *[other] { $actor } a mis { $field } à { $value }
}

teams-text = Une équipe reçoit des conversations en commun. Ses membres voient sa file parmi leurs vues.
team-new = Ajouter une équipe
team-edit = Modifier l’équipe
teams-empty = Il n’y a pas d’équipe
teams-empty-text = Créez-en une pour ceux qui partagent une file, comme Facturation ou Retours.
team-members = { $n ->
    [0] Personne
    [one] 1 membre
   *[other] { $n } membres
}
members = Membres
team-archive = Archiver l’équipe
team-restore = Faire revenir l’équipe
archived = Archivé
archived-toast = Archivé : { $name }
restored-toast = De retour : { $name }
labels-text = Une étiquette dit de quoi traite une conversation. Chaque agent peut en mettre.
label-new = Ajouter une étiquette
label-edit = Modifier l’étiquette
labels-empty = Il n’y a pas d’étiquette
labels-empty-text = Créez-en quelques-unes, comme Remboursement ou Réclamation. Peu valent mieux que beaucoup.
label-colour = Couleur
tint-1 = Bleu canard
tint-2 = Violet
tint-3 = Ambre
tint-4 = Vert
tint-5 = Rose
tint-6 = Bleu
tint-7 = Rouge
tint-8 = Gris
label-archive = Archiver l’étiquette
label-restore = Faire revenir l’étiquette
fields = Champs personnalisés
fields-text = Ce que vous notez des clients et des conversations en plus de ce que tout hub possède. Chacun a un type, et la saisie est vérifiée.
field-new = Ajouter un champ
field-edit = Modifier le champ
fields-empty = Il n’y a pas de champ personnalisé
fields-empty-text = Ajoutez-en un, comme un numéro de commande ou un contrat.
field-noun = Appartient à
field-noun-customer = Client
field-noun-conversation = Conversation
fields-of-customer = Clients
fields-of-conversation = Conversations
field-label = Nom
field-key = Clé
field-key-help = Le nom pour les programmes. Il ne peut plus changer ensuite.
field-type = Type
field-type-text = Texte
field-type-number = Nombre
field-type-boolean = Oui ou non
field-type-date = Date
field-type-choice = Choix
field-type-url = Lien
field-choices = Choix
field-choices-help = Un par ligne.
field-archive = Archiver le champ
field-restore = Faire revenir le champ
