# La liste des commandes, l'aperçu des touches, la façon dont un appareil appelle, les fuseaux horaires.

palette = Commandes
palette-open = Commandes
palette-field = Tapez une commande, une page ou un client
palette-found = { $n ->
    [0] Rien trouvé
    [one] Une ligne
   *[other] { $n } lignes
}
palette-commands = Commandes
palette-recent = Utilisées récemment
palette-here = Sur cette page
palette-search = Recherche
palette-search-for = Chercher « { $query } » partout
key-palette = Commandes, boutons, pages et clients par leur nom
group-move = Se déplacer
group-answer = Répondre
group-work = Travailler
group-go = Aller à
group-page = Cette page

go-desk = Conversations
go-callbacks = Rappels
go-channels = Canaux
go-quarantine = Quarantaine
go-agents = Agents
go-settings = Réglages

alerts = Alertes sur cet appareil
alerts-help = Pour les messages, les réponses et les notes des conversations qui sont à vous ou que vous suivez, les mentions et ce qui vous est attribué.
alerts-desktop = Notifications de bureau
alerts-refused = Ce navigateur ne le permet pas. Autorisez les notifications de ce site dans les réglages du navigateur, puis réactivez-les.
alerts-sound = Son
alerts-try = Écouter
alerts-quiet = Heures calmes
alerts-from = Calme à partir de
alerts-until = Calme jusqu’à
alert-mention = { $who } vous a mentionné
alert-note = { $who } a écrit une note au sujet de { $name }
alert-answer = { $who } a répondu à { $name }
alert-assigned = { $name } est maintenant à vous

zone = Fuseau horaire
zone-help = Les heures des pages sont indiquées dans ce fuseau. Gardé sur cet appareil.
zone-device = Comme cet appareil ({ $zone })
