# La página de los agentes: conversaciones, línea de tiempo, respuesta, cliente.

view-open = Abiertas
view-mine = Mías
view-unassigned = Sin asignar
view-resolved = Resueltas
empty-open = Todas las conversaciones están resueltas
empty-open-text = Los mensajes nuevos aparecen aquí solos.
empty-mine = No tiene nada asignado
empty-mine-text = Tome una de las que están sin asignar con la tecla M.
empty-unassigned = Cada conversación tiene a alguien
empty-unassigned-text = Las nuevas sin agente aparecen aquí.
empty-resolved = Nada resuelto todavía
empty-resolved-text = Las conversaciones que resuelva se guardan aquí.
no-subject = Sin asunto
mail-empty = Correo vacío
unread = Sin leer
draft = Borrador
answered = Respondida
waiting = Espera
waiting-since = El cliente espera desde { $at }
delivery-problem = Un mensaje no se entregó
search-nothing = Ningún cliente empieza por «{ $query }»
search-failed = La búsqueda no respondió. Reintente.
customers = Clientes
new-message = Mensaje nuevo
pane-resize-list = Ancho de la lista
pane-resize-customer = Ancho del panel del cliente

timeline = Línea de tiempo
timeline-entries = Entradas de la línea de tiempo
nothing-open = No hay ninguna conversación abierta
nothing-open-text = Elija una de la lista, o pulse J para la primera.
conversation-unknown = Esta conversación no existe
unknown-text = Puede que se haya quitado o que el enlace no esté completo.
customer-unknown = Este cliente no existe
timeline-empty = Aún no se ha dicho nada
timeline-empty-text = Lo que el cliente escriba, por cualquier canal, aparece aquí.
timeline-offline = Lo que se dijo aparecerá en cuanto vuelva la conexión.
timeline-start = El principio
older-failed = No se pudieron cargar las entradas anteriores. Reintentar
narrow-bar = Qué muestra la línea de tiempo
narrow-fold = { $n ->
    [0] Qué muestra la línea de tiempo
   *[other] Qué muestra la línea de tiempo, acotado: { $n }
 }
narrow-channel = Canal
narrow-thread = Conversación
narrow-thread-find = Buscar una conversación
narrow-kind = Tipo
narrow-person = Persona
narrow-person-find = Buscar a una persona
all-threads = Todas las conversaciones
all-kinds = Todo
all-people = Todos
kinds-message = Mensajes
kinds-note = Notas
kinds-call = Llamadas
kinds-callback = Devoluciones de llamada
kinds-file = Archivos
kinds-event = Cambios
show-everything = Mostrar todo
narrowed-empty = Nada coincide
narrowed-empty-text = Ninguna entrada de este cliente cumple todo lo elegido arriba.
narrowed-start = Nada más antiguo coincide
jump-to-date = Ir a una fecha
jump-day = Día
jump-go = Ir
newer-failed = No se pudieron cargar las entradas más nuevas. Reintentar
entry-unknown = Esta entrada no existe.
entry-reply = Responder
entry-quote = Responder con cita
entry-note = Escribir una nota sobre ello
copy-link = Copiar el enlace
link-copied = Enlace copiado
text-copied = Texto copiado
fold-events = { $n ->
    [one] Un cambio
   *[other] { $count } cambios
}
to-newest = Lo más nuevo
new-entries = { $n ->
    [one] Una entrada nueva
   *[other] { $count } entradas nuevas
}
announce-entry = { $name }: { $text }
since-you-looked = Desde su última visita
gap-weeks = { $n ->
    [one] Una semana de silencio
   *[other] { $n } semanas de silencio
}
gap-months = { $n ->
    [one] Un mes de silencio
   *[other] { $n } meses de silencio
}
gap-years = { $n ->
    [one] Un año de silencio
   *[other] { $n } años de silencio
}
thread-continued = continúa
thread-focus = Mostrar solo esta conversación
thread-unfocus = Mostrar todas las conversaciones
possibly-related = Quizá relacionada con una conversación anterior
fold-automatic = { $n ->
    [one] Un mensaje automático
   *[other] { $count } mensajes automáticos
}
fold-notices = { $n ->
    [one] Un aviso de entrega
   *[other] { $count } avisos de entrega
}
state-resolved = Resuelta

