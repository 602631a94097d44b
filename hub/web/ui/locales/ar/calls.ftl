# المكالمات ومعاودة الاتصال.

call-ringing = { $direction ->
    [out] مكالمة صادرة: ترن
   *[in] مكالمة واردة: ترن
}
call-waiting = مكالمة واردة: تنتظر موظفًا
call-talking = { $direction ->
    [out] مكالمة صادرة: جارية
   *[in] مكالمة واردة: جارية
}
call-ended = { $direction ->
    [out] مكالمة صادرة
   *[in] مكالمة واردة
}
call-missed = { $direction ->
    [out] لم يُرد عليها
   *[in] مكالمة فائتة
}
call-voicemail = { $direction ->
    [out] أجاب المجيب الآلي
   *[in] بريد صوتي
}
title-call = { $call }، { $time }
call-with = مع { $names }
call-waited = انتظر { $time }
call-held = على الانتظار { $time }
call-transferred = حُوّلت
call-recorded = سُجّلت
call-recorded-consent = سُجّلت بموافقة
call-recording-refused = رُفض التسجيل
call-recording = تسجيل المكالمة
call-voicemail-sound = بريد صوتي
said-by-customer = العميل
said-by-agent = الموظف
call-note = إضافة نتيجة أو ملاحظات
call-edit = تغيير النتيجة والملاحظات
call-notes = ملاحظات
disposition = النتيجة
disposition-own = نتيجة أخرى
disposition-solved = حُلّت
disposition-later = للمتابعة
disposition-unreached = لم يُرد
disposition-wrong = رقم خاطئ

call-bar = مكالمة مع { $name }
call-bar-rings = هاتفك يرن
call-bar-customer-rings = يُتصل بالعميل
call-bar-talking = جارية
call-bar-held = على الانتظار
call-bar-recording = تسجيل
call-step-hold = وضع على الانتظار
call-step-resume = استئناف
call-step-pause-recording = إيقاف التسجيل مؤقتًا
call-step-resume-recording = التسجيل من جديد
call-step-transfer = تحويل
call-step-hang-up = إنهاء
call-step-decline = رفض
call-ended-after = انتهت بعد { $time }
call-pop = { $direction ->
    [out] هاتفك يرن للاتصال بـ { $name }
   *[in] { $name } يتصل
}
wrap-up = كيف انتهت المكالمة
wrap-up-of = كيف انتهت المكالمة مع { $name }
wrap-up-later = لاحقًا
wrap-up-words = بكلماتك
agent-unknown = موظف
agent-free = متاح
agent-no-device = بلا هاتف
call-number = الاتصال بـ { $number }
call-number-from = الاتصال من
calling-toast = يرن هاتفك أولًا، ثم يُتصل بالعميل

calls-mine = المكالمات
availability-available = يتلقى المكالمات
availability-busy = مشغول
availability-away = غائب
availability-missed = غائب بعد مكالمة فائتة
missed-title = فاتتك مكالمة وأنت غائب
missed-text = رن هاتفك ولم يأخذ أحد المكالمة. حتى تعود لا يُرسل إليك أي عميل.
missed-back = تلقي المكالمات من جديد
missed-stay = البقاء غائبًا
device = هاتفك
device-none = لا شيء بعد
device-first = حدّد هاتفك أولًا
device-text = ترن المكالمات هنا. تأخذ المكالمة بالضغط على 1 بعد أن تسمع من المتصل.
device-kind = النوع
device-phone = رقم هاتف
device-sip = عنوان SIP
device-phone-address = الرقم
device-sip-address = عنوان SIP
device-help = اتركه فارغًا لتكون بلا هاتف.

