# Llamadas y devoluciones de llamada.

call-ringing = { $direction ->
    [out] Llamada saliente: suena
   *[in] Llamada entrante: suena
}
call-waiting = Llamada entrante: espera a un agente
call-talking = { $direction ->
    [out] Llamada saliente: hablando
   *[in] Llamada entrante: hablando
}
call-ended = { $direction ->
    [out] Llamada saliente
   *[in] Llamada entrante
}
call-missed = { $direction ->
    [out] No se le encontró
   *[in] Llamada perdida
}
call-voicemail = { $direction ->
    [out] Respondió el contestador
   *[in] Mensaje de voz
}
title-call = { $call }, { $time }
call-with = con { $names }
call-waited = esperó { $time }
call-held = en espera { $time }
call-transferred = transferida
call-recorded = grabada
call-recorded-consent = grabada con consentimiento
call-recording-refused = grabación rechazada
call-recording = Grabación de la llamada
call-voicemail-sound = Mensaje de voz
said-by-customer = Cliente
said-by-agent = Agente
call-note = Añadir resultado o notas
call-edit = Cambiar resultado y notas
call-notes = Notas
disposition = Resultado
disposition-own = Otro resultado
disposition-solved = Resuelto
disposition-later = Continuará
disposition-unreached = No se le encontró
disposition-wrong = Número equivocado

call-bar = Llamada con { $name }
call-bar-rings = Suena su teléfono
call-bar-customer-rings = Se está llamando al cliente
call-bar-talking = Hablando
call-bar-held = En espera
call-bar-recording = Grabando
call-step-hold = Poner en espera
call-step-resume = Recuperar
call-step-pause-recording = Pausar la grabación
call-step-resume-recording = Volver a grabar
call-step-transfer = Transferir
call-step-hang-up = Colgar
call-step-decline = Rechazar
call-ended-after = Terminó tras { $time }
call-pop = { $direction ->
    [out] Suena su teléfono para llamar a { $name }
   *[in] Llama { $name }
}
wrap-up = Cómo terminó la llamada
wrap-up-of = Cómo terminó la llamada con { $name }
wrap-up-later = Más tarde
wrap-up-words = Con sus propias palabras
agent-unknown = un agente
agent-free = Libre
agent-no-device = Sin teléfono
call-number = Llamar a { $number }
call-number-from = Llamar desde
calling-toast = Primero suena su teléfono, después se llama al cliente

calls-mine = Llamadas
availability-available = Atiende llamadas
availability-busy = Ocupado
availability-away = Ausente
availability-missed = Ausente tras una llamada perdida
missed-title = Perdió una llamada y está ausente
missed-text = Sonó su teléfono y nadie atendió la llamada. Hasta que vuelva no se le envía ningún cliente.
missed-back = Volver a atender llamadas
missed-stay = Seguir ausente
device = Su teléfono
device-none = Ninguno todavía
device-first = Indique primero su teléfono
device-text = Aquí suenan las llamadas. Las atiende pulsando 1 después de oír quién es.
device-kind = Tipo
device-phone = Número de teléfono
device-sip = Dirección SIP
device-phone-address = Número
device-sip-address = Dirección SIP
device-help = Déjelo vacío para no tener teléfono.

