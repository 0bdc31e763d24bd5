// Writes what Node's Intl makes of CLDR: node golden.js > ../../testdata/intl.json
//
// It was made with Node 20.20 (CLDR 48.0, ICU 78.2). Its zones are those of our publishers.
const locales = ["en", "ja", "zh-Hans", "zh-Hant", "ko", "nl", "fr", "th", "tr", "id", "fil", "ar", "ru", "ja-simple", "vi", "ne", "pt-BR"];
const zones = ["Asia/Tokyo", "Europe/Amsterdam", "America/Toronto", "Australia/Sydney", "Asia/Riyadh", "Asia/Kathmandu", "Asia/Tomsk", "UTC"];

const instants = [];
for (let i = 0; i < 36; i++) {
  // Every month and weekday, the first of some months, all hours.
  instants.push(Date.UTC(2014 + (i % 13), i % 12, i % 3 ? 1 + ((i * 11) % 28) : 1, (i * 7) % 24, (i * 13) % 60));
}
// Midnight and noon in Tokyo, a leap day, the last day of a year.
instants.push(Date.UTC(2026, 2, 31, 15, 0), Date.UTC(2026, 3, 1, 3, 0), Date.UTC(2024, 1, 29, 6, 5), Date.UTC(2026, 11, 31, 14, 59));

const numbers = [0, 7, 42, 999, 1000, 1234, 9999, 10000, 12345, 123456, 1234567, 1234567890, -5, -1234, -1234567];
const languages = process.argv.slice(2);

const dates = [], names = {}, counts = {}, lists = {};
for (const locale of locales) {
  instants.forEach((at, i) => {
    const timeZone = zones[i % zones.length];
    const write = (style) => new Intl.DateTimeFormat(locale, { timeZone, ...style }).format(at);
    dates.push({
      locale, timeZone, at,
      short: write({ dateStyle: "short" }), long: write({ dateStyle: "long" }), full: write({ dateStyle: "full" }),
      time: write({ timeStyle: "short" }), dateTime: write({ dateStyle: "long", timeStyle: "short" }),
    });
  });
  const called = new Intl.DisplayNames(locale, { type: "language", fallback: "none" });
  names[locale] = Object.fromEntries(languages.map((tag) => [tag, called.of(tag)]).filter(([, name]) => name));
  counts[locale] = numbers.map((n) => new Intl.NumberFormat(locale).format(n));
  lists[locale] = [1, 2, 3, 4].map((n) => new Intl.ListFormat(locale).format(["A", "B", "C", "D"].slice(0, n)));
}
const lines = (all) => "[\n" + all.map((one) => JSON.stringify(one)).join(",\n") + "\n]";
console.log(`{"numbers":${JSON.stringify(numbers)},\n"dates":${lines(dates)},\n"names":${JSON.stringify(names, null, 0)},\n"counts":${JSON.stringify(counts)},\n"lists":${JSON.stringify(lists)}}`);
