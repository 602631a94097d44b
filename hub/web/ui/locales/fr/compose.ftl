# La réponse : mise en forme, réponses types, envoi différé, mentions, marques.

reply-placeholder-slash = Écrivez à { $name }, ou tapez / pour les réponses types et les actions
completion = Suggestions
canned-replies = Réponses types
macros = Macros
brands = Marques
macro-done = Fait : { $name }
macro-undone = { $stays ->
    [words] Annulé : { $name }. Ce qu’elle a écrit reste dans l’éditeur.
    [task] Annulé : { $name }. Sa tâche a été modifiée depuis et reste.
    [both] Annulé : { $name }. Ce qu’elle a écrit reste dans l’éditeur ; sa tâche a été modifiée depuis et reste.
   *[nothing] Annulé : { $name }
}

slash-actions = Faire quelque chose
slash-assign = Attribuer …
slash-labels = Étiqueter …
slash-reply = Écrire une réponse
slash-note = Écrire une note
slash-save = Enregistrer comme réponse type
reply-saved = Enregistrée sous « { $name } »
shortcut-word = Raccourci
shortcut-word-help = Tapez / et ce mot pour la trouver.
reply-words = Mots
reply-variables = Variables : {"{{"} customer.first_name {"}}"}, customer.name, customer.email, agent.name, conversation.subject, company.name, brand.name – et chaque attribut du client.

looks-of-words = Mise en forme
tool-bold = Gras
tool-italic = Italique
tool-underline = Souligné
tool-bullets = Liste à puces
tool-numbers = Liste numérotée
tool-quote = Citation
tool-link = Lien
tool-unlink = Retirer le lien
tool-plain = Retirer la mise en forme
link-address = Adresse de la page

send-later = Envoyer plus tard
send-later-pick = Choisir la date et l’heure …
send-then = Envoyer alors
scheduled-toast = Part { $when }
held-toast = Réponse en route
undo-send = Annuler l’envoi
hold-left = { $n ->
    [one] Part dans une seconde
   *[other] Part dans { $n } secondes
}
scheduled-messages = Messages qui partent plus tard
scheduled-at = Part { $when }
scheduled-held-back = Retenu : un message plus récent est arrivé
scheduled-failed = N’a pas pu être envoyé
scheduled-to = à { $address }
scheduled-to-by = à { $address }, par { $name }
scheduled-time = Changer l’heure
scheduled-send-now = Envoyer maintenant
scheduled-send-anyway = Envoyer quand même
scheduled-edit = Modifier
scheduled-discard = Abandonner

colleague-answers = { $n ->
    [one] { $names } écrit une réponse ici en ce moment même.
   *[other] { $names } écrivent des réponses ici en ce moment même.
}
answered-meanwhile = { $name } a répondu pendant que vous écriviez :
wrote-meanwhile = { $n ->
    [one] { $name } a écrit pendant que vous écriviez :
   *[other] { $name } a écrit { $n } messages pendant que vous écriviez. Le plus récent :
}
holes = { $n ->
    [one] Non rempli : { $names }
   *[other] Non remplis : { $names }
}
signature-below = { $own ->
    [yes] Votre signature est ajoutée
   *[no] La signature de { $brand } est ajoutée
}

undo-seconds = Délai pour annuler un e-mail
undo-seconds-help = Le temps qu’un e-mail attend avant de partir.
undo-seconds-off = Envoyer tout de suite
undo-seconds-n = { $n } secondes

mention-toast = { $name } vous a mentionné : { $text }
mentions = Mentions
mentions-n = { $n ->
    [one] Une note vous mentionne
   *[other] { $n } notes vous mentionnent
}
mention-of = { $name } · { $customer }
mentions-all-seen = Marquer tout comme vu

canned-replies-text = Des mots que les agents reprennent sans cesse, complétés par ce qu’on sait du client, dans la langue du client.
canned-replies-empty = Pas encore de réponses types
canned-replies-empty-text = Ce qu’on écrit souvent s’écrit une fois ici, dans chaque langue de vos clients.
reply-add = Ajouter une réponse type
reply-new = Nouvelle réponse type
macro-add = Ajouter une macro
macro-new = Nouvelle macro
macros-text = Une modification de la conversation et une réponse type en un seul geste.
macros-empty = Pas encore de macros
macros-empty-text = « Remboursé » : étiqueter, écrire les mots, résoudre ; en un seul geste.
scope = Qui peut l’utiliser
scope-personal = Moi seulement
scope-team = Une équipe
scope-shared = Tout le monde
reply-language = Langue
reply-language-remove = Retirer cette langue
reply-files = Fichiers joints
macro-reply = Mots
macro-no-reply = Ne rien écrire
macro-change = Modification
macro-nothing = Laisser tel quel
macro-state-resolved = Résoudre
macro-state-open = Rouvrir
macro-snooze-later = Reporter pour un temps
macro-snooze-for = reporter : { $when }
macro-task = Une tâche pour qui l’utilise
macro-task-dated = Avec un rappel
later-hours = Heures après
later-days = Jours après
later-weekday = Le prochain jour de la semaine
later-number = Combien
later-day = Jour
later-at = À
later-in-hours = { $n ->
    [one] dans une heure
   *[other] dans { $n } heures
}
later-in-days = { $n ->
    [one] le lendemain à { $at }
   *[other] dans { $n } jours à { $at }
}
later-in-weekday = { $day } prochain à { $at }
remove-one = Retirer
removed-toast = Retiré
brands-text = Au nom de qui parlent vos canaux : la signature sous leurs e-mails.
brands-empty = Pas encore de marques
brands-empty-text = Sans marque, la signature de chaque agent figure sous ses e-mails.
brand-add = Ajouter une marque
brand-new = Nouvelle marque
brand-signature = Signature (HTML)
brand-signature-help = Variables : {"{{"} agent.name {"}}"}, agent.first_name, agent.email, brand.name. Les images ont besoin d’une adresse https.
brand-channels = Canaux
brand-preview = Aperçu
brand-no-channel = Aucun canal pour l’instant
edit-one = Modifier
macro-state = Conversation
reply-words-in = Mots en { $language }
