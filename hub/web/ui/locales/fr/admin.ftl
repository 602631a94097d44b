# Les pages de l'administrateur.

no-permission = Cette page est réservée aux administrateurs
no-permission-text = Demandez à un administrateur de votre hub si vous avez besoin de quelque chose ici.
for-time = depuis { $time }
never = jamais
channel = Canal
all-channels = Tous les canaux

channels-text = Les voies par lesquelles les clients vous joignent, et comment chacune se porte.
channels-empty = Connectez votre première boîte
channels-empty-text = Les messages qui y arrivent apparaissent sur la chronologie du client, et vos réponses en partent.
channel-add = Ajouter un canal
channel-add-action = Ajouter le canal
channel-new = Nouveau : { $kind }
channel-added = { $name } est ajouté et démarre
channel-unknown = Ce canal n’existe pas
channel-paused = { $name } est en pause
channel-resumed = { $name } reprend
channel-name = Nom
channel-name-help = Tel que les agents le voient, par exemple « Boîte d’assistance ».
connector-gone = Le connecteur « { $kind } » n’est pas installé
connector-gone-text = Installez son paquet et redémarrez le hub.
pause = Mettre en pause
resume = Reprendre
settings = Réglages
health = Santé
health-ok = Fonctionne
health-degraded = Fonctionne avec des problèmes
health-down = Ne fonctionne pas
health-starting = Démarre
health-paused = En pause
last-in = Dernier reçu
last-out = Dernier envoyé
volume = { $n } jours
volume-words = { $received } reçus, { $sent } envoyés
backlog = À envoyer
last-in-at = Dernier reçu { $when }
nothing-in-yet = Rien reçu pour l’instant
quarantine-count = { $n ->
    [one] 1 retenu
   *[other] { $n } retenus
}
quarantine-look = { $n ->
    [one] Un message est retenu en quarantaine
   *[other] { $n } messages sont retenus en quarantaine
}
secret-set = Défini
secret-replace = Remplacer
secret-keep = Garder l’actuel
not-saved = Non enregistré
test-connection = Tester la connexion
test-help = Essaie ces réglages sans les enregistrer. Cela ne laisse aucune trace.
test-ok = Tout fonctionne
test-impossible = Le test n’a pas pu être fait
test-failed = Quelque chose ne fonctionne pas encore
step-ok = A marché
step-failed = N’a pas marché
seconds = { $n } s
oauth-title = Connexion par le fournisseur de messagerie
oauth-text = Vous êtes conduit chez le fournisseur et revenez ici. Donnez-lui cette adresse de retour : { $address }
oauth-save-first = Ajoutez d’abord le canal, puis reliez-le au compte. Donnez au fournisseur cette adresse de retour : { $address }
oauth-connect = Relier le compte
oauth-again = Relier de nouveau
oauth-connected = Relié à { $account }
oauth-missing = Pas encore relié à un compte
oauth-expires = jusqu’au { $when }

ledger = Registre
ledger-text = Ce qui est arrivé est conservé, retenu ou ignoré pour une raison. Rien d’autre ne peut lui arriver.
ledger-empty = Rien n’est arrivé ces jours-ci.
day = Jour
ledger-received = Reçus
ledger-stored = Conservés
ledger-quarantined = Retenus
ledger-ignored = Ignorés
ledger-sent = Envoyés
ledger-failed = Échoués
ledger-balance = Le compte y est
ledger-balanced = Le compte y est
ledger-open = { $n } en cours

