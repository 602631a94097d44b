# Las páginas del administrador.

no-permission = Esta página es para administradores
no-permission-text = Pregunte a un administrador de su hub si necesita algo de aquí.
for-time = desde hace { $time }
never = nunca
channel = Canal
all-channels = Todos los canales

channels-text = Las vías por las que los clientes llegan a usted, y cómo está cada una.
channels-empty = Conecte su primer buzón
channels-empty-text = Los mensajes que llegan a él aparecen en la línea de tiempo del cliente, y sus respuestas salen de él.
channel-add = Añadir un canal
channel-add-action = Añadir el canal
channel-new = Nuevo: { $kind }
channel-added = { $name } está añadido y arranca ahora
channel-unknown = Este canal no existe
channel-paused = { $name } está en pausa
channel-resumed = { $name } sigue
channel-name = Nombre
channel-name-help = Cómo lo ven los agentes, por ejemplo «Buzón de soporte».
connector-gone = El conector «{ $kind }» no está instalado
connector-gone-text = Instale su paquete y vuelva a arrancar el hub.
pause = Pausar
resume = Seguir
settings = Ajustes
health = Estado
health-ok = Funciona
health-degraded = Funciona con problemas
health-down = No funciona
health-starting = Arrancando
health-paused = En pausa
last-in = Último recibido
last-out = Último enviado
volume = { $n } días
volume-words = { $received } recibidos, { $sent } enviados
backlog = Por enviar
last-in-at = Último recibido { $when }
nothing-in-yet = Nada recibido todavía
quarantine-count = { $n ->
    [one] 1 retenido
   *[other] { $n } retenidos
}
quarantine-look = { $n ->
    [one] Un mensaje está retenido en cuarentena
   *[other] { $n } mensajes están retenidos en cuarentena
}
secret-set = Guardado
secret-replace = Sustituir
secret-keep = Conservar el actual
not-saved = No guardado
test-connection = Probar la conexión
test-help = Prueba estos ajustes sin guardarlos. No deja rastro.
test-ok = Todo funciona
test-impossible = No se pudo hacer la prueba
test-failed = Algo no funciona todavía
step-ok = Funcionó
step-failed = No funcionó
seconds = { $n } s
oauth-title = Entrada por el proveedor de correo
oauth-text = Se le lleva al proveedor y vuelve aquí. Dé al proveedor esta dirección de retorno: { $address }
oauth-save-first = Añada primero el canal y conéctelo después a la cuenta. Dé al proveedor esta dirección de retorno: { $address }
oauth-connect = Conectar la cuenta
oauth-again = Conectar de nuevo
oauth-connected = Conectado a { $account }
oauth-missing = Aún no está conectado a una cuenta
oauth-expires = hasta { $when }

ledger = Libro
ledger-text = Lo que llegó está guardado, retenido o pasado por alto con un motivo. Nada más puede ocurrirle.
ledger-empty = No llegó nada en estos días.
day = Día
ledger-received = Recibidos
ledger-stored = Guardados
ledger-quarantined = Retenidos
ledger-ignored = Pasados por alto
ledger-sent = Enviados
ledger-failed = Fallidos
ledger-balance = Cuadra
ledger-balanced = Cuadra
ledger-open = { $n } abiertos

quarantine-text = Mensajes que están a salvo pero no se pudieron poner en una línea de tiempo. Reintente cuando la causa esté arreglada.
quarantine-empty = Nada retenido
quarantine-empty-text = Cada mensaje que llegó está en una línea de tiempo.
quarantine-stored = Ahora en una línea de tiempo: { $subject }
quarantine-all = Seleccionar todos los que se muestran
quarantine-chosen = { $n ->
    [one] 1 seleccionado
   *[other] { $count } seleccionados
}
quarantine-progress = { $done } de { $all } hechos
quarantine-tried = Ahora en una línea de tiempo: { $stored }. Aún retenidos: { $held }.
quarantine-again = Se acaba de reintentar y sigue retenido.
quarantine-dismissed = { $n ->
    [one] 1 mensaje descartado
   *[other] { $count } mensajes descartados
}
unknown-sender = Remitente desconocido
attempts = { $n ->
    [one] 1 intento
   *[other] { $n } intentos
}
dismiss = Descartar
dismiss-title = { $n ->
    [one] Descartar este mensaje
   *[other] Descartar { $count } mensajes
}
dismiss-text = { $n ->
    [one] Queda en el archivo y cuenta como pasado por alto, con su motivo.
   *[other] Quedan en el archivo y cuentan como pasados por alto, con su motivo.
}
reason = Motivo

