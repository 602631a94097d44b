# Las colas: vistas, filtros, equipos, etiquetas, prioridad, aplazar, cambios de muchas.

views = Vistas
views-all = Todas las vistas
views-fold = Plegar las vistas
views-unfold = Mantener las vistas junto a la lista
views-saved = Mis vistas
views-shared = Vistas compartidas
view-snoozed = Aplazadas
view-following = Seguidas
view-new = Nueva vista
view-save = Guardar como vista
view-update = Guardar los cambios
view-edit = Editar la vista
view-icon = Símbolo
view-share = Compartir con todos
view-unshare = Guardar para mí
view-share-help = La ve cada agente. Usted y los administradores pueden cambiarla.
view-shared = Compartida con todos
view-shared-by = Compartida por { $name }
view-saved = Guardada: { $name }
view-remove = Quitar la vista
view-removed = Quitada: { $name }
move-up = Subir
move-down = Bajar
empty-snoozed = Nada está aplazado
empty-snoozed-text = Lo que aplaza espera aquí hasta su hora, o hasta que el cliente escriba.
empty-following = No sigue ninguna conversación
empty-following-text = Siga una con la tecla W para no perderla de vista.
empty-team = Este equipo no tiene nada abierto
empty-team-text = Lo que se da al equipo aparece aquí.
empty-saved = Nada encaja en esta vista
empty-saved-text = Las conversaciones aparecen aquí en cuanto encajan.
empty-filter = Nada encaja en este filtro
empty-filter-text = Quite una condición, o empiece de nuevo.
icon-layers = Capas
icon-star = Estrella
icon-flag = Bandera
icon-bookmark = Marcador
icon-tag = Etiqueta
icon-hourglass = Reloj de arena
icon-shield-alert = Escudo
icon-users = Personas
icon-headset = Auriculares
icon-store = Tienda
icon-megaphone = Megáfono
icon-phone = Teléfono

sort = Orden
sort-activity = Lo más nuevo primero
sort-waiting = Más tiempo en espera
sort-priority = Lo más urgente
filter = Filtro
filter-tip = Filtrar
filter-add = Añadir una condición
filter-find = Buscar un campo
filter-find-value = Buscar: { $field }
filter-how = { $field }: comparación
filter-remove = Quitar: { $field }
filter-clear = Restablecer
filter-apply = Aplicar
filter-a-day = Un día …
filter-choose = elegir
filter-several = { $n } elegidos
filter-gone = ya no existe
filter-group-conversation = Conversación
filter-group-conversation-fields = Campos de la conversación
filter-group-customer-fields = Campos del cliente
filter-state = Estado
filter-assignee = Agente
filter-team = Equipo
filter-label = Etiqueta
filter-priority = Prioridad
filter-channel = Canal
filter-channel-kind = Tipo de canal
filter-waiting-minutes = El cliente espera
filter-unread = Sin leer
filter-following = La sigo
filter-delivery-problem = Sin entregar
filter-automatic = Automática
filter-created-at = Empezada
filter-last-entry-at = Última entrada
filter-me = Yo
filter-my-teams = Mis equipos
filter-no-label = Sin etiqueta
op-is-choice = es
op-not-choice = no es
op-has-choice = tiene todas
op-is-yesno = es
op-over-number = más de
op-under-number = menos de
op-is-number = es
op-not-number = no es
op-over-time = después de
op-under-time = antes de
op-has-text = contiene
op-is-text = es
op-not-text = no es
yes = Sí
no = No
today = hoy
ago-h = { $n ->
    [one] hace una hora
   *[other] hace { $n } horas
}
ago-d = { $n ->
    [one] ayer
   *[other] hace { $n } días
}
ago-w = { $n ->
    [one] hace una semana
   *[other] hace { $n } semanas
}
nothing-found = Nada se llama así

properties = Propiedades de la conversación
priority = Prioridad
priority-urgent = Urgente
priority-high = Alta
priority-normal = Normal
priority-low = Baja
priority-is = Prioridad: { $priority }
team = Equipo
teams = Equipos
team-none = Sin equipo
team-find = Buscar un equipo
team-is = Equipo: { $name }
team-toast = Dada a { $name }
team-none-toast = Quitada al equipo
labels = Etiquetas
label-add = Añadir una etiqueta
label-find = Buscar una etiqueta
label-create = Crear «{ $name }»
label-on-all = La tienen todas
labels-none = Ninguna etiqueta se llama así
snooze = Aplazar
snoozed = Aplazada
snooze-later = Hoy más tarde
snooze-tomorrow = Mañana
snooze-week = La semana que viene
snooze-pick = Elegir fecha y hora
snooze-reply = Hasta que el cliente escriba
snooze-wake = Despertar ahora
snooze-until = Aplazar hasta
snoozed-until = Aplazada: { $when }
snoozed-until-reply = hasta que el cliente escriba
snoozed-toast = Aplazada hasta { $when }
snoozed-reply-toast = Aplazada hasta que el cliente escriba
woken-toast = De nuevo en la cola
date-and-time = Fecha y hora
until-late = Ese momento ya pasó. Elija uno posterior.
follow = Seguir
unfollow = Dejar de seguir
following = La sigue
followed-by = La siguen { $names }
followed-toast = Sigue esta conversación
unfollowed-toast = Ya no sigue esta conversación
fields-button = Campos
fields-filled = { $n ->
    [one] 1 campo
   *[other] { $n } campos
}
field-none = Sin valor

