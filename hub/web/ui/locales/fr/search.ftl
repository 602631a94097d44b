# La recherche.

search = Recherche
search-everything = Chercher messages, fichiers, notes et clients
search-clear = Vider le champ
search-operators = Filtres
search-filters = Filtres de cette recherche
search-order = Ordre
search-newest = Les plus récents
search-best = Les meilleurs
search-results = Résultats
search-resolved = Résolue
search-system = Système
search-in-file = Dans un fichier
search-in-note = Dans une note interne
search-in-call = Dans un appel
search-from-us = Envoyé par nous
search-from-customer = Envoyé par le client
search-all-for = Chercher « { $query } » partout
search-found = { $n ->
    [0] Rien trouvé
    [one] Un résultat est affiché
   *[other] { $n } résultats sont affichés
}
search-more-here = { $n ->
    [one] Un de plus dans cette conversation
   *[other] { $n } de plus dans cette conversation
}
search-none = Rien trouvé pour « { $query } »
search-none-text = Vérifiez l’orthographe, mettez moins de mots ou retirez un filtre. Fichiers et nouveaux messages se trouvent un instant après leur arrivée.
search-meant = Vouliez-vous dire
search-without = Sans { $filter }
search-not = pas { $name }
search-end = C’est tout ce qui a été trouvé.
search-ranked = Ce sont les meilleurs des { $count } plus récents. Les plus anciens n’en font pas partie.
search-by-age = Tout afficher, le plus récent d’abord
search-reached = Recherché jusqu’au { $date } pour l’instant.
search-further = Chercher plus loin
search-lately = Recherches récentes
search-how = Comment chercher
search-how-text = Tapez les mots comme ils vous reviennent : majuscules et accents n’importent pas, et le dernier mot peut être inachevé. Ajoutez un filtre pour préciser. Les terminaisons du pluriel ne comptent pas non plus, sauf entre guillemets.
search-problem-unknown = Il n’y a pas de « { $value } » ici, rien ne peut donc être trouvé ainsi.
search-problem-many = Plus de 100 clients s’appellent « { $value } » : seuls les plus récents sont cherchés. Écrivez davantage du nom.
search-problem-not_a_date = « { $value } » n’est pas une date. Écrivez 2026-11-03, 2026-11, yesterday ou 7d.
operator-from = qui l’a écrit : un nom, une adresse, @entreprise.com, me
operator-to = à qui c’est allé
operator-subject = mots de l’objet
operator-customer = sur la chronologie de qui
operator-channel = email, sms, ou le nom d’un canal
operator-has = attachment, image, pdf, document
operator-kind = message, note, call, callback
operator-before = avant un jour : 2026-11-03, yesterday, 7d
operator-after = depuis un jour
operator-assigned = me, nobody, ou un collègue
operator-team = l’équipe de la conversation
operator-label = une étiquette de la conversation
operator-is = open, snoozed, resolved
operator-phrase = ces mots, dans cet ordre
operator-minus = pas ceci : -remboursement, -label:vip
filter-by-from = De
filter-by-to = À
filter-by-subject = Objet
filter-by-customer = Client
filter-by-channel = Canal
filter-by-has = Avec
filter-by-kind = Type
filter-by-before = Avant
filter-by-after = Depuis
filter-by-assigned = Attribuée à
filter-by-team = Équipe
filter-by-label = Étiquette
filter-by-is = Est