author-customer = Cliente
author-agent = Agente
author-system = El hub
entry-to = a { $address }
entry-copies = { $n ->
    [one] + 1 copia
   *[other] + { $n } copias
}
note = Nota
note-tip = Solo la ven los compañeros
automatic-auto = Automático
automatic-list = Lista de correo
automatic-bounce = Aviso de entrega
no-text = Sin texto
show-quoted = Mostrar la cita y la firma
hide-quoted = Ocultar la cita y la firma
show-rest = Mostrar el resto ({ $count } caracteres)
show-original = Mostrar el original
hide-original = Ocultar el original
original = El mensaje con su formato
download-source = Descargar la fuente
copy-text = Copiar el texto
images-blocked = { $n ->
    [one] Una imagen remota está bloqueada
   *[other] { $n } imágenes remotas están bloqueadas
}
images-blocked-short = { $n ->
    [one] 1 imagen bloqueada
   *[other] { $n } imágenes bloqueadas
}
images-blocked-why = Cargarlas le dice al remitente que el mensaje se abrió.
images-show = Mostrar las imágenes
attachments = Archivos adjuntos
files-all = Mostrar los { $count } archivos
inline-show = { $n ->
    [one] Mostrar 1 parte incrustada
   *[other] Mostrar { $n } partes incrustadas
}
inline-hide = Ocultar las partes incrustadas
transcript = Transcripción

kind-call = { $direction ->
    [out] Llamada saliente
   *[in] Llamada entrante
}
kind-visit = Visita
kind-callback = Devolución de llamada
kind-survey = Respuesta a una encuesta
kind-promise = Promesa
kind-fax = Fax
kind-voicemail = Mensaje de voz

event-assigned = { $self ->
    [yes] { $actor } tomó esta conversación
   *[no] { $actor } asignó esto a { $assignee }
}
event-unassigned = { $actor } quitó la asignación
event-resolved = { $actor } la resolvió
event-reopened = { $actor } la reabrió
event-merged = { $actor } unió a { $other } con este cliente
event-unmerged = { $actor } volvió a separar a { $other }
event-other = { $actor }: { $type }

delivery-waiting = Espera la conexión
delivery-queued = En cola
delivery-sending = Enviándose
delivery-sent = Enviado
delivery-delivered = Entregado
delivery-read = Leído
delivery-failed = No entregado a { $address }
delivery-uncertain = No es seguro que se haya enviado
delivery-held = Retenido
delivery-canceled = Cancelado
step-retry = Reintentar
step-send-another-way = Enviar por otra vía
step-mark-sent = Lo comprobé: marcar como enviado
step-cancel = Cancelar

viewer-here = { $name } está aquí
viewer-writing = { $name } está escribiendo

resolve = Resolver
reopen = Reabrir
resolve-tip = Resolver e ir a la siguiente
reopen-tip = Reabrir
resolved-toast = Resuelta: { $name }
reopened-toast = Reabierta: { $name }
assign = Asignar
assign-tip = Asignar
assign-me = { $name } (usted)
assign-nobody = Nadie
assign-filter = Buscar un agente
assign-unknown = Ningún agente se llama así
assigned-to = Asignada a { $name }
assigned-word = Asignada a
assigned-toast = Asignada
assigned-me-toast = Asignada a usted
unassigned-toast = Asignación quitada
unassigned = Sin asignar

