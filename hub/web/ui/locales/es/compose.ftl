# La respuesta: formato, respuestas guardadas, enviar más tarde, menciones, marcas.

reply-placeholder-slash = Escriba a { $name }, o pulse / para respuestas guardadas y acciones
completion = Sugerencias
canned-replies = Respuestas guardadas
macros = Macros
brands = Marcas
macro-done = Hecho: { $name }
macro-undone = { $stays ->
    [words] Deshecho: { $name }. Lo que escribió sigue en el editor.
    [task] Deshecho: { $name }. Su tarea se ha cambiado desde entonces y se queda.
    [both] Deshecho: { $name }. Lo que escribió sigue en el editor; su tarea se ha cambiado desde entonces y se queda.
   *[nothing] Deshecho: { $name }
}

slash-actions = Hacer algo
slash-assign = Asignar …
slash-labels = Etiquetar …
slash-reply = Escribir una respuesta
slash-note = Escribir una nota
slash-save = Guardar como respuesta
reply-saved = Guardada como «{ $name }»
shortcut-word = Atajo
shortcut-word-help = Escriba / y esta palabra para encontrarla.
reply-words = Palabras
reply-variables = Variables: {"{{"} customer.first_name {"}}"}, customer.name, customer.email, agent.name, conversation.subject, company.name, brand.name – y cada atributo del cliente.

looks-of-words = Formato
tool-bold = Negrita
tool-italic = Cursiva
tool-underline = Subrayado
tool-bullets = Lista con viñetas
tool-numbers = Lista numerada
tool-quote = Cita
tool-link = Enlace
tool-unlink = Quitar el enlace
tool-plain = Quitar el formato
link-address = Dirección de la página

send-later = Enviar más tarde
send-later-pick = Elegir fecha y hora …
send-then = Enviar entonces
scheduled-toast = Sale { $when }
held-toast = Respuesta en camino
undo-send = Deshacer el envío
hold-left = { $n ->
    [one] Sale en un segundo
   *[other] Sale en { $n } segundos
}
scheduled-messages = Mensajes que salen más tarde
scheduled-at = Sale { $when }
scheduled-held-back = Retenido: llegó un mensaje más nuevo
scheduled-failed = No se pudo enviar
scheduled-to = a { $address }
scheduled-to-by = a { $address }, de { $name }
scheduled-time = Cambiar la hora
scheduled-send-now = Enviar ahora
scheduled-send-anyway = Enviar de todos modos
scheduled-edit = Editar
scheduled-discard = Descartar

colleague-answers = { $n ->
    [one] { $names } está escribiendo aquí una respuesta ahora mismo.
   *[other] { $names } están escribiendo aquí respuestas ahora mismo.
}
answered-meanwhile = { $name } ha respondido mientras usted escribía:
wrote-meanwhile = { $n ->
    [one] { $name } escribió mientras usted escribía:
   *[other] { $name } escribió { $n } mensajes mientras usted escribía. El más nuevo:
}
holes = { $n ->
    [one] Sin rellenar: { $names }
   *[other] Sin rellenar: { $names }
}
signature-below = { $own ->
    [yes] Se añade su firma
   *[no] Se añade la firma de { $brand }
}

undo-seconds = Tiempo para deshacer un correo
undo-seconds-help = Cuánto espera un correo antes de salir.
undo-seconds-off = Enviar al momento
undo-seconds-n = { $n } segundos

mention-toast = { $name } le mencionó: { $text }
mentions = Menciones
mentions-n = { $n ->
    [one] Una nota le menciona
   *[other] { $n } notas le mencionan
}
mention-of = { $name } · { $customer }
mentions-all-seen = Marcar todas como vistas

canned-replies-text = Palabras que los agentes usan una y otra vez, completadas con lo que se sabe del cliente, en el idioma del cliente.
canned-replies-empty = Aún no hay respuestas guardadas
canned-replies-empty-text = Lo que se escribe a menudo se escribe aquí una vez, en cada idioma de sus clientes.
reply-add = Añadir una respuesta guardada
reply-new = Nueva respuesta guardada
macro-add = Añadir una macro
macro-new = Nueva macro
macros-text = Un cambio de la conversación y una respuesta guardada en un solo paso.
macros-empty = Aún no hay macros
macros-empty-text = «Reembolso hecho»: etiquetar, escribir las palabras, resolver; en un solo paso.
scope = Quién puede usarla
scope-personal = Solo yo
scope-team = Un equipo
scope-shared = Todos
reply-language = Idioma
reply-language-remove = Quitar este idioma
reply-files = Archivos que la acompañan
macro-reply = Palabras
macro-no-reply = No escribir nada
macro-change = Cambio
macro-nothing = Dejar como está
macro-state-resolved = Resolver
macro-state-open = Reabrir
macro-snooze-later = Aplazar por un tiempo
macro-snooze-for = aplazar: { $when }
macro-task = Una tarea para quien la use
macro-task-dated = Con recordatorio
later-hours = Horas después
later-days = Días después
later-weekday = El próximo día de la semana
later-number = Cuántos
later-day = Día
later-at = A las
later-in-hours = { $n ->
    [one] en una hora
   *[other] en { $n } horas
}
later-in-days = { $n ->
    [one] al día siguiente a las { $at }
   *[other] en { $n } días a las { $at }
}
later-in-weekday = el próximo { $day } a las { $at }
remove-one = Quitar
removed-toast = Quitado
brands-text = En nombre de quién hablan sus canales: la firma bajo sus correos.
brands-empty = Aún no hay marcas
brands-empty-text = Sin marca, bajo los correos está la firma de cada agente.
brand-add = Añadir una marca
brand-new = Nueva marca
brand-signature = Firma (HTML)
brand-signature-help = Variables: {"{{"} agent.name {"}}"}, agent.first_name, agent.email, brand.name. Las imágenes necesitan una dirección https.
brand-channels = Canales
brand-preview = Vista previa
brand-no-channel = Ningún canal todavía
edit-one = Editar
macro-state = Conversación
reply-words-in = Palabras en { $language }