suppressions = Direcciones bloqueadas
suppressions-text = A estas no se envía nada: lo pidieron (STOP), un mensaje falló allí para siempre o alguien las anotó aquí.
suppressions-empty = Ninguna dirección está bloqueada
suppressions-empty-text = Quien no quiere más mensajes, o ya no es alcanzable, aparece aquí.
suppression-add = Bloquear una dirección
suppression-reason-help = Los agentes lo leen donde escribirían a esta dirección.
every-channel = Todos los canales
entered-by = anotada por { $name }
address = Dirección
address-kind = Tipo de dirección
hook-step = Queda un paso en el proveedor
hook-step-text = Copie el webhook de arriba y péguelo donde dice su ayuda. Después escriba al número: el mensaje aparece aquí.
hook-later = Se muestra cuando el canal está añadido
copy-what = Copiar: { $what }
suppression-lift = Permitir de nuevo
suppression-lifted = Los mensajes a { $address } vuelven a salir

agents-text = Quién responde aquí a los clientes.
agent-invite = Invitar a un agente
invite-make = Crear un enlace
invite-link = Enlace de un solo uso
invite-link-title = Enlace para { $name }
invite-link-text = Dele este enlace. Funciona una vez y no se vuelve a mostrar.
agent-link = Crear un enlace nuevo para entrar
agent-disable = Desactivar
agent-enable = Activar
disabled = Desactivado
make-agent = Hacer agente
make-administrator = Hacer administrador
role = Papel
role-agent = Agente
role-administrator = Administrador
role-agent-help = Lee y responde conversaciones.
role-administrator-help = Además conecta canales e invita a agentes.
that-is-you = (usted)
actions-for = Acciones para { $name }

embed = En su sitio
embed-text = Ponga esta línea en cada página que deba mostrar el chat, en cualquier parte.
embed-tag = Etiqueta script
embed-sites = Sitios que pueden mostrarlo
embed-show = Probarlo
embed-hide = Cerrar la vista previa
embed-preview = Vista previa del chat
embed-preview-text = Es el chat de verdad, con el aspecto y las palabras escritos arriba: lo que escriba aquí llega como conversación. Todo lo demás es como se guardó la última vez.

hours = Horario de atención
hours-text = Cuándo hay alguien para responder. Fuera de él, el chat lo dice.
hours-add = Añadir un horario
hours-empty = Aún no hay horario
hours-empty-text = Sin él, todos los canales están siempre abiertos.
hours-first-name = Horario de oficina
hours-no-channel = Ningún canal lo sigue todavía
hours-open = Abierto ahora
hours-closed = Cerrado
hours-next = Abre { $when }
hours-holidays-of = festivos de { $country }
hours-exceptions-count = { $n ->
    [one] 1 día especial
   *[other] { $n } días especiales
}
hours-zone = Zona horaria
hours-zone-help = Las horas de abajo son las de su reloj.
hours-week = Semana
hours-from = { $day }, desde
hours-to = { $day }, hasta
hours-add-span = Añadir horas: { $day }
hours-remove-span = Quitar estas horas: { $day }
hours-exceptions = Días especiales
hours-exceptions-text = Días que no son como su día de la semana: cerrados, o con otras horas. Valen más que un festivo.
hours-exception-add = Añadir un día
hours-exception-name = Qué es
hours-exception-remove = Quitar { $day }
hours-holidays = Festivos
hours-country = País
hours-no-holidays = Ninguno: abierto en festivos
hours-part = Región
hours-whole-country = Todo el país
hours-coming = Próximos: { $days }
hours-closed-text = Mientras está cerrado
hours-closed-text-help = Lo que leen los clientes en un chat fuera de estas horas, salvo que el canal tenga palabras propias.
hours-channels-text = Estos canales siguen este horario.
hours-now-by = ahora según «{ $name }»
remove = Quitar