composer = Respuesta
composer-mode = Qué escribir
mode-reply = Respuesta
mode-note = Nota
mode-reply-tip = La recibe el cliente
mode-note-tip = Solo la ven los compañeros
note-hint = Solo la ven los compañeros
to = Para:
via = por { $kind }
from = de { $from }
destination-from = de { $from }
destination-choose = Elegir una dirección
destination-none = No hay ninguna dirección a la que responder
destination-unusable = No disponible ahora
destinations-failed = No se pudieron cargar las direcciones.
channel-kind-email = Correo
channel-kind-sms = SMS
channel-kind-whatsapp = WhatsApp
channel-kind-chat = Chat
channel-kind-voice = Teléfono
channel-kind-phone = Teléfono
channel-kind-fax = Fax
channel-kind-visit = Visita
channel-kind-visitor = Chat
add-copy = Cc
copy-to = Cc
copy-placeholder = Direcciones, separadas por comas
edit-subject = Asunto
subject = Asunto
write-to = Escribir a { $name }
reply-placeholder = Escriba a { $name }
note-placeholder = Escriba una nota para sus compañeros
attach = Adjuntar archivos
drop-here = Suelte aquí los archivos para adjuntarlos
uploading = Subiendo
upload-failed = No se subió. Quítelo y reintente.
remove-file = Quitar { $name }
to-send = para enviar
to-save = para guardar
send = Enviar
send-resolve = Enviar y resolver
save-note = Guardar la nota
send-anyway = Enviar de todos modos
keep-writing = Seguir escribiendo
nothing-written = Escriba algo primero.
still-uploading = Un archivo aún está en camino. Espere a que llegue.
upload-left = No se pudo adjuntar un archivo. Quítelo o adjunte otro.
no-usable-address = Elija una dirección a la que enviar.
too-long = El texto es más largo de lo que permite este canal.
not-sent = No enviado
newer-title = { $n ->
    [one] Llegó un mensaje más nuevo
   *[other] Llegaron { $n } mensajes más nuevos
}
newer-text = Léalo arriba y decida después.
refused-toast = Un mensaje que esperaba la conexión no se envió. Su texto está de nuevo en la respuesta.

from-channel = De
to-address = Para
message = Mensaje
no-channel = No hay ningún canal desde el que enviar. Pida a un administrador que conecte uno.
no-channel-admin = No hay ningún canal desde el que enviar. Conecte uno en Canales.

customer = Cliente
customer-pane = Cliente
customer-since = Cliente desde { $when }
rename = Cambiar el nombre
addresses = Direcciones
verified = Verificada
suppressed = Bloqueada: { $reason }
known-since = desde { $when }
copy-address = Copiar la dirección
suggestions = Probablemente la misma persona
reason-same-name = El mismo nombre
reason-same-phone = El mismo teléfono
reason-same-address = La misma dirección
reason-similar-name = Un nombre parecido
reason-same-email = El mismo correo
not-same = No es la misma
merge = Unir
merge-with = Unir con otro cliente
merge-title = Unir con { $name }
merge-text = Las dos líneas de tiempo se hacen una. No se pierde nada y puede deshacerlo cuando quiera.
merge-search = Nombre o dirección del otro cliente
merged-toast = Unido con { $name }
unmerged-toast = { $name } vuelve a ser un cliente aparte
merges = Clientes unidos
merged-from = { $name }
attributes = Detalles
visit-facts = Del último chat
visit-page = Página

file-coming = Se está trayendo
file-gone = No se pudo traer
file-picture = Imagen
file-audio = Grabación
file-unnamed = Archivo

text-room = { $used } / { $room }
text-room-tip = Caracteres escritos, de los que caben
text-segments = { $n ->
    [one] 1 segmento
   *[other] { $count } segmentos
}
text-segments-tip = Un SMS se envía, y se paga, por segmentos
parts-hint = Sale como { $count } mensajes, uno tras otro: aquí no caben en uno.
text-unicode = { $n ->
    [one] El carácter { $characters } no está en el alfabeto de los SMS, así que un segmento admite 70 caracteres en vez de 160.
   *[other] Los caracteres { $characters } no están en el alfabeto de los SMS, así que un segmento admite 70 caracteres en vez de 160.
}
text-plain = Usar caracteres sencillos
window-left = { $time } para escribir libremente
window-until = Hasta { $when } se puede enviar texto libre. Un mensaje nuevo del cliente reinicia el plazo.
window-over = El plazo del texto libre terminó
window-closed = El plazo del texto libre terminó: hasta que el cliente vuelva a escribir solo se puede enviar una plantilla.
window-never = El cliente aún no ha escrito aquí, así que solo se puede enviar una plantilla.
write-freely = Escribir libremente
template = Plantilla
template-use = Usar una plantilla
template-choose = Elija una plantilla
template-chosen = Envía una plantilla.
template-first = A quien aún no ha escrito se le envía una plantilla.
template-find = Buscar una plantilla
template-unapproved = No aprobada por el proveedor
template-variable = Variable { $name }
template-preview = Vista previa
template-missing = Elija primero una plantilla.
template-incomplete = Rellene todas las variables de la plantilla.
templates-empty = No hay plantillas. Un administrador puede crear una en el proveedor.
templates-failed = No se pudieron cargar las plantillas.
quick-replies = Botones para una respuesta
