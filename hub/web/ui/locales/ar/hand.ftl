# قائمة الأوامر، قائمة المفاتيح، كيف ينبه الجهاز، المناطق الزمنية.

palette = الأوامر
palette-open = الأوامر
palette-field = اكتب أمرًا أو صفحة أو عميلًا
palette-found = { $n ->
    [0] لا شيء
    [one] سطر واحد
    [two] سطران
    [few] { $n } أسطر
   *[other] { $n } سطرًا
}
palette-commands = الأوامر
palette-recent = المستعملة أخيرًا
palette-here = في هذه الصفحة
palette-search = البحث
palette-search-for = البحث عن «{ $query }» في كل شيء
key-palette = الأوامر والأزرار والصفحات والعملاء بأسمائها
group-move = التنقل
group-answer = الرد
group-work = العمل
group-go = الانتقال إلى
group-page = هذه الصفحة

go-desk = المحادثات
go-callbacks = معاودة الاتصال
go-channels = القنوات
go-quarantine = الحجر
go-agents = الموظفون
go-settings = الإعدادات

alerts = التنبيهات على هذا الجهاز
alerts-help = للرسائل والردود والملاحظات في المحادثات التي لك أو تتابعها، وللإشارات إليك، ولما يُسند إليك.
alerts-desktop = إشعارات سطح المكتب
alerts-refused = المتصفح لا يسمح بذلك. اسمح بإشعارات هذا الموقع في إعدادات المتصفح ثم شغّلها من جديد.
alerts-sound = الصوت
alerts-try = استماع
alerts-quiet = ساعات الهدوء
alerts-from = الهدوء من
alerts-until = الهدوء حتى
alert-mention = أشار إليك { $who }
alert-note = كتب { $who } ملاحظة عن { $name }
alert-answer = ردّ { $who } على { $name }
alert-assigned = { $name } لك الآن

zone = المنطقة الزمنية
zone-help = تُعرض بها الأوقات في الصفحات. تُحفظ على هذا الجهاز.
zone-device = مثل هذا الجهاز ({ $zone })
