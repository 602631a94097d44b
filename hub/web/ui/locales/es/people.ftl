# El panel del cliente y lo que va con él.

show-more = Mostrar { $n } más
unverified = Sin probar
verified-tip = Demostró que esta dirección es suya
unverified-tip = Nadie ha demostrado que esta dirección sea suya
details-edit = Editar los detalles
details-done = Listo
merge-undone = deshecho
callbacks-pending = Espera una llamada

tasks = Tareas
tasks-none = Nada que hacer.
tasks-done = { $n ->
    [one] 1 hecha
   *[other] { $n } hechas
}
task-new = Nueva tarea
task-add = Añadir una tarea
task-change = Editar la tarea
task-delete = Borrar la tarea
task-where = Mostrar a qué pertenece
task-text = Qué hay que hacer
task-due = Hasta
task-assignee = Quién
task-mine = Suya
task-of = De { $name }
task-mark = Hecha: { $text }
task-late = para { $when }
task-added-toast = Tarea añadida
task-done-toast = Tarea hecha
task-deleted-toast = Tarea borrada
task-line-added = { $self ->
    [yes] { $actor } tomó una tarea: «{ $text }»
   *[no] { $assignee ->
        [none] { $actor } añadió una tarea: «{ $text }»
       *[other] { $actor } dio a { $assignee } una tarea: «{ $text }»
    }
}
task-line-done = { $actor } terminó la tarea «{ $text }»
task-line-reopened = { $actor } retomó la tarea «{ $text }»
entry-task = Hacer de ello una tarea
my-tasks = Mis tareas
my-tasks-text = Lo que tiene que hacer para cualquier cliente. Primero, lo que vence.
my-tasks-late = Vencidas
my-tasks-today = Hoy
my-tasks-next = Más adelante
my-tasks-undated = Sin fecha
my-tasks-none = Nada que hacer
my-tasks-none-text = Aquí aparece lo que usted o un compañero le da por hacer. Anote una tarea en cualquier conversación.
my-tasks-done = Mostrar lo hecho
my-tasks-done-hide = Ocultar lo hecho
my-tasks-done-none = Todavía nada.
rail-tasks = { $n ->
    [one] Una tarea ha vencido
   *[other] { $n } tareas han vencido
}
go-tasks = Mis tareas
alert-task-due = Vence ahora: { $text }
alert-task-given = Una tarea para usted: { $text }

company-people = Empresa y personas
company-none = Sin empresa, y nadie en copia.
company-add = Indicar la empresa
company-change = Editar la empresa
company-name = Nombre de la empresa
company-domains = Dominios de correo
company-domains-help = A quien escribe desde uno de ellos se le sugiere esta empresa.
companies-known = Empresas con este nombre
company-size = { $n ->
    [0] nadie todavía
    [one] 1 persona
   *[other] { $n } personas
}
company-suggested = Probablemente de { $name }: escribe desde { $domain }
company-take = Indicar esta empresa
company-make = Añadir la empresa
company-leave = Sin empresa
company-set-toast = Ahora de { $name }
person-copied = En copia de una conversación
person-together = Mostrar la conversación que comparten

conversation-more = Más con esta conversación
join-title = Juntar con otra conversación
join-text = Ambas se hacen un hilo. No se mueve nada y se puede deshacer.
join = Juntar
join-nothing = No hay otra conversación con este cliente.
joined-toast = Las conversaciones son ahora una
joined-line = juntada
part = Volver a sacarla
parted-toast = La conversación vuelve a estar aparte
split-here = Nueva conversación desde aquí
split-toast = Desde aquí es una conversación aparte
split-from-line = separada de esta
split-into-line = se separó
mend = Devolverla
link-title = Enlazar con una conversación
link-text = Las dos quedan como están y se muestran una a la otra.
link = Enlazar
link-kind = Esta conversación
link-this-related = tiene que ver con ella
link-this-duplicate = trata de lo mismo
link-this-causes = es su causa
link-this-caused = viene de ella
link-related = relacionada
link-duplicate = sobre lo mismo
link-causes = viene de esta
link-caused = es la causa de esta
link-search = Cuál
link-search-help = El nombre de un cliente, o la dirección de la página de la conversación.
link-nothing = No se encontró ninguna conversación.
link-remove = Quitar el enlace
link-removed-toast = Enlace quitado
event-conversation_merged = { $actor } juntó «{ $other }» con esta conversación
event-conversation_unmerged = { $actor } volvió a sacar «{ $other }» de esta conversación
event-conversation_cut = { $actor } hizo de lo que seguía aquí una conversación aparte
event-conversation_cut_off = { $actor } separó esto de otra conversación
event-conversation_mended = { $actor } devolvió lo que se había separado aquí

side-start = Preguntar a otra persona
side-text = Una conversación al lado de esta. El cliente no ve nada de ella; la respuesta vuelve aquí.
side-started = Enviado a { $name }
side-with = Conversación paralela con { $name }
side-row = Conversación paralela
side-line = conversación paralela
side-of-line = preguntado desde esta
side-theirs = Abrir su línea de tiempo
side-answer = Su próximo mensaje para esa persona
event-side_answered = { $actor } respondió en una conversación paralela
alert-side = { $who } respondió sobre { $name }
alert-woke = De vuelta en la lista: { $name }
