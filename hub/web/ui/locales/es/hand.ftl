# La lista de comandos, el resumen de teclas, cómo avisa un dispositivo, las zonas horarias.

palette = Comandos
palette-open = Comandos
palette-field = Escriba un comando, una página o un cliente
palette-found = { $n ->
    [0] Nada encontrado
    [one] Una línea
   *[other] { $n } líneas
}
palette-commands = Comandos
palette-recent = Usados hace poco
palette-here = En esta página
palette-search = Búsqueda
palette-search-for = Buscar «{ $query }» en todo
key-palette = Comandos, botones, páginas y clientes por su nombre
group-move = Moverse
group-answer = Responder
group-work = Trabajar
group-go = Ir a
group-page = Esta página

go-desk = Conversaciones
go-callbacks = Devoluciones de llamada
go-channels = Canales
go-quarantine = Cuarentena
go-agents = Agentes
go-settings = Ajustes

alerts = Avisos en este dispositivo
alerts-help = De mensajes, respuestas y notas en conversaciones que son suyas o que sigue, de menciones y de lo que se le asigna.
alerts-desktop = Notificaciones de escritorio
alerts-refused = Este navegador no lo permite. Permita las notificaciones de este sitio en los ajustes del navegador y vuelva a activarlas.
alerts-sound = Sonido
alerts-try = Escuchar
alerts-quiet = Horas de silencio
alerts-from = Silencio desde
alerts-until = Silencio hasta
alert-mention = { $who } le mencionó
alert-note = { $who } escribió una nota sobre { $name }
alert-answer = { $who } respondió a { $name }
alert-assigned = { $name } es ahora suya

zone = Zona horaria
zone-help = En ella se muestran las horas de las páginas. Se guarda en este dispositivo.
zone-device = Como este dispositivo ({ $zone })
