// The page's own words: written in Russian where they stand, and told in the language of the phone.

const asked = new URLSearchParams(location.search).get("lang") ?? navigator.language;
export const language = asked.split("-")[0];
export const other = language === "ru" ? "en" : "ru";
const russian = language === "ru";

const ENGLISH = {
  "Анонимный опрос": "Anonymous poll",
  "Автор скрывает свой профиль": "The author hides their profile",
  "Бот": "Bot",
  "Браузер не дал скопировать": "The browser didn’t allow copying",
  "Впереди ничего нет: напоминания не включены": "Nothing lies ahead: reminders are off",
  "Вы": "You",
  "Вчера": "Yesterday",
  "Геопозиция": "Location",
  "Голосовое": "Voice",
  "Голосовое сообщение": "Voice message",
  "Действия с сообщением": "Message actions",
  "До следующего напоминания": "To the next reminder",
  "Ещё": "More",
  "Заблокировать бота": "Block the bot",
  "Закрыть": "Close",
  "Изменение": "Editing",
  "Изменить": "Edit",
  "Имя": "Name",
  "Файл": "File",
  "К последнему сообщению": "To the last message",
  "Кнопки сообщения": "Message buttons",
  "Когда": "When",
  "Команды": "Commands",
  "Контакт": "Contact",
  "Копировать": "Copy",
  "Локальный чат": "Local chat",
  "Меню": "Menu",
  "На день вперёд": "A day ahead",
  "На неделю вперёд": "A week ahead",
  "На час вперёд": "An hour ahead",
  "Реакция": "Reaction",
  "Начать": "Start",
  "Не изменять": "Stop editing",
  "Не отправлено: бот остановлен или не отвечает": "Not sent: the bot is stopped or doesn’t answer",
  "Опрос": "Poll",
  "От кого": "From",
  "Открыть чат другого человека": "Open another person’s chat",
  "Отправить": "Send",
  "Перезапустить": "Restart",
  "Переслано от ": "Forwarded from ",
  "Переслать": "Forward",
  "Переслать боту": "Forward to the bot",
  "Переслать сообщение": "Forward a message",
  "Подпись": "Caption",
  "Показать полностью": "Show all",
  "Прикрепить": "Attach",
  "Разблокировать бота": "Unblock the bot",
  "Свернуть": "Fold",
  "Сегодня": "Today",
  "Скопировано": "Copied",
  "Скрытый текст": "Hidden text",
  "Снимок (без выбора — образец)": "A picture (none chosen: a sample)",
  "Сообщение": "Message",
  "Сообщения": "Messages",
  "Стикер": "Sticker",
  "Телефон по-английски": "Телефон по-русски",
  "Удалить": "Delete",
  "Фото": "Photo",
  "Хорошо": "OK",
  "Часы не переведены: бот остановлен или не отвечает": "The clock wasn’t moved: the bot is stopped or doesn’t answer",
  "Часы чата": "The chat’s clock",
  "Перевести": "Move it",
  "Что написано": "What it says",
  "Что умеет этот бот?": "What can this bot do?",
  "анимация": "animation",
  "бот": "bot",
  "вы — человек": "you are person",
  "изменено ": "edited ",
  "канала": "a channel",
  "подключение…": "connecting…",
  "Б": "B",
  "КБ": "KB",
  "МБ": "MB",
  "Олег": "Oliver",
  "Ольга": "Olivia",
};

export const t = (said) => (russian ? said : ENGLISH[said] ?? said);
// «09:05», “9:05 AM”: as the bot’s own texts tell the time.
export const HOURS = { hour: russian ? "2-digit" : "numeric", minute: "2-digit", hourCycle: russian ? "h23" : "h12" };
export const decimal = (number) => (russian ? String(number).replace(".", ",") : String(number));

// What stands in the page from the beginning.
export function translate() {
  document.documentElement.lang = language;
  if (russian) return;
  document.title = t(document.title);
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const said = walk.currentNode.data.trim();
    if (ENGLISH[said]) walk.currentNode.data = walk.currentNode.data.replace(said, ENGLISH[said]);
  }
  for (const name of ["aria-label", "placeholder", "alt", "title"]) {
    for (const each of document.querySelectorAll(`[${name}]`)) each.setAttribute(name, t(each.getAttribute(name)));
  }
}
