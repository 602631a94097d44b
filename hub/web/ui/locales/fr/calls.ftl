# Appels et rappels.

call-ringing = { $direction ->
    [out] Appel sortant : sonne
   *[in] Appel entrant : sonne
}
call-waiting = Appel entrant : attend un agent
call-talking = { $direction ->
    [out] Appel sortant : en conversation
   *[in] Appel entrant : en conversation
}
call-ended = { $direction ->
    [out] Appel sortant
   *[in] Appel entrant
}
call-missed = { $direction ->
    [out] Injoignable
   *[in] Appel manqué
}
call-voicemail = { $direction ->
    [out] Répondeur atteint
   *[in] Message vocal
}
title-call = { $call }, { $time }
call-with = avec { $names }
call-waited = a attendu { $time }
call-held = en attente { $time }
call-transferred = transféré
call-recorded = enregistré
call-recorded-consent = enregistré avec accord
call-recording-refused = enregistrement refusé
call-recording = Enregistrement de l’appel
call-voicemail-sound = Message vocal
said-by-customer = Client
said-by-agent = Agent
call-note = Ajouter un résultat ou des notes
call-edit = Modifier le résultat et les notes
call-notes = Notes
disposition = Résultat
disposition-own = Un autre résultat
disposition-solved = Résolu
disposition-later = À suivre
disposition-unreached = Injoignable
disposition-wrong = Mauvais numéro

call-bar = Appel avec { $name }
call-bar-rings = Votre téléphone sonne
call-bar-customer-rings = Le client est appelé
call-bar-talking = En conversation
call-bar-held = En attente
call-bar-recording = Enregistrement
call-step-hold = Mettre en attente
call-step-resume = Reprendre
call-step-pause-recording = Suspendre l’enregistrement
call-step-resume-recording = Enregistrer de nouveau
call-step-transfer = Transférer
call-step-hang-up = Raccrocher
call-step-decline = Refuser
call-ended-after = Terminé après { $time }
call-pop = { $direction ->
    [out] Votre téléphone sonne pour appeler { $name }
   *[in] { $name } appelle
}
wrap-up = Comment l’appel s’est terminé
wrap-up-of = Comment l’appel avec { $name } s’est terminé
wrap-up-later = Plus tard
wrap-up-words = Avec vos propres mots
agent-unknown = un agent
agent-free = Libre
agent-no-device = Pas de téléphone
call-number = Appeler { $number }
call-number-from = Appeler depuis
calling-toast = Votre téléphone sonne d’abord, puis le client est appelé

calls-mine = Appels
availability-available = Prend les appels
availability-busy = Occupé
availability-away = Absent
availability-missed = Absent après un appel manqué
missed-title = Vous avez manqué un appel et êtes absent
missed-text = Votre téléphone a sonné et personne n’a pris l’appel. Jusqu’à votre retour, aucun client ne vous est envoyé.
missed-back = Reprendre des appels
missed-stay = Rester absent
device = Votre téléphone
device-none = Aucun pour l’instant
device-first = Indiquez d’abord votre téléphone
device-text = Les appels sonnent ici. Vous en prenez un en tapant 1 après avoir entendu qui c’est.
device-kind = Type
device-phone = Numéro de téléphone
device-sip = Adresse SIP
device-phone-address = Numéro
device-sip-address = Adresse SIP
device-help = Laissez vide pour n’avoir aucun téléphone.

