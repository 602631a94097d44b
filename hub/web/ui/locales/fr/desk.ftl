# La page des agents : conversations, chronologie, réponse, client.

view-open = Ouvertes
view-mine = À moi
view-unassigned = Sans agent
view-resolved = Résolues
empty-open = Toutes les conversations sont résolues
empty-open-text = Les nouveaux messages apparaissent ici d’eux-mêmes.
empty-mine = Rien ne vous est attribué
empty-mine-text = Prenez-en une parmi celles sans agent avec la touche M.
empty-unassigned = Chaque conversation a quelqu’un
empty-unassigned-text = Les nouvelles sans agent apparaissent ici.
empty-resolved = Rien n’est encore résolu
empty-resolved-text = Les conversations que vous résolvez sont gardées ici.
no-subject = Sans objet
mail-empty = E-mail vide
unread = Non lue
draft = Brouillon
answered = Répondue
waiting = Attend
waiting-since = Le client attend depuis { $at }
delivery-problem = Un message n’a pas été remis
search-nothing = Aucun client ne commence par « { $query } »
search-failed = La recherche n’a pas répondu. Réessayez.
customers = Clients
new-message = Nouveau message
pane-resize-list = Largeur de la liste
pane-resize-customer = Largeur du volet client

timeline = Chronologie
timeline-entries = Entrées de la chronologie
nothing-open = Aucune conversation n’est ouverte
nothing-open-text = Choisissez-en une dans la liste, ou tapez J pour la première.
conversation-unknown = Cette conversation n’existe pas
unknown-text = Elle a peut-être été retirée, ou le lien n’est pas complet.
customer-unknown = Ce client n’existe pas
timeline-empty = Rien n’a encore été dit
timeline-empty-text = Ce que le client écrit, sur n’importe quel canal, apparaît ici.
timeline-offline = Ce qui a été dit s’affiche dès que la connexion est rétablie.
timeline-start = Le début
older-failed = Les entrées plus anciennes n’ont pas pu être chargées. Réessayer
narrow-bar = Ce que montre la chronologie
narrow-fold = { $n ->
    [0] Ce que montre la chronologie
   *[other] Ce que montre la chronologie, restreint : { $n }
 }
narrow-channel = Canal
narrow-thread = Conversation
narrow-thread-find = Trouver une conversation
narrow-kind = Type
narrow-person = Personne
narrow-person-find = Trouver une personne
all-threads = Toutes les conversations
all-kinds = Tout
all-people = Tout le monde
kinds-message = Messages
kinds-note = Notes
kinds-call = Appels
kinds-callback = Rappels
kinds-file = Fichiers
kinds-event = Modifications
show-everything = Tout montrer
narrowed-empty = Rien ne correspond
narrowed-empty-text = Aucune entrée de ce client ne répond à tout ce qui est choisi plus haut.
narrowed-start = Rien de plus ancien ne correspond
jump-to-date = Aller à une date
jump-day = Jour
jump-go = Y aller
newer-failed = Les entrées plus récentes n’ont pas pu être chargées. Réessayer
entry-unknown = Cette entrée n’existe pas.
entry-reply = Répondre
entry-quote = Répondre en citant
entry-note = Écrire une note à ce sujet
copy-link = Copier le lien
link-copied = Lien copié
text-copied = Texte copié
fold-events = { $n ->
    [one] Une modification
   *[other] { $count } modifications
}
to-newest = Le plus récent
new-entries = { $n ->
    [one] Une nouvelle entrée
   *[other] { $count } nouvelles entrées
}
announce-entry = { $name } : { $text }
since-you-looked = Depuis votre dernier passage
gap-weeks = { $n ->
    [one] Une semaine de silence
   *[other] { $n } semaines de silence
}
gap-months = { $n ->
    [one] Un mois de silence
   *[other] { $n } mois de silence
}
gap-years = { $n ->
    [one] Un an de silence
   *[other] { $n } ans de silence
}
thread-continued = suite
thread-focus = Montrer seulement cette conversation
thread-unfocus = Montrer toutes les conversations
possibly-related = Peut-être liée à une conversation antérieure
fold-automatic = { $n ->
    [one] Un message automatique
   *[other] { $count } messages automatiques
}
fold-notices = { $n ->
    [one] Un avis de remise
   *[other] { $count } avis de remise
}
state-resolved = Résolue

