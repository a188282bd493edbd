// Texts with entities as DOM nodes. Offsets count UTF-16 units, as JavaScript's strings do.

import { t } from "./words.js";

const TAGS = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote",
};
const BLOCKS = new Set(["blockquote", "expandable_blockquote", "pre"]);
const LIVE = /(https?:\/\/[^\s<>«»"]+[^\s<>«»".,:;!?)])|(?<![\w/])(\/[a-z][a-z0-9_]{0,31})(?![\w/])/gi;

export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (typeof value === "boolean") made.toggleAttribute(name, value);
    else if (value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#i-${name}`);
  svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
}

// Gives nodes for `text`. `say` sends a command that was tapped in the text.
export function rich(text, entities, say) {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return span(text, 0, text.length, sorted, say);
}

function span(text, from, to, entities, say) {
  const nodes = [];
  let at = from;
  let rest = entities;
  while (rest.length) {
    const [outer, ...others] = rest;
    const end = Math.min(outer.offset + outer.length, to);
    const start = Math.max(outer.offset, at);
    rest = others.filter((one) => one.offset + one.length > end);
    if (start >= end) continue;
    nodes.push(...plain(text.slice(at, start), say));
    const inner = others.filter((one) => one.offset < end);
    nodes.push(marked(outer, text.slice(start, end), span(text, start, end, inner, say), say));
    // A block ends its own line: the line break after it would show as an empty one.
    at = BLOCKS.has(outer.type) && text[end] === "\n" ? Math.min(end + 1, to) : end;
  }
  nodes.push(...plain(text.slice(at, to), say));
  return nodes;
}

function marked(entity, covered, children, say) {
  const tag = TAGS[entity.type];
  if (entity.type === "expandable_blockquote") return folded(children);
  if (tag) return element(tag, {}, ...children);
  if (entity.type === "text_link" || entity.type === "url") return link(entity.url ?? covered, children);
  if (entity.type === "bot_command") return command(covered, say);
  if (entity.type === "spoiler") return spoiler(children);
  return element("span", {}, ...children);
}

// A folded quotation shows three lines; the button appears only when there is more.
function folded(children) {
  const body = element("div", { class: "quote-text" }, ...children);
  const toggle = element("button", { class: "unfold", type: "button", "aria-expanded": "false", "aria-label": t("Показать полностью") }, icon("down"));
  const quote = element("blockquote", { class: "folded" }, body, toggle);
  const turn = () => {
    const open = quote.classList.toggle("open");
    toggle.setAttribute("aria-expanded", String(open));
    toggle.setAttribute("aria-label", open ? t("Свернуть") : t("Показать полностью"));
  };
  quote.addEventListener("click", () => {
    if (!toggle.hidden && getSelection().isCollapsed) turn();
  });
  new ResizeObserver(() => {
    if (!quote.classList.contains("open")) toggle.hidden = body.scrollHeight <= body.clientHeight + 1;
  }).observe(body);
  return quote;
}

function spoiler(children) {
  const open = () => hidden.classList.add("open");
  const hidden = element("span", { class: "spoiler", role: "button", tabindex: "0", "aria-label": t("Скрытый текст"), onclick: open, onkeydown: (event) => event.key === "Enter" && open() }, ...children);
  return hidden;
}

function link(address, children) {
  const url = /^[a-z]+:\/\//i.test(address) ? address : `https://${address}`;
  return element("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, ...children);
}

function command(text, say) {
  return element("button", { class: "command", type: "button", onclick: () => say(text) }, text);
}

function plain(text, say) {
  const nodes = [];
  let at = 0;
  for (const found of text.matchAll(LIVE)) {
    nodes.push(text.slice(at, found.index));
    nodes.push(found[1] ? link(found[1], [found[1]]) : command(found[2], say));
    at = found.index + found[0].length;
  }
  nodes.push(text.slice(at));
  return nodes.filter((node) => node !== "");
}