callbacks = Rappels
callbacks-text = Les clients qui veulent être appelés. Ils le sont dans cet ordre, dès qu’un agent est libre.
callbacks-view = Quels rappels
callbacks-open = En attente
callbacks-ended = Terminés
callbacks-none-open = Personne n’attend d’appel
callbacks-none-open-text = Qui le demande sur la page web, tape 1 dans la file ou laisse un message apparaît ici.
callbacks-none-ended = Aucun rappel n’est encore terminé
callbacks-none-ended-text = Ceux qui ont été faits, annulés ou n’ont rien donné sont gardés ici.
rail-callbacks = { $n ->
    [one] Un client attend un appel
   *[other] { $n } clients attendent un appel
}
queue = File
queue-all = Toutes les files
queue-paused = En pause
queue-waiting = { $n ->
    [0] personne n’attend
    [one] une personne attend
   *[other] { $count } personnes attendent
}
queue-calling = { $n ->
    [one] une personne est appelée
   *[other] { $count } personnes sont appelées
}
queue-agents = { $n ->
    [0] aucun agent ne prend d’appels
    [one] un agent prend les appels
   *[other] { $count } agents prennent les appels
}
queue-expected = environ { $time } d’attente
queues-empty = Il n’y a pas encore de file de rappel
queues-empty-text = Une file dit quand les clients peuvent être appelés, par qui, et ce qu’ils entendent.
queues-empty-agent = Un administrateur peut en ajouter une.
callback-state-requested = Demandé
callback-state-scheduled = Prévu
callback-state-due = À faire
callback-state-reserved = Agent trouvé
callback-state-dialing-agent = Appel de l’agent
callback-state-agent-accepted = L’agent est là
callback-state-dialing-customer = Appel du client
callback-state-connected = En conversation
callback-state-wrap-up = Clôture
callback-state-retry-wait = Nouvel essai plus tard
callback-state-done = Fait
callback-state-expired = Expiré
callback-state-canceled = Annulé
callback-state-voicemail-left = Message laissé
callback-source = Demandé
callback-source-web = sur la page web
callback-source-ivr = en tapant 1 dans la file
callback-source-agent = par un agent
callback-source-missed-call = par un appel manqué
callback-source-voicemail = par un message vocal
callback-place = Place { $n }
callback-window = souhaité { $window }
callback-expected = dans environ { $time }
callback-not-before = pas avant { $when }
callback-asked = demandé { $when }
callback-requested = Depuis
callback-calls = { $n ->
    [one] appelé une fois
   *[other] appelé { $n } fois
}
callback-priority = Priorité { $n }
callback-priority-set = Priorité modifiée : { $name }
callback-zone = Son fuseau horaire
callback-attempts = Essais, le plus récent d’abord
callback-attempt-now = en cours
callback-why = { $why ->
    [busy] La ligne était occupée
    [no_answer] Personne n’a répondu
    [machine] Un répondeur a décroché
    [failed] Le numéro n’a pas pu être appelé
    [uncertain] Nul ne peut dire si l’appel a eu lieu
    [too_late] Il était trop tard pour appeler
    [broke_off] L’appel a été coupé
    [agent_lost] La ligne de l’agent a été perdue
    [no_time] Les horaires ne laissent pas de temps pour cela
    [not_in_time] Personne n’a pu appeler à temps
    [by_customer] Annulé par le client
    [talked] Ils se sont parlé
    [declined] Refusé par l’agent
    [agent_missed] L’agent n’a pas décroché
    [canceled] Annulé
    [lost] On n’a plus rien su de l’appel
   *[other] { $words }
  }
callback-timeline = Chronologie de { $name }
callback-move = Déplacer
callback-move-of = Quand appeler { $name }
callback-move-text = Sans heures, l’appel vient dès que possible pendant les heures d’ouverture.
callback-sooner = Plus tôt
callback-later = Plus tard
callback-cancel = Annuler le rappel
callback-cancel-of = Annuler le rappel de { $name } ?
callback-cancel-text = La personne n’est pas appelée et perd sa place. C’est irréversible.
callback-keep = Le garder
callback-ask = Ajouter un rappel
callback-taken = { $name } sera appelé
callback-number = Numéro
callback-reason = De quoi il s’agit
callback-from = À partir de
callback-until = Jusqu’à
callback-when-help = Vide : dès que possible.
callback-preferred = Agent préféré
callback-anybody = N’importe qui