author-customer = Client
author-agent = Agent
author-system = Le hub
entry-to = à { $address }
entry-copies = { $n ->
    [one] + 1 copie
   *[other] + { $n } copies
}
note = Note
note-tip = Seuls les collègues la voient
automatic-auto = Automatique
automatic-list = Liste de diffusion
automatic-bounce = Avis de remise
no-text = Pas de texte
show-quoted = Afficher la citation et la signature
hide-quoted = Masquer la citation et la signature
show-rest = Afficher la suite ({ $count } caractères)
show-original = Afficher l’original
hide-original = Masquer l’original
original = Le message avec sa mise en forme
download-source = Télécharger la source
copy-text = Copier le texte
images-blocked = { $n ->
    [one] Une image distante est bloquée
   *[other] { $n } images distantes sont bloquées
}
images-blocked-short = { $n ->
    [one] 1 image bloquée
   *[other] { $n } images bloquées
}
images-blocked-why = Les charger apprend à l’expéditeur que le message a été ouvert.
images-show = Afficher les images
attachments = Pièces jointes
files-all = Afficher les { $count } fichiers
inline-show = { $n ->
    [one] Afficher 1 partie intégrée
   *[other] Afficher { $n } parties intégrées
}
inline-hide = Masquer les parties intégrées
transcript = Transcription

kind-call = { $direction ->
    [out] Appel sortant
   *[in] Appel entrant
}
kind-visit = Visite
kind-callback = Rappel
kind-survey = Réponse à une enquête
kind-promise = Promesse
kind-fax = Fax
kind-voicemail = Message vocal

event-assigned = { $self ->
    [yes] { $actor } a pris cette conversation
   *[no] { $actor } a attribué ceci à { $assignee }
}
event-unassigned = { $actor } a retiré l’attribution
event-resolved = { $actor } a résolu ceci
event-reopened = { $actor } a rouvert ceci
event-merged = { $actor } a réuni { $other } avec ce client
event-unmerged = { $actor } a de nouveau séparé { $other }
event-other = { $actor } : { $type }

delivery-waiting = Attend une connexion
delivery-queued = En file
delivery-sending = Envoi en cours
delivery-sent = Envoyé
delivery-delivered = Remis
delivery-read = Lu
delivery-failed = Non remis à { $address }
delivery-uncertain = Il n’est pas certain que ceci soit parti
delivery-held = Retenu
delivery-canceled = Annulé
step-retry = Réessayer
step-send-another-way = Envoyer autrement
step-mark-sent = J’ai vérifié : marquer comme envoyé
step-cancel = Annuler

viewer-here = { $name } est là
viewer-writing = { $name } écrit

resolve = Résoudre
reopen = Rouvrir
resolve-tip = Résoudre et passer à la suivante
reopen-tip = Rouvrir
resolved-toast = Résolue : { $name }
reopened-toast = Rouverte : { $name }
assign = Attribuer
assign-tip = Attribuer
assign-me = { $name } (vous)
assign-nobody = Personne
assign-filter = Trouver un agent
assign-unknown = Aucun agent ne porte ce nom
assigned-to = Attribuée à { $name }
assigned-word = Attribuée à
assigned-toast = Attribuée
assigned-me-toast = Attribuée à vous
unassigned-toast = Attribution retirée
unassigned = Sans agent