quarantine-text = Des messages en sûreté qui n’ont pas pu être mis sur une chronologie. Réessayez quand la cause est réparée.
quarantine-empty = Rien n’est retenu
quarantine-empty-text = Chaque message arrivé est sur une chronologie.
quarantine-stored = Maintenant sur une chronologie : { $subject }
quarantine-all = Sélectionner tous ceux affichés
quarantine-chosen = { $n ->
    [one] 1 sélectionné
   *[other] { $count } sélectionnés
}
quarantine-progress = { $done } sur { $all } faits
quarantine-tried = Maintenant sur une chronologie : { $stored }. Toujours retenus : { $held }.
quarantine-again = Réessayé à l’instant, toujours retenu.
quarantine-dismissed = { $n ->
    [one] 1 message écarté
   *[other] { $count } messages écartés
}
unknown-sender = Expéditeur inconnu
attempts = { $n ->
    [one] 1 essai
   *[other] { $n } essais
}
dismiss = Écarter
dismiss-title = { $n ->
    [one] Écarter ce message
   *[other] Écarter { $count } messages
}
dismiss-text = { $n ->
    [one] Il reste dans l’archive et compte comme ignoré, avec votre raison.
   *[other] Ils restent dans l’archive et comptent comme ignorés, avec votre raison.
}
reason = Raison

suppressions = Adresses bloquées
suppressions-text = Rien n’est envoyé à celles-ci : elles l’ont demandé (STOP), un message y a échoué pour de bon, ou quelqu’un les a inscrites ici.
suppressions-empty = Aucune adresse n’est bloquée
suppressions-empty-text = Qui ne veut plus de messages, ou est injoignable pour de bon, figure ici.
suppression-add = Bloquer une adresse
suppression-reason-help = Les agents le lisent là où ils écriraient à cette adresse.
every-channel = Tous les canaux
entered-by = inscrite par { $name }
address = Adresse
address-kind = Type d’adresse
hook-step = Il reste une étape chez le fournisseur
hook-step-text = Copiez le webhook ci-dessus et collez-le là où son aide le dit. Écrivez ensuite au numéro : le message apparaît ici.
hook-later = Affiché une fois le canal ajouté
copy-what = Copier : { $what }
suppression-lift = Autoriser de nouveau
suppression-lifted = Les messages à { $address } repartent

agents-text = Qui répond ici aux clients.
agent-invite = Inviter un agent
invite-make = Créer un lien
invite-link = Lien à usage unique
invite-link-title = Lien pour { $name }
invite-link-text = Donnez-lui ce lien. Il marche une fois et n’est plus montré ensuite.
agent-link = Créer un nouveau lien de connexion
agent-disable = Désactiver
agent-enable = Activer
disabled = Désactivé
make-agent = Faire agent
make-administrator = Faire administrateur
role = Rôle
role-agent = Agent
role-administrator = Administrateur
role-agent-help = Lit les conversations et y répond.
role-administrator-help = Connecte aussi des canaux et invite des agents.
that-is-you = (vous)
actions-for = Actions pour { $name }

embed = Sur votre site
embed-text = Mettez cette ligne dans chaque page qui doit montrer le chat, où vous voulez.
embed-tag = Balise script
embed-sites = Sites qui peuvent le montrer
embed-show = L’essayer
embed-hide = Fermer l’aperçu
embed-preview = Aperçu du chat
embed-preview-text = C’est le vrai chat, avec l’apparence et les mots écrits plus haut : ce que vous y écrivez arrive comme conversation. Tout le reste est tel qu’enregistré la dernière fois.

hours = Heures d’ouverture
hours-text = Quand quelqu’un est là pour répondre. En dehors, un chat le dit.
hours-add = Ajouter des heures d’ouverture
hours-empty = Pas encore d’heures d’ouverture
hours-empty-text = Sans elles, chaque canal est toujours ouvert.
hours-first-name = Heures de bureau
hours-no-channel = Aucun canal ne les suit encore
hours-open = Ouvert
hours-closed = Fermé
hours-next = Ouvre { $when }
hours-holidays-of = jours fériés : { $country }
hours-exceptions-count = { $n ->
    [one] 1 jour particulier
   *[other] { $n } jours particuliers
}
hours-zone = Fuseau horaire
hours-zone-help = Les heures ci-dessous sont à son heure.
hours-week = Semaine
hours-from = { $day }, de
hours-to = { $day }, à
hours-add-span = Ajouter des heures : { $day }
hours-remove-span = Retirer ces heures : { $day }
hours-exceptions = Jours particuliers
hours-exceptions-text = Des jours différents de leur jour de semaine : fermés, ou à d’autres heures. Ils l’emportent sur un jour férié.
hours-exception-add = Ajouter un jour
hours-exception-name = Ce que c’est
hours-exception-remove = Retirer { $day }
hours-holidays = Jours fériés
hours-country = Pays
hours-no-holidays = Aucun : ouvert les jours fériés
hours-part = Région
hours-whole-country = Tout le pays
hours-coming = Prochains : { $days }
hours-closed-text = Pendant la fermeture
hours-closed-text-help = Ce que les clients lisent dans un chat en dehors de ces heures, sauf si le canal a ses propres mots.
hours-channels-text = Ces canaux suivent ces heures.
hours-now-by = actuellement selon « { $name } »
remove = Retirer