callbacks = معاودة الاتصال
callbacks-text = العملاء الذين يريدون أن يُتصل بهم. يُتصل بهم بهذا الترتيب حالما يتاح موظف.
callbacks-view = أي الطلبات
callbacks-open = تنتظر
callbacks-ended = انتهت
callbacks-none-open = لا أحد ينتظر مكالمة
callbacks-none-open-text = من يطلب في صفحة الويب أو يضغط 1 في الطابور أو يترك رسالة يظهر هنا.
callbacks-none-ended = لم ينته أي طلب بعد
callbacks-none-ended-text = تُحفظ هنا التي تمت والتي أُلغيت والتي لم تفض إلى شيء.
rail-callbacks = { $n ->
    [one] عميل واحد ينتظر مكالمة
    [two] عميلان ينتظران مكالمة
    [few] { $n } عملاء ينتظرون مكالمة
   *[other] { $n } عميلًا ينتظرون مكالمة
}
queue = الطابور
queue-all = كل الطوابير
queue-paused = موقوف
queue-waiting = { $n ->
    [0] لا أحد ينتظر
    [one] واحد ينتظر
    [two] اثنان ينتظران
    [few] { $count } ينتظرون
   *[other] { $count } ينتظرون
}
queue-calling = { $n ->
    [one] يُتصل بواحد
    [two] يُتصل باثنين
   *[other] يُتصل بـ { $count }
}
queue-agents = { $n ->
    [0] لا موظف يتلقى المكالمات
    [one] موظف واحد يتلقى المكالمات
    [two] موظفان يتلقيان المكالمات
    [few] { $count } موظفين يتلقون المكالمات
   *[other] { $count } موظفًا يتلقون المكالمات
}
queue-expected = نحو { $time } من الانتظار
queues-empty = لا طابور لمعاودة الاتصال بعد
queues-empty-text = يحدد الطابور متى يُتصل بالعملاء ومن يتصل وماذا يسمعون.
queues-empty-agent = يمكن لمسؤول أن يضيف واحدًا.
callback-state-requested = مطلوبة
callback-state-scheduled = مجدولة
callback-state-due = حان وقتها
callback-state-reserved = وُجد موظف
callback-state-dialing-agent = يُتصل بالموظف
callback-state-agent-accepted = الموظف حاضر
callback-state-dialing-customer = يُتصل بالعميل
callback-state-connected = جارية
callback-state-wrap-up = تُختم
callback-state-retry-wait = محاولة لاحقة
callback-state-done = تمت
callback-state-expired = انتهت مدتها
callback-state-canceled = أُلغيت
callback-state-voicemail-left = تُركت رسالة
callback-source = طُلبت
callback-source-web = في صفحة الويب
callback-source-ivr = بالضغط على 1 في الطابور
callback-source-agent = من موظف
callback-source-missed-call = بمكالمة فائتة
callback-source-voicemail = ببريد صوتي
callback-place = المكان { $n }
callback-window = مطلوبة { $window }
callback-expected = خلال نحو { $time }
callback-not-before = ليس قبل { $when }
callback-asked = طُلبت { $when }
callback-requested = منذ
callback-calls = { $n ->
    [one] اتُّصل مرة
    [two] اتُّصل مرتين
    [few] اتُّصل { $n } مرات
   *[other] اتُّصل { $n } مرة
}
callback-priority = الأولوية { $n }
callback-priority-set = تغيرت الأولوية: { $name }
callback-zone = منطقته الزمنية
callback-attempts = المحاولات، الأحدث أولًا
callback-attempt-now = جارية
callback-why = { $why ->
    [busy] كان الخط مشغولًا
    [no_answer] لم يُجب أحد
    [machine] أجاب مجيب آلي
    [failed] تعذّر الاتصال بالرقم
    [uncertain] لا أحد يعلم إن تمت المكالمة
    [too_late] فات وقت الاتصال
    [broke_off] انقطعت المكالمة
    [agent_lost] انقطع خط الموظف
    [no_time] لا تترك الساعات وقتًا لها
    [not_in_time] لم يتمكن أحد من الاتصال في الوقت
    [by_customer] ألغاها العميل
    [talked] تحدثا
    [declined] رفضها الموظف
    [agent_missed] لم يرفع الموظف السماعة
    [canceled] أُلغيت
    [lost] لم يُعرف عن المكالمة شيء بعد ذلك
   *[other] { $words }
  }
callback-timeline = الخط الزمني لـ { $name }
callback-move = نقل
callback-move-of = متى يُتصل بـ { $name }
callback-move-text = بلا أوقات تأتي المكالمة في أقرب وقت ضمن ساعات العمل.
callback-sooner = أبكر
callback-later = لاحقًا
callback-cancel = إلغاء معاودة الاتصال
callback-cancel-of = إلغاء معاودة الاتصال بـ { $name }؟
callback-cancel-text = لا يُتصل به ويفقد مكانه. لا يمكن التراجع عن ذلك.
callback-keep = الإبقاء عليها
callback-ask = إضافة معاودة اتصال
callback-taken = سيُتصل بـ { $name }
callback-number = الرقم
callback-reason = الموضوع
callback-from = من
callback-until = حتى
callback-when-help = فارغ: في أقرب وقت.
callback-preferred = الموظف المفضل
callback-anybody = أي موظف

