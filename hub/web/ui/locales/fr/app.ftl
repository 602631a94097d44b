# Les mots de toutes les pages : le cadre, l'entrée, les réglages personnels.

skip = Aller à la page
main-navigation = Principal
close = Fermer
cancel = Annuler
save = Enregistrer
saved = Enregistré
done = Terminé
copy = Copier
copied = Copié
undo = Annuler
back = Retour
more = Plus
show = Afficher
optional = facultatif
loading = Chargement
try-again = Réessayer
name = Nom
email = E-mail
password = Mot de passe
you = Vous
you-object = vous
nobody = personne
load-failed = Impossible de charger ceci
load-failed-text = Le hub n’a pas répondu comme prévu. Réessayez ; si cela dure, prévenez votre administrateur.
renewed = Le hub a été mis à jour, cette page a donc été rechargée. Veuillez refaire votre dernière action.
change-failed = Cela n’a pas marché. Rien n’a été modifié.
offline-not-changed = Il n’y a pas de connexion au hub, rien n’a donc été modifié. Réessayez quand elle sera revenue.

conversations = Conversations
channels = Canaux
quarantine = Quarantaine
agents = Agents
account = Compte
account-of = Compte de { $name }
rail-mine = { $n ->
    [one] { $n } conversation est à vous
   *[other] { $n } conversations sont à vous
}
rail-troubled = { $n ->
    [one] Un canal a besoin de vous
   *[other] { $n } canaux ont besoin de vous
}
rail-held = { $n ->
    [one] Un message est retenu en quarantaine
   *[other] { $n } messages sont retenus en quarantaine
}
profile = Vos réglages
sign-out = Se déconnecter
theme-system = Apparence : comme cet appareil
theme-light = Apparence : claire
theme-dark = Apparence : sombre
look-system = Comme cet appareil
look-light = Claire
look-dark = Sombre
looks = Apparence
language = Langue
signature = Signature
signature-help = Ajoutée sous vos messages là où le canal lui laisse de la place.
password-change = Changer le mot de passe
password-current = Mot de passe actuel
password-new = Nouveau mot de passe

offline = Pas de connexion au hub
offline-text = Nouvel essai en cours. Vous pouvez continuer à lire et à écrire ; ce que vous envoyez partira au retour de la connexion.
offline-waiting = { $n ->
    [one] Un message attend et partira au retour de la connexion.
   *[other] { $n } messages attendent et partiront au retour de la connexion.
}
hub-unreachable = Le hub est injoignable
hub-unreachable-text = Vérifiez votre connexion. Si d’autres ne l’atteignent pas non plus, prévenez votre administrateur.
demo-line = Ce hub montre des clients et des conversations de démonstration.
demo-phone = Ouvrir le téléphone d’un client
demo-remove = Retirer la démonstration
demo-remove-text = Tous les clients, conversations et canaux de démonstration sont retirés. Les vrais ne sont pas touchés. C’est irréversible.

sign-in-title = Se connecter
sign-in = Se connecter
bad-credentials = Cet e-mail et ce mot de passe ne vont pas ensemble. Vérifiez les deux et réessayez.
too-many-attempts = { $n ->
    [one] Trop d’essais. Attendez une minute et réessayez.
   *[other] Trop d’essais. Attendez { $n } minutes et réessayez.
}
invite-unknown = Ce lien ne fonctionne plus
invite-unknown-text = Il a déjà servi ou son délai est passé. Demandez-en un nouveau à votre administrateur.
welcome-first-administrator = Préparer ce hub
welcome-first-administrator-text = Vous en devenez le premier administrateur. Ensuite, vous connecterez une boîte.
welcome-first-administrator-action = Créer le compte et continuer
welcome-agent = Bienvenue
welcome-agent-text = Choisissez comment collègues et clients vous voient, et un mot de passe.
welcome-agent-action = Créer le compte
welcome-password = Choisissez un nouveau mot de passe
welcome-password-text = Une fois enregistré, vous êtes connecté.
welcome-password-action = Enregistrer le mot de passe
your-name = Votre nom
your-name-help = Les clients le voient sur vos messages.
password-help = Au moins { $n } caractères. Quelques mots à la suite se retiennent mieux et se devinent moins.

shortcuts = Clavier
key-next = Conversation suivante
key-previous = Conversation précédente
key-search = Chercher partout
key-reply = Répondre
key-note = Note interne
key-send = Envoyer
key-send-resolve = Envoyer et résoudre
key-new = Nouveau message
key-assign = Attribuer
key-mine = M’attribuer
key-help = Cet aperçu