tokens = Tokens de la API
tokens-text = Programas que trabajan con el hub por su API. Un token se muestra una vez, al crearlo.
tokens-empty = Ningún programa tiene acceso
tokens-empty-text = Cree un token para un programa que lea o escriba conversaciones aquí.
token-make = Crear un token
token-made = Token para { $name }
token-made-text = Cópielo ahora y guárdelo como una contraseña. No se vuelve a mostrar.
token-name-help = Quién lo usa, por ejemplo «Informe nocturno».
token-kind = Actúa como
token-personal = Usted
token-service = Un programa por sí mismo
token-kind-personal-help = Lo que hace se hace en su nombre, y termina cuando termina su cuenta.
token-kind-service-help = Tiene cuenta propia y se queda cuando las personas se van.
token-lifetime = Dura
token-forever = Sin fin
token-scopes = Puede
token-used = usado { $when }
token-unused = nunca usado
token-expires = hasta { $when }
token-revoke = Revocar
token-revoked = { $name } ya no tiene acceso
scope-conversations-read = leer conversaciones
scope-conversations-write = responder y cambiar conversaciones
scope-customers-read = leer clientes
scope-customers-write = cambiar clientes
scope-channels-read = leer canales
scope-agents-read = leer agentes
scope-admin = administrar el hub

webhooks = Webhooks
webhooks-text = Otros sistemas que se enteran de lo que ocurre aquí, con firma y en el orden de cada conversación.
webhooks-empty = Nadie más se entera
webhooks-empty-text = Añada la dirección de un sistema que deba saber cuándo llega un mensaje o se resuelve una conversación.
webhook-add = Añadir un webhook
webhook-url = Dirección
webhook-url-help = Adónde se envían los eventos.
webhook-events = Eventos
webhook-last = Última entrega
webhook-unused = Nada entregado todavía
webhook-failing = Falla
webhook-secret = Secreto de firma
webhook-secret-text = Con él comprueba el receptor que un evento viene de este hub. Cópielo ahora; no se vuelve a mostrar.
webhook-renew = Secreto nuevo
webhook-test = Enviar una prueba
webhook-tested = La prueba llegó: { $status }
webhook-test-failed = La prueba no llegó: { $why }
webhook-removed = { $name } ya no se entera de nada
webhook-message-received = Llegó un mensaje
webhook-message-sent = Salió un mensaje
webhook-note-added = Se escribió una nota
webhook-delivery-changed = Cambió una entrega
webhook-conversation-created = Empezó una conversación
webhook-conversation-assigned = Se asignó una conversación
webhook-conversation-resolved = Se resolvió una conversación
webhook-conversation-reopened = Se reabrió una conversación
webhook-conversation-changed = Una conversación recibió otro equipo, prioridad, etiqueta o campo, o se aplazó
webhook-customer-merged = Se unieron clientes
webhook-call-ended = Terminó una llamada
webhook-customer-unmerged = Se separaron clientes
webhook-state-pending = En espera
webhook-state-delivered = Entregado
webhook-state-failed = Fallido
webhook-resend = Enviar de nuevo
webhook-resent = Se envía de nuevo ahora
deliveries = Entregas
deliveries-text = Lo que se envió en los últimos 30 días y qué fue de ello.
deliveries-empty = No se envió nada.
delivery-state = Estado
delivery-any = Todas
reload = Volver a cargar