queues = طوابير معاودة الاتصال
queues-text = متى يُعاود الاتصال بالعملاء ومن يتصل وكم في وقت واحد وماذا يسمعون.
queue-add = إضافة طابور
queue-unknown = هذا الطابور غير موجود
queue-new = طابور جديد لمعاودة الاتصال
queue-saved = حُفظ { $name }
queue-name-help = يسمعه العملاء ويقرؤونه، مثل «دعم أكمي».
queue-basics = الأساسيات
queue-phone = قناة الهاتف
queue-phone-none = لا شيء بعد
queue-phone-help = يُتصل بالعملاء من رقمها.
queue-sms = قناة الرسائل النصية
queue-sms-none = لا شيء: لا يمكن الطلب في صفحة الويب
queue-sms-help = ترسل الرمز الذي يثبت الرقم، وتخبر حين لا يُوصل إلى أحد.
queue-language = اللغة
queue-language-help = تُنطق حين لا تُعرف لغة المتصل.
queue-when = متى
queue-hours = ساعات العمل
queue-hours-none = مفتوح دائمًا
queue-zone-help = للأرقام التي لا تدل على منطقتها.
queue-legal = لا اتصال خارج
queue-legal-help = بتوقيت العميل. تمنع قوانين بلدان كثيرة الاتصال باكرًا ومتأخرًا وأيام العطلة.
queue-closes = حتى
queue-days = الأيام
queue-who = من وكيف
queue-mode = بمن يُتصل أولًا
queue-mode-agent = بالموظف ثم بالعميل
queue-mode-customer = بالعميل حالما يُحجز موظف
queue-serves = الموظفون
queue-serves-help = لم يُختر أحد: كل من يتلقى المكالمات.
queue-capacity = مكالمات في وقت واحد
queue-most = أقصى عدد للمنتظرين
queue-most-help = من يزيد يُعتذر له.
queue-rate = مكالمات في الثانية
queue-wrap-up = الختم، بالثواني
queue-keep = أيام حتى تنتهي المدة
queue-dispositions = النتائج
queue-dispositions-help = واحدة في كل سطر. يختار منها الموظفون حين تنتهي المكالمة.
queue-sources = من أين تأتي الطلبات
queue-web = صفحة الويب
queue-web-help = يطلب العملاء في صفحة من صفحات المركز، ويثبتون رقمهم برمز.
queue-form = عنوان الصفحة
queue-missed = المكالمات الفائتة
queue-missed-help = من اتصل ولم يجد أحدًا يُعاود الاتصال به.
queue-scripts = ما يُقال
queue-scripts-text = الحقول الفارغة تقول الكلمات الظاهرة فيها. { $words } تقوم مقام ما تسميه.
queue-script-language = الكلمات بـ
queue-script-add = إضافة لغة
queue-script-remove = إزالة الكلمات بـ { $language }
script-offer = لمن ينتظر
script-offer_closed = لمن يتصل وقت الإغلاق
script-taken = حين يضغط 1
script-whisper = للموظف قبل أن يأخذها
script-opening = لعميل يُتصل به أولًا
script-sorry = حين لا يأخذ تلك المكالمة أي موظف
script-machine = للمجيب الآلي
script-sms_code = رسالة نصية فيها الرمز
script-sms_taken = رسالة نصية حين يُقبل الطلب
script-sms_unreached = رسالة نصية حين لا يُوصل إلى أحد
queue-preview = المكالمة كما ستجري
queue-preview-text = بكلمات للمثال. تعرض ما كُتب أعلاه، حُفظ أم لم يُحفظ.
queue-preview-failed = تعذّرت المعاينة
preview-who-caller = يسمع المتصل
preview-who-agent = يسمع الموظف
preview-who-customer = يسمع العميل
preview-who-text = رسالة نصية
preview-key = يضغط { $key }
preview-no-key = لا يضغط شيئًا
preview-ends = تنتهي المكالمة
preview-goes = ثم «{ $step }»
queue-wait = الانتظار المتوقع
preview-step-offer = متصل ينتظر
preview-step-offer_closed = أحدهم يتصل وقت الإغلاق
preview-step-taken = ضغط المتصل 1
preview-step-consent = أحدهم يتصل
preview-step-voicemail = متصل يترك رسالة
preview-consent-1 = يوافق على التسجيل
preview-consent-none = لا يُسجَّل
preview-offer_closed-none-ends = يُنهى اتصاله
preview-step-whisper = يرن هاتف الموظف
preview-step-talk = يتحدث العميل والموظف
preview-step-opening = يُتصل بالعميل أولًا
preview-step-sorry = لا يأخذ المكالمة أي موظف
preview-step-machine = يجيب مجيب آلي
preview-step-sms_code = أحدهم يطلب مكالمة في صفحة الويب
preview-step-sms_taken = قُبلت معاودة اتصال
preview-step-sms_unreached = لم تصل المحاولة الأخيرة إلى أحد
preview-offer-1 = يريد أن يُعاود الاتصال به
preview-offer-none = يبقى على الخط
preview-offer_closed-1 = يريد أن يُعاود الاتصال به
preview-offer_closed-none = يمكنه ترك رسالة
preview-whisper-1 = يأخذ المكالمة
preview-whisper-none = يُسأل الموظف التالي
queue-pause = إيقاف الطابور
queue-resume = قبول المكالمات من جديد
