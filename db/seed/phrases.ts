/**
 * Words for made-up threads. All of it is harmless, also where the flag is grave: what a real thread would say there is
 * never imitated. Several scripts, so that pages are seen with all of them.
 */

/** One small talk per language; `{n}` is the message's number. */
export const SMALL_TALK: readonly (readonly string[])[] = [
  [
    "Hello! Placeholder message {n}.",
    "Did the parcel arrive?",
    "Yes, this morning. Thank you for asking.",
    "Shall we meet at the library at four?",
    "Four is fine. I will bring the maps.",
    "The weather report says rain all day.",
  ],
  [
    "Guten Tag, Platzhalter Nummer {n}.",
    "Hast du die Schlüssel gefunden?",
    "Ja, sie lagen unter der Zeitung.",
    "Wunderbar, dann bis später!",
  ],
  ["Bonjour, ceci est le message d’exemple {n}.", "Le train part à huit heures.", "Parfait, à demain."],
  ["Hola, mensaje de ejemplo {n}.", "¿Has visto el partido?", "Todavía no, lo miro esta noche."],
  ["Olá! Mensagem de exemplo {n}.", "O café está pronto.", "Já vou, dois minutos."],
  ["Привет, это сообщение-заглушка {n}.", "Как прошла поездка?", "Хорошо, спасибо, очень понравилось."],
  ["Γεια σου, δοκιμαστικό μήνυμα {n}.", "Τι ώρα είναι το μάθημα;", "Στις έξι."],
  ["مرحبا، هذه رسالة تجريبية رقم {n}.", "هل وصل الكتاب؟", "نعم، وصل اليوم. شكرا!"],
  ["שלום, זו הודעת דוגמה {n}.", "מתי מתחיל השיעור?", "בשעה שש, ליד הספרייה."],
  ["नमस्ते, यह नमूना संदेश {n} है।", "क्या बस आ गई?", "हाँ, अभी अभी आई है।"],
  ["こんにちは、サンプルメッセージ{n}です。", "駅で待っています。", "すぐ行きます!"],
  ["你好,这是示例消息 {n}。", "图书馆几点关门?", "晚上九点。"],
  ["안녕하세요, 예시 메시지 {n}입니다.", "내일 비가 온대요.", "우산을 가져갈게요."],
  ["สวัสดี นี่คือข้อความตัวอย่าง {n}", "รถไฟออกกี่โมง", "เก้าโมงเช้า"],
  ["ሰላም፣ ይህ የናሙና መልእክት {n} ነው።", "መጽሐፉ ደርሷል?", "አዎ፣ አመሰግናለሁ።"],
];

/** Texts that are harmless and hard to draw. */
export const ODDITIES: readonly string[] = [
  "👩‍👩‍👧‍👦 👍🏽 🏳️‍🌈 🇮🇪 1️⃣ — an emoji sequence each.",
  "Read this \u202Esdrawkcab\u202C and go on reading.",
  "Z\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308\u0309\u030A\u030B\u030C\u030D\u030E\u030F\u0310\u0311a\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307l\u0316\u0317\u0318\u0319\u031A\u031B\u031C\u031D\u031E\u031Fg\u0320\u0321\u0322\u0323\u0324\u0325o in one line.",
  "Zero\u200Bwidth\u200Bspaces\u200Band a joiner\u200D here.",
  "Mixed: שלום hello مرحبا 123 456.",
  "A link that goes nowhere: https://example.org/a/b?c=d#e and another, http://xn--bcher-kva.example/",
  "<b>No markup</b> & no &amp; entity, <script>nothing()</script> either.",
  "Tabs\tand\nlines\r\nand a NUL \u0000 in between.",
  "A lone surrogate \uD83D stands here.",
  "pаypаl with two Cyrillic letters, раураl with more.",
  `${" ".repeat(40)}far to the right`,
];

/** A body that is long enough to be folded. */
export const LONG_TEXT = Array.from(
  { length: 160 },
  (_, n) => `Line ${n + 1} of a long placeholder text, written so that there is something to fold.`,
).join("\n");

export const GIVEN_NAMES: readonly string[] = [
  "Alex",
  "Sam",
  "Robin",
  "Kim",
  "Noa",
  "Jules",
  "Mika",
  "Toni",
  "Sasha",
  "Ariel",
  "Yuki",
  "Amal",
  "Deniz",
  "Eden",
  "Luca",
  "Nikita",
  "René",
  "Zoë",
  "Åsa",
  "Đức",
  "Ömer",
  "Ilse",
  "Бата",
  "ليلى",
  "דנה",
  "आशा",
  "花子",
  "민준",
];

export const DETECTORS: readonly { readonly name: string; readonly version: string }[] = [
  { name: "placeholder-text-classifier", version: "4.2.0" },
  { name: "placeholder-keyword-list", version: "2026-02" },
  { name: "placeholder-image-matcher", version: "1.9" },
];

export const REPORTER_WORDS: readonly string[] = [
  "Placeholder words of a reporter: please look at this thread.",
  "Bitte ansehen, das ist ein Platzhalter.",
  "هذا بلاغ تجريبي.",
  "I am only a made-up person who reports a made-up message.",
];
