# البحث.

search = البحث
search-everything = البحث في الرسائل والملفات والملاحظات والعملاء
search-clear = إفراغ الحقل
search-operators = المرشحات
search-filters = مرشحات هذا البحث
search-order = الترتيب
search-newest = الأحدث
search-best = الأنسب
search-results = النتائج
search-resolved = محلولة
search-system = النظام
search-in-file = في ملف
search-in-note = في ملاحظة داخلية
search-in-call = في مكالمة
search-from-us = أرسلناها
search-from-customer = أرسلها العميل
search-all-for = البحث عن «{ $query }» في كل شيء
search-found = { $n ->
    [0] لم يوجد شيء
    [one] تُعرض نتيجة واحدة
    [two] تُعرض نتيجتان
    [few] تُعرض { $n } نتائج
   *[other] تُعرض { $n } نتيجة
}
search-more-here = { $n ->
    [one] واحدة أخرى في هذه المحادثة
    [two] اثنتان أخريان في هذه المحادثة
   *[other] { $n } أخرى في هذه المحادثة
}
search-none = لم يوجد شيء عن «{ $query }»
search-none-text = تحقق من الإملاء، أو استعمل كلمات أقل، أو أزل مرشحًا. توجد الملفات والرسائل الجديدة بعد لحظة من وصولها.
search-meant = هل تقصد
search-without = بدون { $filter }
search-not = ليس { $name }
search-end = هذا كل ما وُجد.
search-ranked = هذه أفضل النتائج من بين أحدث { $count } وُجدت، وليس بينها ما هو أقدم.
search-by-age = عرض الكل، الأحدث أولًا
search-reached = بُحث حتى { $date } إلى الآن.
search-further = البحث أبعد
search-lately = بُحث عنها أخيرًا
search-how = كيف تبحث
search-how-text = اكتب الكلمات كما تتذكرها: لا فرق في حالة الأحرف والحركات، ويمكن أن تكون الكلمة الأخيرة ناقصة. أضف مرشحًا للتضييق. ولا يهم التعريف ولا الجمع السالم، إلا بين علامتي اقتباس.
search-problem-unknown = لا يوجد «{ $value }» هنا، فلا يُعثر به على شيء.
search-problem-many = أكثر من 100 عميل اسمهم «{ $value }»: لا يُبحث إلا عن أحدثهم. اكتب المزيد من الاسم.
search-problem-not_a_date = «{ $value }» ليس تاريخًا. اكتب 2026-11-03 أو 2026-11 أو yesterday أو 7d.
operator-from = من كتبها: اسم أو عنوان أو @company.com أو me
operator-to = إلى من أُرسلت
operator-subject = كلمات من الموضوع
operator-customer = على الخط الزمني لمن
operator-channel = email أو sms أو اسم قناة
operator-has = attachment, image, pdf, document
operator-kind = message, note, call, callback
operator-before = قبل يوم: 2026-11-03, yesterday, 7d
operator-after = منذ يوم
operator-assigned = me أو nobody أو زميل
operator-team = فريق المحادثة
operator-label = وسم للمحادثة
operator-is = open, snoozed, resolved
operator-phrase = هذه الكلمات بهذا الترتيب
operator-minus = ليس هذا: -refund, -label:vip
filter-by-from = من
filter-by-to = إلى
filter-by-subject = الموضوع
filter-by-customer = العميل
filter-by-channel = القناة
filter-by-has = فيها
filter-by-kind = النوع
filter-by-before = قبل
filter-by-after = منذ
filter-by-assigned = مسندة إلى
filter-by-team = الفريق
filter-by-label = الوسم
filter-by-is = حالتها