tick = Seleccionar a { $name }
bulk-actions = Acciones para lo seleccionado
bulk-ticked = { $n ->
    [one] 1 seleccionada
   *[other] { $count } seleccionadas
}
bulk-whole = Todo «{ $view }» seleccionado
bulk-take-all = Seleccionar las { $count }
bulk-take-whole = Seleccionar todo lo que encaja
bulk-clear = Quitar la selección
bulk-running = { $done } de { $total } hechas
bulk-progress = Progreso
bulk-done = { $n ->
    [0] No había nada que cambiar
    [one] Se cambió una conversación
   *[other] Se cambiaron { $count } conversaciones
}
bulk-partly = { $n ->
    [one] Se cambió una conversación; { $failed } no se pudieron cambiar
   *[other] Se cambiaron { $count } conversaciones; { $failed } no se pudieron cambiar
}
bulk-undone = Todo está como antes

key-filter = Filtrar la lista
key-choose-view = Elegir una vista
key-team = Dar a un equipo
key-labels = Poner etiquetas
key-priority = Poner la prioridad
key-snooze = Aplazar
key-tick = Seleccionar la conversación
key-tick-all = Seleccionar todas las cargadas

event-team_assigned = { $team ->
    [none] { $actor } la quitó a su equipo
   *[other] { $actor } la dio a { $team }
}
event-snoozed = { $when ->
    [reply] { $actor } la aplazó hasta que el cliente escriba
   *[other] { $actor } la aplazó hasta { $when }
}
event-woke = Está de nuevo en la cola
event-priority_set = { $actor } puso la prioridad en { $priority }
event-others = { $count } más
event-labelled = { $change ->
    [both] { $actor } añadió { $added } y quitó { $removed }
    [removed] { $actor } quitó { $removed }
   *[added] { $actor } añadió { $added }
}
event-field_set = { $value ->
    [none] { $actor } vació { $field }
   *[other] { $actor } puso { $field } en { $value }
}

teams-text = Un equipo recibe conversaciones en común. Sus miembros ven su cola entre sus vistas.
team-new = Añadir un equipo
team-edit = Editar el equipo
teams-empty = No hay ningún equipo
teams-empty-text = Cree uno para quienes comparten una cola, como Facturación o Devoluciones.
team-members = { $n ->
    [0] Nadie
    [one] 1 miembro
   *[other] { $n } miembros
}
members = Miembros
team-archive = Archivar el equipo
team-restore = Recuperar el equipo
archived = Archivado
archived-toast = Archivado: { $name }
restored-toast = Recuperado: { $name }
labels-text = Una etiqueta dice de qué trata una conversación. Cada agente puede ponerlas.
label-new = Añadir una etiqueta
label-edit = Editar la etiqueta
labels-empty = No hay ninguna etiqueta
labels-empty-text = Cree unas pocas, como Reembolso o Queja. Pocas son mejores que muchas.
label-colour = Color
tint-1 = Verde azulado
tint-2 = Violeta
tint-3 = Ámbar
tint-4 = Verde
tint-5 = Rosa
tint-6 = Azul
tint-7 = Rojo
tint-8 = Gris
label-archive = Archivar la etiqueta
label-restore = Recuperar la etiqueta
fields = Campos propios
fields-text = Lo que anota de clientes y conversaciones además de lo que tiene todo hub. Cada uno tiene un tipo, y lo que se escribe se comprueba.
field-new = Añadir un campo
field-edit = Editar el campo
fields-empty = No hay ningún campo propio
fields-empty-text = Añada uno, como un número de pedido o un contrato.
field-noun = Pertenece a
field-noun-customer = Cliente
field-noun-conversation = Conversación
fields-of-customer = Clientes
fields-of-conversation = Conversaciones
field-label = Nombre
field-key = Clave
field-key-help = Cómo lo llaman los programas. Después no se puede cambiar.
field-type = Tipo
field-type-text = Texto
field-type-number = Número
field-type-boolean = Sí o no
field-type-date = Fecha
field-type-choice = Elección
field-type-url = Enlace
field-choices = Opciones
field-choices-help = Una por línea.
field-archive = Archivar el campo
field-restore = Recuperar el campo