composer = Réponse
composer-mode = Que voulez-vous écrire
mode-reply = Réponse
mode-note = Note
mode-reply-tip = Le client la reçoit
mode-note-tip = Seuls les collègues la voient
note-hint = Seuls les collègues la voient
to = À :
via = par { $kind }
from = de { $from }
destination-from = de { $from }
destination-choose = Choisir une adresse
destination-none = Il n’y a aucune adresse où répondre
destination-unusable = Indisponible pour le moment
destinations-failed = Les adresses n’ont pas pu être chargées.
channel-kind-email = E-mail
channel-kind-sms = SMS
channel-kind-whatsapp = WhatsApp
channel-kind-chat = Chat
channel-kind-voice = Téléphone
channel-kind-phone = Téléphone
channel-kind-fax = Fax
channel-kind-visit = Visite
channel-kind-visitor = Chat
add-copy = Cc
copy-to = Cc
copy-placeholder = Adresses, séparées par des virgules
edit-subject = Objet
subject = Objet
write-to = Écrire à { $name }
reply-placeholder = Écrivez à { $name }
note-placeholder = Écrivez une note pour vos collègues
attach = Joindre des fichiers
drop-here = Déposez les fichiers ici pour les joindre
uploading = Envoi du fichier
upload-failed = Fichier non envoyé. Retirez-le et réessayez.
remove-file = Retirer { $name }
to-send = pour envoyer
to-save = pour enregistrer
send = Envoyer
send-resolve = Envoyer et résoudre
save-note = Enregistrer la note
send-anyway = Envoyer quand même
keep-writing = Continuer à écrire
nothing-written = Écrivez d’abord quelque chose.
still-uploading = Un fichier est encore en route. Attendez qu’il soit arrivé.
upload-left = Un fichier n’a pas pu être joint. Retirez-le ou joignez-en un autre.
no-usable-address = Choisissez une adresse d’envoi.
too-long = Le texte est plus long que ce canal ne le permet.
not-sent = Non envoyé
newer-title = { $n ->
    [one] Un message plus récent est arrivé
   *[other] { $n } messages plus récents sont arrivés
}
newer-text = Lisez-le plus haut, puis décidez.
refused-toast = Un message qui attendait la connexion n’est pas parti. Son texte est de nouveau dans la réponse.

from-channel = De
to-address = À
message = Message
no-channel = Il n’y a aucun canal d’envoi. Demandez à un administrateur d’en connecter un.
no-channel-admin = Il n’y a aucun canal d’envoi. Connectez-en un sous Canaux.

customer = Client
customer-pane = Client
customer-since = Client depuis { $when }
rename = Renommer
addresses = Adresses
verified = Vérifiée
suppressed = Bloquée : { $reason }
known-since = depuis { $when }
copy-address = Copier l’adresse
suggestions = Sans doute la même personne
reason-same-name = Même nom
reason-same-phone = Même numéro de téléphone
reason-same-address = Même adresse
reason-similar-name = Nom semblable
reason-same-email = Même e-mail
not-same = Pas la même
merge = Réunir
merge-with = Réunir avec un autre client
merge-title = Réunir avec { $name }
merge-text = Les deux chronologies n’en font plus qu’une. Rien n’est perdu et vous pouvez revenir en arrière à tout moment.
merge-search = Nom ou adresse de l’autre client
merged-toast = Réuni avec { $name }
unmerged-toast = { $name } est de nouveau un client à part
merges = Clients réunis
merged-from = { $name }
attributes = Détails
visit-facts = Du dernier chat
visit-page = Page

file-coming = En cours de récupération
file-gone = Impossible à récupérer
file-picture = Image
file-audio = Enregistrement
file-unnamed = Fichier

text-room = { $used } / { $room }
text-room-tip = Caractères écrits, sur ceux qui tiennent
text-segments = { $n ->
    [one] 1 segment
   *[other] { $count } segments
}
text-segments-tip = Un SMS est envoyé, et payé, par segments
parts-hint = Ceci part en { $count } messages, l’un après l’autre : cela ne tient pas ici en un seul.
text-unicode = { $n ->
    [one] Le caractère { $characters } n’est pas dans l’alphabet des SMS : un segment contient 70 caractères au lieu de 160.
   *[other] Les caractères { $characters } ne sont pas dans l’alphabet des SMS : un segment contient 70 caractères au lieu de 160.
}
text-plain = Utiliser des caractères simples
window-left = { $time } pour écrire librement
window-until = Jusqu’à { $when }, un texte libre peut partir. Un nouveau message du client relance le délai.
window-over = Le délai du texte libre est écoulé
window-closed = Le délai du texte libre est écoulé : tant que le client n’écrit pas, seul un modèle peut partir.
window-never = Le client n’a pas encore écrit ici, seul un modèle peut donc partir.
write-freely = Écrire librement
template = Modèle
template-use = Utiliser un modèle
template-choose = Choisir un modèle
template-chosen = Vous envoyez un modèle.
template-first = Qui n’a pas encore écrit reçoit un modèle.
template-find = Trouver un modèle
template-unapproved = Non approuvé par le fournisseur
template-variable = Variable { $name }
template-preview = Aperçu
template-missing = Choisissez d’abord un modèle.
template-incomplete = Remplissez toutes les variables du modèle.
templates-empty = Il n’y a pas de modèle. Un administrateur peut en créer un chez le fournisseur.
templates-failed = Les modèles n’ont pas pu être chargés.
quick-replies = Boutons de réponse
