# La búsqueda.

search = Buscar
search-everything = Buscar mensajes, archivos, notas y clientes
search-clear = Vaciar el campo
search-operators = Filtros
search-filters = Filtros de esta búsqueda
search-order = Orden
search-newest = Lo más nuevo
search-best = Lo mejor
search-results = Resultados
search-resolved = Resuelta
search-system = Sistema
search-in-file = En un archivo
search-in-note = En una nota interna
search-in-call = En una llamada
search-from-us = Enviado por nosotros
search-from-customer = Enviado por el cliente
search-all-for = Buscar «{ $query }» en todo
search-found = { $n ->
    [0] Nada encontrado
    [one] Se muestra un resultado
   *[other] Se muestran { $n } resultados
}
search-more-here = { $n ->
    [one] Uno más en esta conversación
   *[other] { $n } más en esta conversación
}
search-none = Nada encontrado para «{ $query }»
search-none-text = Compruebe la ortografía, use menos palabras o quite un filtro. Los archivos y los mensajes nuevos se encuentran un momento después de llegar.
search-meant = ¿Quiso decir
search-without = Sin { $filter }
search-not = no { $name }
search-end = Esto es todo lo que se encontró.
search-ranked = Son los mejores de los { $count } más recientes. Los más antiguos no están entre ellos.
search-by-age = Mostrar todo, lo más reciente primero
search-reached = Se ha buscado hasta { $date }.
search-further = Buscar más atrás
search-lately = Buscado hace poco
search-how = Cómo buscar
search-how-text = Escriba las palabras como las recuerde: mayúsculas y acentos dan igual, y la última puede estar sin terminar. Añada un filtro para afinar. Tampoco importan las terminaciones del plural, salvo entre comillas.
search-problem-unknown = Aquí no hay «{ $value }», así que con ello no se encuentra nada.
search-problem-many = Más de 100 clientes se llaman «{ $value }»: solo se buscan los más nuevos. Escriba más del nombre.
search-problem-not_a_date = «{ $value }» no es una fecha. Escriba 2026-11-03, 2026-11, yesterday o 7d.
operator-from = quién lo escribió: un nombre, una dirección, @empresa.com, me
operator-to = a quién fue
operator-subject = palabras del asunto
operator-customer = en la línea de tiempo de quién
operator-channel = email, sms, o el nombre de un canal
operator-has = attachment, image, pdf, document
operator-kind = message, note, call, callback
operator-before = antes de un día: 2026-11-03, yesterday, 7d
operator-after = desde un día
operator-assigned = me, nobody, o un compañero
operator-team = el equipo de la conversación
operator-label = una etiqueta de la conversación
operator-is = open, snoozed, resolved
operator-phrase = estas palabras, en este orden
operator-minus = esto no: -reembolso, -label:vip
filter-by-from = De
filter-by-to = A
filter-by-subject = Asunto
filter-by-customer = Cliente
filter-by-channel = Canal
filter-by-has = Con
filter-by-kind = Tipo
filter-by-before = Antes de
filter-by-after = Desde
filter-by-assigned = Asignada a
filter-by-team = Equipo
filter-by-label = Etiqueta
filter-by-is = Está
