// The chat: what the server tells goes onto the page, what the person does goes to the server.

import { openAttachments } from "./attach.js";
import { bubble, day, isOwn } from "./bubble.js";
import { element } from "./text.js";
import { HOURS, language, other, t, translate } from "./words.js";

translate();

const $ = (id) => document.getElementById(id);
const user = new URLSearchParams(location.search).get("user") ?? "1";
const NEAR_END = 60;

const messages = new Map(); // message_id → { message, item }
const spinning = new Map(); // callback_query_id → button
const answered = new Set(); // taps answered before the server's own reply to them came
let profile = { bot: { name: t("Бот") }, commands: [], description: "" };
let blocked = false;
let editing = null;
let toastTimer = 0;
let starting = false;
let ahead = 0; // of the chat's clock before the browser's, in milliseconds

// ── To the server ──────────────────────────────────────────────────────────

async function act(name, wish = {}) {
  const response = await fetch(`/act/${user}/${name}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(wish),
  }).catch(() => null);
  if (response?.ok) return response.json();
  toast(t("Не отправлено: бот остановлен или не отвечает"));
  return null;
}

const say = (text) => act("send", { text });

async function press(message, row, column, button, pressed) {
  if (button.url) {
    open(button.url, "_blank", "noopener,noreferrer");
    return;
  }
  if (button.copy_text) {
    await copy(button.copy_text.text);
    return;
  }
  pressed.setAttribute("aria-busy", "true");
  const done = await act("tap", { message_id: message.message_id, row, column });
  if (done?.callback_query_id && !answered.delete(done.callback_query_id)) spinning.set(done.callback_query_id, pressed);
  else pressed.removeAttribute("aria-busy");
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast(t("Скопировано"));
  } catch {
    toast(t("Браузер не дал скопировать"));
  }
}

async function moveClock(wish) {
  const response = await fetch("/clock", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(wish),
  }).catch(() => null);
  if (!response?.ok) toast(t("Часы не переведены: бот остановлен или не отвечает"));
  else if (!(await response.json()).moved) toast(t("Впереди ничего нет: напоминания не включены"));
}

// ── From the server ────────────────────────────────────────────────────────

const events = new EventSource(`/events?user=${encodeURIComponent(user)}&lang=${encodeURIComponent(language)}`);
events.onopen = () => { $("state").textContent = user === "1" ? t("бот") : `${t("бот")} · ${t("вы — человек")} ${user}`; };
events.onerror = () => { $("state").textContent = t("подключение…"); };

const on = (kind, handle) => events.addEventListener(kind, (event) => handle(JSON.parse(event.data)));

on("snapshot", (snapshot) => {
  messages.clear();
  $("log").replaceChildren();
  takeTime(snapshot);
  $("clock").hidden = !snapshot.movable;
  takeProfile(snapshot);
  blocked = snapshot.blocked;
  for (const message of snapshot.messages) append(message);
  showFooter();
  toEnd();
});

on("profile", takeProfile);
on("clock", takeTime);

on("blocked", (now) => {
  blocked = now.blocked;
  showFooter();
});

on("message", (message) => {
  const follow = atEnd() || isOwn(message);
  append(message);
  showFooter();
  if (follow) toEnd();
  else $("to-end").hidden = false;
});

on("edited", (message) => {
  const known = messages.get(message.message_id);
  if (!known) return;
  // A chat scrolled to its end stays there while its last message grows; elsewhere nothing moves.
  const follow = atEnd();
  const keys = [...known.item.querySelectorAll(".key")];
  const focused = keys.indexOf(document.activeElement);
  known.message = message;
  known.item.replaceChildren(...bubbleOf(message));
  if (focused >= 0) {
    const fresh = [...known.item.querySelectorAll(".key")];
    (fresh[Math.min(focused, fresh.length - 1)] ?? $("text")).focus({ preventScroll: true });
  }
  if (follow) toEnd();
});

on("deleted", ({ message_id: id }) => {
  const known = messages.get(id);
  if (!known) return;
  messages.delete(id);
  if (editing === id) stopEditing();
  if (known.item.contains(document.activeElement)) $("text").focus({ preventScroll: true });
  known.item.remove();
  dropLonelyDays();
  showFooter();
});

on("toast", ({ callback_query_id: id, text, alert }) => {
  spinning.get(id)?.removeAttribute("aria-busy");
  if (!spinning.delete(id)) answered.add(id);
  if (alert && text) {
    $("alert-text").textContent = text;
    $("alert").showModal();
  } else if (text) toast(text);
});

function takeProfile(fresh) {
  profile = fresh;
  const { name } = profile.bot;
  document.title = user === "1" ? name : `${name} · ${user}`;
  $("name").textContent = name;
  $("avatar").textContent = name.split(/\s+/).slice(0, 2).map((word) => word[0]).join("").toUpperCase();
  $("description").textContent = profile.description;
  $("menu").hidden = profile.commands.length === 0;
  showFooter();
}

// ── The clock ──────────────────────────────────────────────────────────────

const HOUR = 3600;
const MOVED = 60000;
const CLOCK = new Intl.DateTimeFormat(language, { day: "numeric", month: "short", ...HOURS });
const now = () => Date.now() + ahead;

function takeTime({ now: seconds }) {
  ahead = seconds * 1000 - Date.now();
  showTime();
}

function showTime() {
  const [date, hour] = CLOCK.format(now()).split(", ");
  $("clock").textContent = `${date}\n${hour}`;
  $("clock").setAttribute("aria-label", `${t("Часы чата")}: ${date}, ${hour}. ${t("Перевести")}`);
  $("clock").classList.toggle("moved", ahead > MOVED);
}

setInterval(showTime, 5000);
$("clock").addEventListener("click", () => openMenu($("clock"), [
  [t("До следующего напоминания"), () => moveClock({ to: "next" })],
  [t("На час вперёд"), () => moveClock({ by: HOUR })],
  [t("На день вперёд"), () => moveClock({ by: 24 * HOUR })],
  [t("На неделю вперёд"), () => moveClock({ by: 7 * 24 * HOUR })],
]));

// ── The list of messages ───────────────────────────────────────────────────

const hands = { say, press, actions, botName: () => profile.bot.name };
const bubbleOf = (message) => bubble(message, hands).filter(Boolean);

function append(message) {
  const label = day(message.date, now());
  const days = $("log").querySelectorAll(".day");
  if (days[days.length - 1]?.textContent !== label) $("log").append(element("p", { class: "day" }, label));
  const item = element("article", { class: isOwn(message) ? "own" : "theirs", "data-id": message.message_id }, ...bubbleOf(message));
  messages.set(message.message_id, { message, item });
  $("log").append(item);
}

function dropLonelyDays() {
  for (const label of $("log").querySelectorAll(".day")) {
    if (!label.nextElementSibling || label.nextElementSibling.matches(".day")) label.remove();
  }
}

function atEnd() {
  const box = $("scroll");
  return box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END;
}

function toEnd() {
  $("scroll").scrollTop = $("scroll").scrollHeight;
  $("to-end").hidden = true;
}

$("scroll").addEventListener("scroll", () => { if (atEnd()) $("to-end").hidden = true; }, { passive: true });
$("to-end").addEventListener("click", toEnd);
// Pictures arrive after their message and make it taller.
$("log").addEventListener("load", (event) => { if (event.target.matches("img") && $("to-end").hidden) toEnd(); }, true);
new ResizeObserver(() => { if ($("to-end").hidden) toEnd(); }).observe($("scroll"));

// ── Toasts ─────────────────────────────────────────────────────────────────

function toast(text) {
  $("toast").textContent = text;
  $("toast").classList.add("shown");
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => {
    $("toast").classList.remove("shown");
    toastTimer = setTimeout(() => { $("toast").textContent = ""; }, 300);
  }, 3000);
}

// ── Menus ──────────────────────────────────────────────────────────────────

function openMenu(anchor, entries) {
  const list = $("menu-list");
  list.replaceChildren(...entries.map(([label, choose, danger]) => element("button", { type: "button", role: "menuitem", class: danger ? "danger" : undefined, onclick: () => { closeMenu(anchor); choose(); } }, label)));
  list.hidden = false;
  const place = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = list;
  list.style.left = `${Math.max(8, Math.min(place.left, innerWidth - width - 8))}px`;
  list.style.top = `${place.bottom + height + 8 > innerHeight ? place.top - height : place.bottom}px`;
  list.firstElementChild.focus();
  list.onkeydown = (event) => menuKey(event, anchor);
}

function menuKey(event, anchor) {
  const items = [...$("menu-list").children];
  const at = items.indexOf(document.activeElement);
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) items[(at + step + items.length) % items.length].focus();
  else if (event.key === "Escape" || event.key === "Tab") closeMenu(anchor);
  else return;
  event.preventDefault();
}

function closeMenu(anchor) {
  $("menu-list").hidden = true;
  anchor?.focus({ preventScroll: true });
}

document.addEventListener("pointerdown", (event) => {
  if (!$("menu-list").hidden && !$("menu-list").contains(event.target)) closeMenu(null);
});

function actions(message, anchor) {
  const id = message.message_id;
  const text = message.text ?? message.caption;
  const entries = [];
  if (text !== undefined) entries.push([t("Копировать"), () => copy(text)]);
  if (isOwn(message) && text !== undefined && !message.forward_origin) entries.push([t("Изменить"), () => startEditing(id, text)]);
  if (!isOwn(message)) entries.push([t("Переслать боту"), () => act("forward", { message_id: id })]);
  entries.push([t("Удалить"), () => act("delete", { message_id: id }), true]);
  openMenu(anchor, entries);
}

$("more").addEventListener("click", () => openMenu($("more"), [
  [t("Открыть чат другого человека"), () => open(`/?user=${Number(user) + 1}&lang=${language}`, "_blank")],
  [t("Телефон по-английски"), () => location.assign(`/?user=${user}&lang=${other}`)],
  blocked ? [t("Разблокировать бота"), () => act("unblock")] : [t("Заблокировать бота"), () => act("block"), true],
]));

// ── Typing ─────────────────────────────────────────────────────────────────

function showFooter() {
  const empty = messages.size === 0;
  $("start").hidden = !(empty || blocked);
  $("start").textContent = blocked ? t("Перезапустить") : t("Начать");
  $("compose").hidden = empty || blocked;
  $("about").hidden = !(empty && profile.description);
  // The field shows only once the first message has come back; before that it takes no focus.
  if (starting && !$("compose").hidden) {
    starting = false;
    $("text").focus();
  }
}

$("start").addEventListener("click", () => {
  starting = true;
  say("/start");
});

const wideScreen = matchMedia("(hover: hover)");

function fit() {
  const field = $("text");
  field.style.height = "auto";
  field.style.height = `${Math.min(field.scrollHeight, 140)}px`;
  const typed = field.value.trim() !== "";
  $("send").hidden = !typed;
  $("attach").hidden = typed;
  $("menu").classList.toggle("small", field.value !== "");
  offerCommands(/^\/\w*$/.test(field.value) ? field.value.slice(1).toLowerCase() : null);
}

async function submit() {
  const text = $("text").value.trim();
  if (!text) return;
  $("text").value = "";
  const id = editing;
  stopEditing();
  fit();
  if (id) await act("edit", { message_id: id, text });
  else await say(text);
}

function startEditing(id, text) {
  editing = id;
  $("editing").hidden = false;
  $("editing-text").textContent = text;
  $("text").value = text;
  fit();
  $("text").focus();
}

function stopEditing() {
  if (editing) $("text").value = "";
  editing = null;
  $("editing").hidden = true;
  fit();
}

$("text").addEventListener("input", fit);
$("form").addEventListener("submit", (event) => { event.preventDefault(); submit(); });
$("editing-stop").addEventListener("click", stopEditing);
$("attach").addEventListener("click", () => openAttachments($("sheet"), act, now()));
$("sheet").addEventListener("click", (event) => { if (event.target === $("sheet")) $("sheet").close(); });

$("text").addEventListener("keydown", (event) => {
  if (!$("commands").hidden && commandKey(event)) {
    event.preventDefault();
  } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing && wideScreen.matches) {
    event.preventDefault();
    submit();
  } else if (event.key === "Escape" && editing) stopEditing();
});

// ── Commands ───────────────────────────────────────────────────────────────

let chosen = 0;

// Shows the commands that start with `typed`; null hides the list.
function offerCommands(typed) {
  const list = $("commands");
  const found = typed === null ? [] : profile.commands.filter((one) => one.command.startsWith(typed));
  chosen = 0;
  list.replaceChildren(...found.map((one, index) => element("li", { id: `command-${index}`, role: "option", onclick: () => choose(one.command) }, element("b", {}, `/${one.command}`), element("span", {}, one.description))));
  list.hidden = found.length === 0;
  for (const opener of [$("menu"), $("text")]) opener.setAttribute("aria-expanded", String(found.length > 0));
  point();
}

function point() {
  const options = [...$("commands").children];
  options.forEach((option, index) => option.setAttribute("aria-selected", String(index === chosen)));
  options[chosen]?.scrollIntoView({ block: "nearest" });
  if (options.length) $("text").setAttribute("aria-activedescendant", `command-${chosen}`);
  else $("text").removeAttribute("aria-activedescendant");
}

function choose(command) {
  $("text").value = "";
  fit();
  say(`/${command}`);
}

function commandKey(event) {
  const options = $("commands").children;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    chosen = (chosen + step + options.length) % options.length;
    point();
  } else if (event.key === "Enter" || event.key === "Tab") {
    options[chosen].click();
  } else if (event.key === "Escape") offerCommands(null);
  else return false;
  return true;
}

$("menu").addEventListener("click", () => {
  offerCommands($("commands").hidden ? "" : null);
  $("text").focus();
});
document.addEventListener("pointerdown", (event) => {
  if (!$("commands").hidden && !$("compose").contains(event.target)) offerCommands(null);
});
