// The sheet behind the paperclip: everything a person can send besides typed text.

import { element, icon } from "./text.js";
import { language, t } from "./words.js";

const CITIES = language === "ru"
  ? [
    ["Москва", 55.7558, 37.6173], ["Екатеринбург", 56.8389, 60.6057], ["Новосибирск", 55.0084, 82.9357],
    ["Тбилиси", 41.7151, 44.8271], ["Берлин", 52.52, 13.405], ["Нью-Йорк", 40.7128, -74.006],
  ]
  : [
    ["New York", 40.7128, -74.006], ["Chicago", 41.8781, -87.6298], ["Los Angeles", 34.0522, -118.2437],
    ["London", 51.5074, -0.1278], ["Berlin", 52.52, 13.405], ["Sydney", -33.8688, 151.2093],
  ];
const STICKERS = ["👍", "😂", "❤️", "🤔", "😢", "🎉", "🔥", "🙏"];

// Opens `sheet`; `act(name, wish)` does what was chosen; `now` is the time of the chat.
export function openAttachments(sheet, act, now) {
  const done = (name, wish = {}) => {
    sheet.close();
    act(name, wish);
  };
  const show = (title, ...children) => {
    sheet.setAttribute("aria-label", title);
    const close = element("button", { type: "button", class: "icon", "aria-label": t("Закрыть"), onclick: () => sheet.close() }, icon("close"));
    sheet.replaceChildren(element("div", { class: "sheet-head" }, element("h2", {}, title), close), ...children);
    (sheet.querySelector("input, textarea") ?? sheet.querySelector(".choices button"))?.focus();
  };
  const choice = (symbol, label, onclick) => element("button", { type: "button", onclick }, element("span", { class: `disc ${symbol}` }, icon(symbol)), label);

  const menu = () => show(
    t("Прикрепить"),
    element(
      "div",
      { class: "choices" },
      choice("forward", t("Переслать"), () => show(t("Переслать сообщение"), forwardForm(done, now))),
      choice("pin", t("Геопозиция"), () => show(t("Геопозиция"), places(done))),
      choice("photo", t("Фото"), () => show(t("Фото"), photoForm(done))),
      choice("sticker", t("Стикер"), () => show(t("Стикер"), stickers(done))),
      choice("voice", t("Голосовое"), () => done("voice")),
      choice("user", t("Контакт"), () => show(t("Контакт"), contactForm(done))),
      choice("gif", "GIF", () => done("gif")),
      choice("poll", t("Опрос"), () => done("poll")),
    ),
  );
  menu();
  sheet.showModal();
}

function field(label, input) {
  return element("label", {}, element("span", {}, label), input);
}

function form(submit, ...children) {
  return element("form", { class: "fields", onsubmit: (event) => { event.preventDefault(); submit(new FormData(event.target)); } }, ...children, element("button", { class: "wide" }, t("Отправить")));
}

function forwardForm(done, time) {
  const now = new Date(time);
  const local = new Date(now - now.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
  return form(
    (data) => done("forward", {
      name: data.get("name"), text: data.get("text"), date: Math.floor(new Date(data.get("date")) / 1000),
      ...(data.has("hidden") ? {} : { user_id: number(data.get("name")) }),
    }),
    field(t("От кого"), element("input", { name: "name", required: true, maxlength: "64", value: t("Олег") })),
    field(t("Что написано"), element("textarea", { name: "text", required: true, rows: "3", maxlength: "4096" })),
    field(t("Когда"), element("input", { name: "date", type: "datetime-local", required: true, value: local })),
    element("label", { class: "check" }, element("input", { name: "hidden", type: "checkbox" }), element("span", {}, t("Автор скрывает свой профиль"))),
  );
}

// The same name is the same account every time.
function number(name) {
  let sum = 7;
  for (const letter of name) sum = (sum * 31 + letter.codePointAt(0)) % 900000000;
  return 100000000 + sum;
}

function places(done) {
  const buttons = CITIES.map(([name, latitude, longitude]) => element("button", { type: "button", onclick: () => done("location", { latitude, longitude }) }, icon("pin"), name));
  return element("div", { class: "list" }, ...buttons);
}

function stickers(done) {
  return element("div", { class: "stickers" }, ...STICKERS.map((emoji) => element("button", { type: "button", "aria-label": `${t("Стикер")} ${emoji}`, onclick: () => done("sticker", { emoji }) }, emoji)));
}

function contactForm(done) {
  return form((data) => done("contact", { name: data.get("name") }), field(t("Имя"), element("input", { name: "name", required: true, maxlength: "64", value: t("Ольга") })));
}

function photoForm(done) {
  const submit = async (data) => {
    const file = data.get("file");
    const wish = { caption: data.get("caption") };
    if (file?.size) Object.assign(wish, { name: file.name, content: await base64(file) });
    done("photo", wish);
  };
  return form(
    submit,
    field(t("Снимок (без выбора — образец)"), element("input", { name: "file", type: "file", accept: "image/png,image/jpeg,image/webp" })),
    field(t("Подпись"), element("input", { name: "caption", maxlength: "1024" })),
  );
}

function base64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.split(",")[1]);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}
