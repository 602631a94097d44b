# Palabras de todas las páginas: el marco, la entrada, los ajustes propios.

skip = Ir a la página
main-navigation = Principal
close = Cerrar
cancel = Cancelar
save = Guardar
saved = Guardado
done = Listo
copy = Copiar
copied = Copiado
undo = Deshacer
back = Atrás
more = Más
show = Mostrar
optional = opcional
loading = Cargando
try-again = Reintentar
name = Nombre
email = Correo
password = Contraseña
you = Usted
you-object = usted
nobody = nadie
load-failed = No se pudo cargar
load-failed-text = El hub no respondió como se esperaba. Reintente; si sigue igual, avise a su administrador.
renewed = El hub se actualizó y por eso esta página se cargó de nuevo. Repita su último paso.
change-failed = No funcionó. No se cambió nada.
offline-not-changed = No hay conexión con el hub, así que no se cambió nada. Reintente cuando vuelva.

conversations = Conversaciones
channels = Canales
quarantine = Cuarentena
agents = Agentes
account = Cuenta
account-of = Cuenta de { $name }
rail-mine = { $n ->
    [one] { $n } conversación es suya
   *[other] { $n } conversaciones son suyas
}
rail-troubled = { $n ->
    [one] Un canal le necesita
   *[other] { $n } canales le necesitan
}
rail-held = { $n ->
    [one] Un mensaje está retenido en cuarentena
   *[other] { $n } mensajes están retenidos en cuarentena
}
profile = Sus ajustes
sign-out = Salir
theme-system = Aspecto: como este dispositivo
theme-light = Aspecto: claro
theme-dark = Aspecto: oscuro
look-system = Como este dispositivo
look-light = Claro
look-dark = Oscuro
looks = Aspecto
language = Idioma
signature = Firma
signature-help = Se añade bajo sus mensajes donde el canal tiene sitio para ella.
password-change = Cambiar la contraseña
password-current = Contraseña actual
password-new = Contraseña nueva

offline = Sin conexión con el hub
offline-text = Se vuelve a intentar. Puede seguir leyendo y escribiendo; lo que envíe saldrá cuando vuelva la conexión.
offline-waiting = { $n ->
    [one] Un mensaje espera y saldrá cuando vuelva la conexión.
   *[other] { $n } mensajes esperan y saldrán cuando vuelva la conexión.
}
hub-unreachable = No se llega al hub
hub-unreachable-text = Compruebe su conexión. Si otros tampoco llegan, avise a su administrador.
demo-line = Este hub muestra clientes y conversaciones de ejemplo.
demo-phone = Abrir el teléfono de un cliente
demo-remove = Quitar el ejemplo
demo-remove-text = Se quitan todos los clientes, conversaciones y canales de ejemplo. Los reales no se tocan. No se puede deshacer.

sign-in-title = Entrar
sign-in = Entrar
bad-credentials = Este correo y esta contraseña no van juntos. Compruebe ambos y reintente.
too-many-attempts = { $n ->
    [one] Demasiados intentos. Espere un minuto y reintente.
   *[other] Demasiados intentos. Espere { $n } minutos y reintente.
}
invite-unknown = Este enlace ya no funciona
invite-unknown-text = Ya se usó, o pasó su tiempo. Pida uno nuevo a su administrador.
welcome-first-administrator = Prepare este hub
welcome-first-administrator-text = Será su primer administrador. Después conectará un buzón.
welcome-first-administrator-action = Crear la cuenta y seguir
welcome-agent = Le damos la bienvenida
welcome-agent-text = Elija cómo le ven los compañeros y los clientes, y una contraseña.
welcome-agent-action = Crear la cuenta
welcome-password = Elija una contraseña nueva
welcome-password-text = Al guardarla habrá entrado.
welcome-password-action = Guardar la contraseña
your-name = Su nombre
your-name-help = Los clientes lo ven en sus mensajes.
password-help = Al menos { $n } caracteres. Unas palabras seguidas se recuerdan mejor y se adivinan peor.

shortcuts = Teclado
key-next = Conversación siguiente
key-previous = Conversación anterior
key-search = Buscar en todo
key-reply = Responder
key-note = Nota interna
key-send = Enviar
key-send-resolve = Enviar y resolver
key-new = Mensaje nuevo
key-assign = Asignar
key-mine = Asignarme
key-help = Este resumen
