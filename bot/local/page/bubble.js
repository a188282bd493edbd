// One message as a bubble with its buttons.

import { element, icon, rich } from "./text.js";
import { HOURS, decimal, language, t } from "./words.js";

const CLOCK = new Intl.DateTimeFormat(language, { ...HOURS });
const DAY = new Intl.DateTimeFormat(language, { day: "numeric", month: "long" });

export const time = (seconds) => CLOCK.format(seconds * 1000);

// `now` is the time of the chat, whose clock may have been moved.
export function day(seconds, now) {
  const date = new Date(seconds * 1000);
  const today = new Date(now);
  if (date.toDateString() === today.toDateString()) return t("Сегодня");
  today.setDate(today.getDate() - 1);
  return date.toDateString() === today.toDateString() ? t("Вчера") : DAY.format(date);
}

export const isOwn = (message) => !message.from?.is_bot;

// `hands` holds what a bubble can do: say(text), press(message, row, column, button, pressed), actions(message, anchor),
// botName().
export function bubble(message, hands) {
  const own = isOwn(message);
  const rows = message.keyboard ?? message.reply_markup?.inline_keyboard ?? [];
  const bare = Boolean(message.sticker);
  const body = element(
    "div",
    { class: `bubble${bare ? " bare" : ""}${message.photo ? " with-photo" : ""}` },
    element("span", { class: "unseen" }, `${own ? t("Вы") : hands.botName()}: `),
    origin(message),
    ...content(message, hands),
    stamp(message, own, rows.length > 0),
  );
  body.addEventListener("contextmenu", (event) => {
    if (event.target.closest("a")) return;
    event.preventDefault();
    hands.actions(message, more);
  });
  const more = element("button", { class: "more", type: "button", "aria-haspopup": "menu", "aria-label": t("Действия с сообщением"), onclick: () => hands.actions(message, more) }, icon("more"));
  const line = element("div", { class: "line" }, body, more);
  return [line, rows.length ? keyboard(message, rows, hands) : null];
}

function keyboard(message, rows, hands) {
  const lines = rows.map((row, rowIndex) => {
    const buttons = row.map((button, column) => {
      const kind = button.url ? " link" : button.copy_text ? " copy" : "";
      return element(
        "button",
        { type: "button", class: `key ${button.style ?? ""}${kind}`, disabled: Boolean(button.disabled), onclick: (event) => hands.press(message, rowIndex, column, button, event.currentTarget) },
        element("span", {}, button.text),
      );
    });
    return element("div", { class: "row" }, ...buttons);
  });
  return element("div", { class: "keyboard", role: "group", "aria-label": t("Кнопки сообщения") }, ...lines);
}

function origin(message) {
  const from = message.forward_origin;
  if (!from) return null;
  const name = from.sender_user_name ?? from.sender_user?.first_name ?? t("канала");
  return element("p", { class: "origin" }, t("Переслано от "), element("b", {}, name));
}

function stamp(message, own, hasKeys) {
  const parts = [time(message.date)];
  if (message.edit_date && (own || !hasKeys)) parts.unshift(t("изменено "));
  const ticks = own ? element("span", { class: "ticks", "aria-hidden": "true" }, icon("done"), icon("done")) : null;
  const marks = (message.reactions ?? []).map((emoji) => element("span", { class: "reaction", role: "img", "aria-label": `${t("Реакция")} ${emoji}` }, emoji));
  return element("span", { class: "stamp" }, ...marks, ...parts, ticks);
}

function content(message, hands) {
  const text = message.text ?? message.caption;
  const words = text === undefined ? null : element("div", { class: "text" }, ...rich(text, message.entities ?? message.caption_entities ?? [], hands.say));
  const kind = Object.keys(KINDS).find((name) => message[name]);
  const shown = kind ? KINDS[kind](message[kind]) : null;
  if (message.has_media_spoiler) shown.classList.add("veiled");
  return [shown, words];
}

// In this order: an animation is a document too.
const KINDS = {
  photo: (sizes) => element("img", { class: "picture", src: `/files/${sizes.at(-1).file_id}`, alt: t("Фото") }),
  animation: () => card("gif", "GIF", t("анимация")),
  document: (file) => element("a", { class: "card", href: `/files/${file.file_id}`, download: file.file_name ?? "" }, element("span", { class: "disc" }, icon("file")), element("span", { class: "what" }, element("b", {}, file.file_name ?? t("Файл")), element("small", {}, size(file.file_size)))),
  sticker: (sticker) => element("div", { class: "sticker", role: "img", "aria-label": `${t("Стикер")} ${sticker.emoji}` }, sticker.emoji),
  voice: (voice) => element("div", { class: "card voice" }, element("span", { class: "disc" }, icon("play")), element("span", { class: "what" }, wave(), element("small", {}, duration(voice.duration)))),
  location: (place) => element("div", { class: "map", role: "img", "aria-label": `${t("Геопозиция")} ${place.latitude}, ${place.longitude}` }, icon("pin"), element("small", {}, `${place.latitude.toFixed(2)}, ${place.longitude.toFixed(2)}`)),
  contact: (contact) => card("user", contact.first_name, contact.phone_number),
  users_shared: (shared) => card("user", shared.users[0].first_name, t("Контакт")),
  poll: (poll) => element("div", { class: "voting" }, element("b", {}, poll.question), element("small", {}, t("Анонимный опрос")), ...poll.options.map((option) => element("p", {}, option.text))),
};

function card(symbol, title, below) {
  return element("div", { class: "card" }, element("span", { class: "disc" }, icon(symbol)), element("span", { class: "what" }, element("b", {}, title), element("small", {}, below)));
}

function wave() {
  return element("span", { class: "wave", role: "img", "aria-label": t("Голосовое сообщение") });
}

const duration = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

function size(bytes = 0) {
  if (bytes < 1024) return `${bytes} ${t("Б")}`;
  const kilobytes = bytes / 1024;
  return kilobytes < 1024 ? `${decimal(kilobytes.toFixed(1))} ${t("КБ")}` : `${decimal((kilobytes / 1024).toFixed(1))} ${t("МБ")}`;
}
