### Search

search = Search
search-everything = Search messages, files, notes and customers
search-clear = Clear the field
search-operators = Filters
search-filters = Filters of this search
search-order = Order
search-newest = Newest
search-best = Best
search-results = Results
search-resolved = Resolved
search-system = System
search-in-file = In a file
search-in-note = In an internal note
search-in-call = In a call
search-from-us = Sent by us
search-from-customer = Sent by the customer
search-all-for = Search everything for “{ $query }”
search-found = { $n ->
    [0] Nothing found
    [one] One result is shown
   *[other] { $n } results are shown
}
search-more-here = { $n ->
    [one] One more in this conversation
   *[other] { $n } more in this conversation
}
search-none = Nothing found for “{ $query }”
search-none-text = Check the spelling, use fewer words, or leave out a filter. Files and new messages can be found a moment after they arrive.
search-meant = Did you mean
search-without = Without { $filter }
search-not = not { $name }
search-end = This is everything that was found.
search-ranked = These are the best of the newest { $count } that were found. Older ones are not among them.
search-by-age = Show all, newest first
search-reached = Looked back to { $date } so far.
search-further = Look further back
search-lately = Searched lately
search-how = How to search
search-how-text = Type words as you remember them: case and accents do not matter, and the last word may be unfinished. Add a filter to narrow it down. Plural and case endings do not matter either, unless the word stands in quotes.
search-problem-unknown = There is no “{ $value }” here, so nothing can be found by it.
search-problem-many = More than 100 customers are called “{ $value }”: only the newest of them are looked for. Write more of the name.
search-problem-not_a_date = “{ $value }” is no date. Write 2026-11-03, 2026-11, yesterday or 7d.
operator-from = who wrote it: a name, an address, @company.com, me
operator-to = who it went to
operator-subject = words of the subject
operator-customer = on whose timeline
operator-channel = email, sms, or the name of a channel
operator-has = attachment, image, pdf, document
operator-kind = message, note, call, callback
operator-before = before a day: 2026-11-03, yesterday, 7d
operator-after = since a day
operator-assigned = me, nobody, or a colleague
operator-team = the team of the conversation
operator-label = a label of the conversation
operator-is = open, snoozed, resolved
operator-phrase = these words, in this order
operator-minus = not this: -refund, -label:vip
filter-by-from = From
filter-by-to = To
filter-by-subject = Subject
filter-by-customer = Customer
filter-by-channel = Channel
filter-by-has = Has
filter-by-kind = Kind
filter-by-before = Before
filter-by-after = Since
filter-by-assigned = Assigned to
filter-by-team = Team
filter-by-label = Label
filter-by-is = Is