callbacks = Devoluciones de llamada
callbacks-text = Clientes que quieren que se les llame. Se les llama en este orden, en cuanto un agente está libre.
callbacks-view = Qué devoluciones
callbacks-open = En espera
callbacks-ended = Terminadas
callbacks-none-open = Nadie espera una llamada
callbacks-none-open-text = Quien la pide en la página web, pulsa 1 en la cola o deja un mensaje aparece aquí.
callbacks-none-ended = Aún no ha terminado ninguna
callbacks-none-ended-text = Las hechas, las canceladas y las que no llegaron a nada se guardan aquí.
rail-callbacks = { $n ->
    [one] Un cliente espera una llamada
   *[other] { $n } clientes esperan una llamada
}
queue = Cola
queue-all = Todas las colas
queue-paused = En pausa
queue-waiting = { $n ->
    [0] nadie espera
    [one] espera uno
   *[other] esperan { $count }
}
queue-calling = { $n ->
    [one] se llama a uno
   *[other] se llama a { $count }
}
queue-agents = { $n ->
    [0] ningún agente atiende llamadas
    [one] un agente atiende llamadas
   *[other] { $count } agentes atienden llamadas
}
queue-expected = unos { $time } de espera
queues-empty = Aún no hay ninguna cola de devoluciones
queues-empty-text = Una cola dice cuándo se puede llamar a los clientes, quién lo hace y qué oyen.
queues-empty-agent = Un administrador puede añadir una.
callback-state-requested = Pedida
callback-state-scheduled = Planeada
callback-state-due = Toca ahora
callback-state-reserved = Agente encontrado
callback-state-dialing-agent = Llamando al agente
callback-state-agent-accepted = El agente está
callback-state-dialing-customer = Llamando al cliente
callback-state-connected = Hablando
callback-state-wrap-up = Cerrando
callback-state-retry-wait = Se reintenta más tarde
callback-state-done = Hecha
callback-state-expired = Caducada
callback-state-canceled = Cancelada
callback-state-voicemail-left = Mensaje dejado
callback-source = Pedida
callback-source-web = en la página web
callback-source-ivr = pulsando 1 en la cola
callback-source-agent = por un agente
callback-source-missed-call = por una llamada perdida
callback-source-voicemail = por un mensaje de voz
callback-place = Puesto { $n }
callback-window = deseada { $window }
callback-expected = en unos { $time }
callback-not-before = no antes de { $when }
callback-asked = pedida { $when }
callback-requested = Desde
callback-calls = { $n ->
    [one] se llamó una vez
   *[other] se llamó { $n } veces
}
callback-priority = Prioridad { $n }
callback-priority-set = Prioridad cambiada: { $name }
callback-zone = Su zona horaria
callback-attempts = Intentos, el más nuevo primero
callback-attempt-now = en curso
callback-why = { $why ->
    [busy] La línea comunicaba
    [no_answer] Nadie respondió
    [machine] Respondió un contestador
    [failed] No se pudo llamar al número
    [uncertain] Nadie puede decir si la llamada se hizo
    [too_late] Se hizo demasiado tarde para llamar
    [broke_off] La llamada se cortó
    [agent_lost] Se perdió la línea del agente
    [no_time] El horario no deja tiempo para ella
    [not_in_time] Nadie pudo llamar a tiempo
    [by_customer] La canceló el cliente
    [talked] Hablaron
    [declined] La rechazó el agente
    [agent_missed] El agente no descolgó
    [canceled] Cancelada
    [lost] No se supo más de la llamada
   *[other] { $words }
  }
callback-timeline = Línea de tiempo de { $name }
callback-move = Mover
callback-move-of = Cuándo llamar a { $name }
callback-move-text = Sin horas, la llamada llega lo antes posible dentro del horario de atención.
callback-sooner = Antes
callback-later = Más tarde
callback-cancel = Cancelar la devolución
callback-cancel-of = ¿Cancelar la devolución de llamada a { $name }?
callback-cancel-text = No se le llama y pierde su puesto. No se puede deshacer.
callback-keep = Conservarla
callback-ask = Añadir una devolución
callback-taken = Se llamará a { $name }
callback-number = Número
callback-reason = De qué se trata
callback-from = Desde
callback-until = Hasta
callback-when-help = Vacío: lo antes posible.
callback-preferred = Agente preferido
callback-anybody = Cualquiera