queues = Files de rappel
queues-text = Quand les clients peuvent être rappelés, par qui, combien à la fois, et ce qu’ils entendent.
queue-add = Ajouter une file
queue-unknown = Cette file n’existe pas
queue-new = Nouvelle file de rappel
queue-saved = { $name } est enregistrée
queue-name-help = Les clients l’entendent et le lisent, par exemple « Assistance Acme ».
queue-basics = L’essentiel
queue-phone = Canal téléphonique
queue-phone-none = Aucun pour l’instant
queue-phone-help = Les clients sont appelés depuis son numéro.
queue-sms = Canal SMS
queue-sms-none = Aucun : nul ne peut demander sur la page web
queue-sms-help = Envoie le code qui prouve un numéro, et dit quand personne n’a été joint.
queue-language = Langue
queue-language-help = Parlée quand celle de l’appelant est inconnue, sous forme de code : fr ou en.
queue-when = Quand
queue-hours = Heures d’ouverture
queue-hours-none = Toujours ouvert
queue-zone-help = Pour les numéros qui ne disent pas le leur.
queue-legal = Jamais en dehors de
queue-legal-help = À l’heure du client. La loi de nombreux pays interdit d’appeler tôt, tard et le dimanche.
queue-closes = À
queue-days = Jours
queue-who = Qui et comment
queue-mode = Qui est appelé d’abord
queue-mode-agent = L’agent, puis le client
queue-mode-customer = Le client, dès qu’un agent est réservé
queue-serves = Agents
queue-serves-help = Aucun choisi : tous ceux qui prennent des appels.
queue-capacity = Appels à la fois
queue-most = Attente maximale
queue-most-help = Au-delà, on refuse.
queue-rate = Appels par seconde
queue-wrap-up = Clôture, secondes
queue-keep = Jours avant expiration
queue-dispositions = Résultats
queue-dispositions-help = Un par ligne. Les agents y choisissent à la fin d’un appel.
queue-sources = D’où viennent les rappels
queue-web = Page web
queue-web-help = Les clients demandent sur une page du hub, leur numéro étant prouvé par un code.
queue-form = Adresse de la page
queue-missed = Appels manqués
queue-missed-help = Qui a appelé sans joindre personne est rappelé.
queue-scripts = Ce qui est dit
queue-scripts-text = Les champs vides disent les mots qu’ils montrent. { $words } représentent ce qu’ils nomment.
queue-script-language = Mots en
queue-script-add = Ajouter une langue
queue-script-remove = Retirer les mots en { $language }
script-offer = À qui attend
script-offer_closed = À qui appelle pendant la fermeture
script-taken = Quand la personne a tapé 1
script-whisper = À l’agent, avant de prendre l’appel
script-opening = Au client appelé en premier
script-sorry = Quand aucun agent ne prend cet appel
script-machine = À un répondeur
script-sms_code = SMS avec le code
script-sms_taken = SMS quand il est accepté
script-sms_unreached = SMS quand personne n’a été joint
queue-preview = L’appel tel qu’il se déroulera
queue-preview-text = Avec des mots d’exemple. Il montre ce qui est écrit plus haut, enregistré ou non.
queue-preview-failed = L’aperçu n’a pas pu être fait
preview-who-caller = L’appelant entend
preview-who-agent = L’agent entend
preview-who-customer = Le client entend
preview-who-text = Un SMS
preview-key = Tape { $key }
preview-no-key = Ne tape rien
preview-ends = l’appel se termine
preview-goes = puis « { $step } »
queue-wait = Attente prévue
preview-step-offer = Quelqu’un attend
preview-step-offer_closed = Quelqu’un appelle pendant la fermeture
preview-step-taken = L’appelant a tapé 1
preview-step-consent = Quelqu’un appelle
preview-step-voicemail = Quelqu’un laisse un message
preview-consent-1 = Accepte d’être enregistré
preview-consent-none = N’est pas enregistré
preview-offer_closed-none-ends = On le laisse partir
preview-step-whisper = Le téléphone de l’agent sonne
preview-step-talk = Le client et l’agent se parlent
preview-step-opening = Le client est appelé en premier
preview-step-sorry = Aucun agent ne prend l’appel
preview-step-machine = Un répondeur décroche
preview-step-sms_code = Quelqu’un demande un appel sur la page web
preview-step-sms_taken = Un rappel a été accepté
preview-step-sms_unreached = Le dernier essai n’a joint personne
preview-offer-1 = Veut être rappelé
preview-offer-none = Reste en ligne
preview-offer_closed-1 = Veut être rappelé
preview-offer_closed-none = Peut laisser un message
preview-whisper-1 = Prend l’appel
preview-whisper-none = On demande à l’agent suivant
queue-pause = Mettre la file en pause
queue-resume = Reprendre les appels