tokens = Jetons de l’API
tokens-text = Des programmes qui travaillent avec le hub par son API. Un jeton est montré une fois, à sa création.
tokens-empty = Aucun programme n’a accès
tokens-empty-text = Créez un jeton pour un programme qui lit ou écrit des conversations ici.
token-make = Créer un jeton
token-made = Jeton pour { $name }
token-made-text = Copiez-le maintenant et gardez-le comme un mot de passe. Il n’est plus montré ensuite.
token-name-help = Ce qui l’utilise, par exemple « Rapport de nuit ».
token-kind = Agit comme
token-personal = Vous
token-service = Un programme à part
token-kind-personal-help = Ce qu’il fait est fait en votre nom et prend fin avec votre compte.
token-kind-service-help = Il a son propre compte et reste quand les gens partent.
token-lifetime = Dure
token-forever = Sans fin
token-scopes = Peut
token-used = utilisé { $when }
token-unused = jamais utilisé
token-expires = jusqu’au { $when }
token-revoke = Révoquer
token-revoked = { $name } n’a plus accès
scope-conversations-read = lire les conversations
scope-conversations-write = répondre aux conversations et les modifier
scope-customers-read = lire les clients
scope-customers-write = modifier les clients
scope-channels-read = lire les canaux
scope-agents-read = lire les agents
scope-admin = administrer le hub

webhooks = Webhooks
webhooks-text = D’autres systèmes qui apprennent ce qui se passe ici, signé et dans l’ordre de chaque conversation.
webhooks-empty = Personne d’autre n’est prévenu
webhooks-empty-text = Ajoutez l’adresse d’un système qui doit savoir quand un message arrive ou une conversation est résolue.
webhook-add = Ajouter un webhook
webhook-url = Adresse
webhook-url-help = Où les événements sont envoyés.
webhook-events = Événements
webhook-last = Dernière remise
webhook-unused = Rien de remis pour l’instant
webhook-failing = En échec
webhook-secret = Secret de signature
webhook-secret-text = Le destinataire vérifie avec lui qu’un événement vient de ce hub. Copiez-le maintenant ; il n’est plus montré ensuite.
webhook-renew = Nouveau secret
webhook-test = Envoyer un test
webhook-tested = Le test est arrivé : { $status }
webhook-test-failed = Le test n’est pas arrivé : { $why }
webhook-removed = { $name } n’est plus prévenu de rien
webhook-message-received = Un message est arrivé
webhook-message-sent = Un message est parti
webhook-note-added = Une note a été écrite
webhook-delivery-changed = Une remise a changé
webhook-conversation-created = Une conversation a commencé
webhook-conversation-assigned = Une conversation a été attribuée
webhook-conversation-resolved = Une conversation a été résolue
webhook-conversation-reopened = Une conversation a été rouverte
webhook-conversation-changed = Une conversation a reçu une autre équipe, priorité, étiquette ou un autre champ, ou a été reportée
webhook-customer-merged = Des clients ont été réunis
webhook-call-ended = Un appel s’est terminé
webhook-customer-unmerged = Des clients ont été séparés
webhook-state-pending = En attente
webhook-state-delivered = Remis
webhook-state-failed = Échoué
webhook-resend = Renvoyer
webhook-resent = Renvoi en cours
deliveries = Remises
deliveries-text = Ce qui a été envoyé ces 30 derniers jours et ce qui en est advenu.
deliveries-empty = Rien n’a été envoyé.
delivery-state = État
delivery-any = Toutes
reload = Recharger