queues = Colas de devoluciones
queues-text = Cuándo se puede devolver la llamada a los clientes, quién lo hace, cuántas a la vez y qué oyen.
queue-add = Añadir una cola
queue-unknown = Esta cola no existe
queue-new = Nueva cola de devoluciones
queue-saved = { $name } está guardada
queue-name-help = Los clientes la oyen y la leen, por ejemplo «Soporte de Acme».
queue-basics = Lo básico
queue-phone = Canal de teléfono
queue-phone-none = Ninguno todavía
queue-phone-help = A los clientes se les llama desde su número.
queue-sms = Canal de SMS
queue-sms-none = Ninguno: nadie puede pedirla en la página web
queue-sms-help = Envía el código que prueba un número, y avisa cuando no se encontró a nadie.
queue-language = Idioma
queue-language-help = Se habla donde no se conoce el de quien llama, como código: es o en.
queue-when = Cuándo
queue-hours = Horario de atención
queue-hours-none = Siempre abierto
queue-zone-help = Para números que no dicen la suya.
queue-legal = Nunca fuera de
queue-legal-help = Por el reloj del cliente. La ley de muchos países prohíbe llamar temprano, tarde y en domingo.
queue-closes = Hasta
queue-days = Días
queue-who = Quién y cómo
queue-mode = A quién se llama primero
queue-mode-agent = Al agente, después al cliente
queue-mode-customer = Al cliente, cuando hay un agente reservado
queue-serves = Agentes
queue-serves-help = Ninguno elegido: todos los que atienden llamadas.
queue-capacity = Llamadas a la vez
queue-most = Máximo en espera
queue-most-help = A más se les rechaza.
queue-rate = Llamadas por segundo
queue-wrap-up = Cierre, segundos
queue-keep = Días hasta que caduca
queue-dispositions = Resultados
queue-dispositions-help = Uno por línea. Los agentes eligen entre ellos cuando una llamada termina.
queue-sources = De dónde vienen
queue-web = Página web
queue-web-help = Los clientes la piden en una página del hub, con su número probado por un código.
queue-form = Dirección de la página
queue-missed = Llamadas perdidas
queue-missed-help = A quien llamó y no encontró a nadie se le devuelve la llamada.
queue-scripts = Qué se dice
queue-scripts-text = Los campos vacíos dicen las palabras que muestran. { $words } representan lo que nombran.
queue-script-language = Palabras en
queue-script-add = Añadir un idioma
queue-script-remove = Quitar las palabras en { $language }
script-offer = A quien espera
script-offer_closed = A quien llama mientras está cerrado
script-taken = Cuando ha pulsado 1
script-whisper = Al agente, antes de atenderla
script-opening = Al cliente al que se llama primero
script-sorry = Cuando ningún agente atiende esa llamada
script-machine = A un contestador
script-sms_code = SMS con el código
script-sms_taken = SMS cuando se aceptó
script-sms_unreached = SMS cuando no se encontró a nadie
queue-preview = La llamada tal como será
queue-preview-text = Con palabras de ejemplo. Muestra lo que está escrito arriba, guardado o no.
queue-preview-failed = No se pudo hacer la vista previa
preview-who-caller = Quien llama oye
preview-who-agent = El agente oye
preview-who-customer = El cliente oye
preview-who-text = Un mensaje de texto
preview-key = Pulsa { $key }
preview-no-key = No pulsa nada
preview-ends = la llamada termina
preview-goes = después «{ $step }»
queue-wait = Espera prevista
preview-step-offer = Alguien espera
preview-step-offer_closed = Alguien llama mientras está cerrado
preview-step-taken = Quien llama pulsó 1
preview-step-consent = Alguien llama
preview-step-voicemail = Alguien deja un mensaje
preview-consent-1 = Acepta que se le grabe
preview-consent-none = No se le graba
preview-offer_closed-none-ends = Se termina con él
preview-step-whisper = Suena el teléfono del agente
preview-step-talk = El cliente y el agente hablan
preview-step-opening = Se llama primero al cliente
preview-step-sorry = Ningún agente atiende la llamada
preview-step-machine = Responde un contestador
preview-step-sms_code = Alguien pide una llamada en la página web
preview-step-sms_taken = Se aceptó una devolución
preview-step-sms_unreached = El último intento no encontró a nadie
preview-offer-1 = Quiere que se le devuelva la llamada
preview-offer-none = Sigue en la línea
preview-offer_closed-1 = Quiere que se le devuelva la llamada
preview-offer_closed-none = Puede dejar un mensaje
preview-whisper-1 = Atiende la llamada
preview-whisper-none = Se pregunta al agente siguiente
queue-pause = Pausar la cola
queue-resume = Volver a aceptar llamadas
