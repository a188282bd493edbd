"""Templates of letters: sandboxed and strict, and only ever made of the content's own texts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache

from jinja2 import StrictUndefined, Template, TemplateError, meta, pass_context
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from content.english.days import on_its_day, set_off
from content.english.notes import as_open, by_the_reader, lacks_an_article, with_article
from content.english.words import (
    THERE_IS,
    as_work,
    is_i,
    is_nothing,
    names_several,
    numbered_alone,
    said_once,
    which_invoice,
    with_sum,
)
from content.letters import bills
from content.letters.ordinary import (
    ahead,
    aimed,
    as_deed,
    as_doing,
    as_payable,
    as_promise,
    as_thanks,
    as_when,
    feels,
    for_things,
    goes_on,
    handed,
    how_often,
    is_bent,
    is_clause,
    is_condition,
    is_deed,
    is_doing,
    is_joint,
    is_less,
    is_order,
    is_ordinary,
    is_over,
    is_shortened,
    is_something,
    is_to_come,
    is_when,
    may_be_done,
    next_things,
    of_nothing,
    on_a_day,
    own_sentence,
    pledged,
    priced_apart,
    says_its_day,
    says_something,
    set_apart,
    takes_a_verb,
    tells,
    tells_by_itself,
    with_be,
    with_its_bill,
    with_parts_of_a_sum,
    with_please,
    with_the,
    within,
    without_that,
    without_to,
)
from content.russian.telling import at_an_hour
from content.russian.words import (
    as_bill,
    as_object,
    as_reason,
    as_subject,
    lie_somewhere,
    of_a_month,
)
from content.typography import NO_BREAK

__all__ = ["TemplateError", "bare", "lines", "needs", "render"]

LIST_MARK, NUMBER_MARK = "_list", "_number"
"""Among the values: what the letter's language puts before a line of a list, and before a number.

No blank is called so. Where they are lacking, it is done as in Russian."""
PLAIN_LIST = "- "
"""Lines of their own, without the marks of a sentence that runs through them."""
_END = ".;, "
_MARK_OF_NUMBER = re.compile(r"(?:#|n[or]?\b\.?)\s*(?=\d)", re.IGNORECASE)
"""«No 5/11», “#14”: a keyboard may have no «№»."""
_CLOSED = ("!", "?", "…")
_SPACE = re.compile(r"[^\S\u00a0\u202f]+")
"""A space that does not break is typed on purpose, and stays."""
_COLON = re.compile(r"(?<=\S): +(?=\S)")
"""«10:30» has none."""
_MARK = re.compile(r"^\s*(?:[-–—•*]|\d{1,2}[.)])\s+")


def bare(text: str) -> str:
    """Return a typed text as a part of a sentence: one line, no full stop at its end."""
    words = _SPACE.sub(" ", _in_one_line(text)).strip()
    kept = words.rstrip(_END)
    return f"{kept}." if words[len(kept) :][:1] == "." and is_shortened(kept) else kept


def _in_one_line(text: str) -> str:
    """Return what was typed in lines as a list: «съёмка, монтаж, цветокор»; sentences stay."""
    typed = [_MARK.sub("", line).strip() for line in _numbered_lines(text).split("\n")]
    typed = [line for line in typed if line]
    if len(typed) < _SEVERAL:
        return text
    if all(line.endswith((*_CLOSED, ".")) for line in typed[:-1]):
        return " ".join(typed)
    things = [typed[0].rstrip(_END)]
    for line in typed[1:]:
        if is_joint(line.split()[0]):
            things[-1] += f" {line.rstrip(_END)}"
        else:
            things.append(going_on(line.rstrip(_END)))
    return ("; " if any("," in thing for thing in things) else ", ").join(things)


def _numbered_lines(text: str) -> str:
    """Return «1) замер 2) проект» with each point on its line."""
    points = _POINT.findall(text)
    listed = points[:_SEVERAL] == ["1", "2"]
    return _POINT.sub(r"\n\1) ", text).strip() if listed else text.strip()


_POINT = re.compile(r"(?<!\S)(\d)(?:\)|\.(?=\s[^\W\d_]))\s")
_SEVERAL = 2


def going_on(text: str) -> str:
    """Return a typed text with a small first letter, where only the keyboard made it big."""
    word, _, rest = text.partition(" ")
    if is_i(word):
        return text
    small = word[:1].lower() + word[1:]
    plain = small.strip('«»„“"(),:.!?…')
    if word != small and (small != word.lower() or not is_ordinary(plain, rest)):
        return text
    # Who begins the things of a list with capitals names none of them.
    return text[:1].lower() + next_things().sub(_smaller, text[1:])


def _smaller(found: re.Match[str]) -> str:
    word, small = found[0], found[0].lower()
    after = found.string[found.end() :].partition(" ")[2]
    if len(word) == 1 or after[:1].isupper():
        return word  # «звуки Ш и Ж», “New Year’s Eve”
    return small if word == small.capitalize() and is_ordinary(small, after) else word


def _stop(text: str) -> str:
    """Return a typed text as the end of a sentence."""
    return _closed(bare(text))


def _closed(text: str) -> str:
    """Return a text that ends as a sentence does: «500 руб.» has its full stop."""
    return text if text.endswith((*_CLOSED, ".")) else f"{text}."


def _sentence(text: str) -> str:
    """Return a typed text as a sentence of its own."""
    return _begun(_stop(text))


def lines(value: str | Iterable[str]) -> tuple[str, ...]:
    """Return what was typed in lines, without the marks that people put before them."""
    typed = _split(value) if isinstance(value, str) else value
    kept = (bare(_MARK.sub("", line)) for line in typed)
    return tuple(line for line in kept if line)


def _split(typed: str) -> Sequence[str]:
    """Return what was typed in lines, or in one with semicolons."""
    whole = _numbered_lines(typed).splitlines()
    return whole if len(whole) != 1 else whole[0].split("; ")


@pass_context
def _bullets(context: Context, value: str | Iterable[str]) -> str:
    """Return one line each, as the letter's language makes a list."""
    if context.get(LIST_MARK) == PLAIN_LIST:
        told = map(set_off, lines(value))
        return "\n".join(f"{PLAIN_LIST}{line[:1].upper()}{line[1:]}" for line in told)
    return _closed(";\n".join(f"— {going_on(line)}" for line in lines(value)))


@pass_context
def _listed(context: Context, value: str | Iterable[str]) -> str:
    """Return what follows a colon: one line goes on in it, several stand one a line."""
    only = lines(value)
    return f" {_behind(only[0])}" if len(only) == 1 else f"\n{_bullets(context, value)}"


def _each_handed(value: str | Iterable[str]) -> tuple[str, ...]:
    """Return the things that are handed over, without their verbs."""
    return tuple(map(handed, lines(value)))


def _inner(text: str) -> str:
    """Return what stands behind a colon without another one: «фотосъёмка — два часа»."""
    return _COLON.sub(f"{NO_BREAK}— ", with_parts_of_a_sum(text))


@pass_context
def _numbered(context: Context, text: str) -> str:
    """Return an invoice as it is spoken of in any case: «№ 14» for «14», „«последний»“."""
    kept = bills.unnamed(bare(text))
    kept = _MARK_OF_NUMBER.sub("", kept)
    if things := for_things(kept):
        return things
    if kept[:1].isdigit():
        return f"{context.get(NUMBER_MARK, f'№{NO_BREAK}')}{kept}"
    kept = going_on(kept)
    if told := of_a_month(kept):
        return told  # «октябрьский» is «за октябрь» in any case
    first = kept.partition(" ")[0].lower()
    if not first.isalpha() or not is_bent(first):
        return kept
    return _quoted(kept)


@pass_context
def _bill(context: Context, text: str, case: str) -> str:
    """Return an invoice in a case, by its grammeme: «о счёте № 14», «о последнем счёте»."""
    several = _are_several(text)
    return as_bill(going_on(bare(text)), _numbered(context, text), case, several=several)


def _many(text: str, one: str, several: str) -> str:
    """Return what goes with one invoice, or with several that a text names: «14 и 15»."""
    return several if _are_several(text) else one


@pass_context
def _invoiced(context: Context, text: str, one: str, several: str) -> str:
    """Return which invoice an English letter is about: “invoice #14”, “the last invoice”."""
    kept = numbered_alone(bills.unnamed(bare(text)))
    told = which_invoice(kept, one, several) or which_invoice(going_on(kept), one, several)
    number = _SERIES.sub(lambda found: found[0].upper(), _numbered(context, text))
    return told or f"{_many(text, one, several)} {number}"


_SERIES = re.compile(r"\A[a-z]{2,4}(?=-\d)")
"""“inv-2026-41”, typed small."""


_NUMBER = re.compile(r"[№#]\s?\d")


def _are_several(invoices: str) -> bool:
    said = going_on(bare(invoices))
    return bills.are_several(said) or names_several(said)


def _begun(text: str) -> str:
    """Return what begins a sentence."""
    return text[:1].upper() + text[1:]


def _apart(text: str) -> str:
    """Return what goes on in the sentence with a comma where it has one inside, but for a list."""
    last = text.rpartition(", ")[2]
    listed = bills.joins(last) or _are_several(text) or bool(_NUMBER.match(last))
    return f"{text}," if last != text and not listed and not text.endswith("»") else text


def _led(text: str, lead: str, opening: str = "") -> str:
    """Return what a sentence leads to, or in its place a typed clause that is one by itself.

    «Передаю исходники», but «Отдам исходники завтра» and «Исходники лежат на диске». One that says
    the verb of the lead itself is whole: «На то, что пришло вечером, отвечаю утром».
    """
    kept = going_on(bare(text))
    if re.search(rf"(?<!\w){re.escape(lead.rpartition(' ')[2])}(?!\w)", kept):
        return _sentence(kept)
    comma = "," if is_when(kept) and not lead.endswith(":") else ""
    own = tells_by_itself(kept) and not comma
    return _sentence(opening + (kept if own else f"{lead}{comma} {kept}"))


@pass_context
def _handed(context: Context, text: str, lead: str, opening: str = "", to_do: str = "") -> str:
    """Return what is done to a thing, behind its verb, or as a clause with its own.

    ``to_do`` leads to a deed instead: «можно сделать два варианта».
    """
    kept = going_on(bare(text))
    kept = kept if to_do else _promise(context, kept)
    rest = of_nothing(kept)
    if rest is not None:
        return _sentence(rest)
    if tells_by_itself(kept):
        return _led(kept, lead, opening)
    deed = to_do and is_deed(kept)
    if not deed and lie_somewhere(kept):
        return _sentence(f"{opening}{lead}: {kept}")
    return _led(kept if deed else as_object(kept), to_do if deed else lead, opening)


def _promise(context: Context, text: str) -> str:
    """Return «отправлю архив» for «отправить архив», «отправим» where a team writes."""
    say = context.get("say")
    return as_promise(text, several=say is not None and say(False, True))


def _can(text: str, lead: str, label: str, opening: str = "") -> str:
    """Return what one can do: «могу сделать рассылку», but «сделала бы рассылку».

    What is no deed stands behind a label: «до этого дня помогу так: передача дел».
    """
    kept = going_on(bare(text))
    deed = as_deed(kept)
    if tells_by_itself(deed) and not is_deed(deed):
        return _sentence(opening + kept)
    return _sentence(opening + (f"{lead} {deed}" if may_be_done(deed) else f"{label} {kept}"))


def _thanked(text: str, lead: str, opening: str = "") -> str:
    """Return what one is thanked for: «спасибо за то, что платили вовремя», «мне понравилось»."""
    kept = going_on(bare(text))
    if feels(kept):
        return _sentence(opening + kept)
    thanks, own = set_apart(kept)
    said = _sentence(f"{opening}{lead} {as_reason(thanks)}")
    return f"{said} {_sentence(own)}" if own else said


@pass_context
def _paid(context: Context, text: str, label: str) -> str:
    """Return how things stand with the money as a sentence: «Счёт закрыт.» for «закрыт»."""
    return _noted(_promise(context, with_its_bill(bare(text))), label)


def _noted(text: str, label: str, lead: str = "") -> str:
    """Return a clause as a sentence, and what tells nothing by itself behind a label.

    «На сегодня три этапа готовы», «Состояние работы: без последней главы»; ``lead`` stands before
    no clause of what is to come: «закончу к пятнице».
    """
    kept = going_on(bare(text))
    if " " not in kept or not (tells_by_itself(kept) or "—" in kept.partition(", ")[0]):
        return _sentence(f"{label} {_inner(kept)}")
    return _sentence(kept if not lead or is_to_come(kept) else f"{lead} {kept}")


def _apart_from_its_own(frame: Callable[..., str]) -> Callable[..., str]:
    """Frame what was typed, and let sentences that were typed behind its commas be so."""

    def framed(text: str, *rest: str, **others: str) -> str:
        kept, own = own_sentence(bare(text))
        return (
            f"{frame(kept, *rest, **others)} {_sentences(own)}"
            if own
            else frame(text, *rest, **others)
        )

    return framed


def _sentences(text: str) -> str:
    kept, own = own_sentence(text)
    return f"{_sentence(kept)} {_sentences(own)}" if own else _sentence(kept)


@_apart_from_its_own
def _counted(text: str, lead: str, marks: str, again: str, label: str = "") -> str:
    """Return what a price includes, and apart from it what it does not.

    ``marks`` are the words that tell one from the other, with ``|`` between; ``again`` those that
    say once more what the lead has said: «материалы входят, тексты не входят». Behind ``label``
    stands what the lead does not go on to: “logo, two concepts”.
    """
    kept = bare(text)
    out = min((kept.find(mark) for mark in marks.split("|") if mark in kept), default=-1)
    if out < 0:
        kept, apart = priced_apart(kept)
        own = tells_by_itself(kept)
        kept = kept if own else re.sub(rf"^([^,;.]*?\w)\s(?:{again})(?=[,;]|$)", r"\1", kept)
        lead = lead if not label or takes_a_verb(going_on(kept)) else label
        said = _sentence(kept) if own else lead + _behind(kept)
        return f"{said} {_sentence(_inner(apart))}" if apart else said
    start = max(kept.rfind(mark, 0, out) for mark in (", ", ". ", "; "))
    if start < 0:
        return _sentence(with_be(kept))
    rest = with_be(kept[start + 2 :])
    kept, priced = priced_apart(kept[:start])
    included = re.sub(rf"\s(?:{again})$", "", kept)
    said = f"{lead}{_stop(_inner(going_on(included)))}"
    return " ".join((said, *map(_sentence, filter(None, (_inner(priced), rest)))))


@pass_context
def _upon(context: Context, text: str, day: str) -> str:
    """Return «27 ноября закрою проект», «если ответа не будет, 27 ноября закрою проект»."""
    text = _promise(context, text)
    day = at_an_hour(day, text)
    if says_its_day(text):
        return on_a_day(text)
    condition, comma, then = text.partition(", ")
    if comma and is_over(condition) and is_to_come(then):
        return f"{condition}, {day} {then}"
    if not is_condition(text):
        return f"{day} {_told(text)}"
    return f"{condition}, {day} {_told(then)}" if comma else f"{day}: {text}"


def _told(text: str) -> str:
    """Return what is to happen on a day; behind a dash where it has no verb: «— новая смета»."""
    return text if says_something(text) or "—" in text else f"— {as_subject(text)}"


@_apart_from_its_own
def _labelled(text: str, label: str, doing: str = "") -> str:
    """Return a typed text as a sentence, behind a label if it makes none: “last invoice $600”.

    What one is ``doing`` stands behind who does it: “I am | refunding 4 lessons”.
    """
    kept = with_article(with_the(as_open(on_its_day(going_on(bare(text))))))
    if tells(kept) and not lacks_an_article(kept):
        return _sentence(kept)
    return f"{doing} {_stop(kept)}" if doing and is_doing(kept) else f"{label}{_behind(kept)}"


def _behind(text: str) -> str:
    """Return what stands behind a label, whatever was typed: “by Friday — photos”."""
    return _stop(_inner(on_its_day(going_on(bare(text)))))


@_apart_from_its_own
def _things(text: str, lead: str, label: str, opening: str = "") -> str:
    """Return what a sentence leads to where it surely can, and what is noted behind a label.

    “I am handing over the files”, “Handoff: mailing list, logo”, but “I sent the files”.
    """
    kept = going_on(bare(text))
    if is_nothing(kept):
        whole = is_nothing(kept, to_do=True)
        return THERE_IS + _stop(kept) if whole else opening + label + _behind(kept)
    if is_clause(kept):  # “all logins are yours already”
        return _sentence(opening + kept)
    if tells_by_itself(kept) or takes_a_verb(kept):
        return _led(kept, lead, opening)
    return opening + label + _behind(kept)


@_apart_from_its_own
def _ordered(text: str, lead: str, label: str) -> str:
    """Return what one can do, typed as an order, behind who can: “I can | take out the blog”.

    A sentence stays, and what is noted stands behind a label.
    """
    kept = going_on(bare(text))
    kept = said_once(kept, lead + label)
    if is_order(kept):
        return f"{lead} {_stop(without_to(kept))}"
    whole = tells_by_itself(kept) or is_clause(kept)
    return _sentence(kept) if whole else f"{label}{_behind(kept)}"


def _is_being_done(text: str) -> bool:
    """Tell “copying the site”, which a verb takes."""
    return bool(re.match(r"[a-z]{2,}ing [a-z]", text))


def _by_the_way(text: str) -> tuple[str, str]:
    """Return what was asked, and what is told of it besides, as a sentence."""
    asked, besides = own_sentence(bare(text))
    return asked, besides and _sentence(besides)


@_apart_from_its_own
def _leading(text: str, lead: str, label: str) -> str:
    """Return when something is behind its lead, “I’m available | on weekdays”, or a label."""
    kept = going_on(bare(text))
    often, when = how_often(kept)
    if when := as_when(when):
        led, _, last = lead.rpartition(" ")
        return f"{led} {often}{last} {_stop(when)}"
    return f"{label}{_behind(kept)}"


@_apart_from_its_own
def _thanking(text: str, lead: str, article: str, alone: str) -> str:
    """Return what one is thanked for: “Thank you for the cool idea”, “…for being kind”.

    A clause stands behind ``alone``: “Thank you — you always paid on time.”
    """
    kept = without_that(going_on(bare(text)))
    if is_clause(kept):
        return f"{alone}{_stop(kept)}"
    return lead + _stop(as_thanks(kept, article))


def _under(text: str, labels: str) -> str:
    """Return «раз в месяц» for «оплата раз в месяц» behind «оплата:», which has said it.

    ``labels`` are the words that say it, with ``|`` between.
    """
    found = re.match(rf"(?:{labels})(?:[ {NO_BREAK}]—|:)?[ {NO_BREAK}](?=\S)", text, re.IGNORECASE)
    rest = text[found.end() :] if found else text
    return rest if found and ("—" in found[0] or ":" in found[0] or goes_on(rest)) else text


def _quoted(text: str) -> str:
    """Return what was typed in quotation marks, its own being those inside of others."""
    return f"«{text.replace('«', '„').replace('»', '“')}»"


def _run(value: str | Iterable[str]) -> str:
    """Return all in one sentence, without its full stop."""
    return "; ".join(map(going_on, lines(value))).rstrip(".")


# Letters are plain text: escaping would only spoil quotation marks.
_ENVIRONMENT = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False)
_ENVIRONMENT.filters |= {
    "bare": bare,
    "on": going_on,
    "object": as_object,
    "subject": as_subject,
    "deed": as_deed,
    "stop": _stop,
    "sentence": _sentence,
    "led": _led,
    "handed": _handed,
    "each_handed": _each_handed,
    "can": _can,
    "thanked": _thanked,
    "noted": _noted,
    "paid": _paid,
    "something": is_something,
    "ahead": ahead,
    "to_pay": as_payable,
    "quoted": _quoted,
    "under": _under,
    "please": with_please,
    "bullets": _bullets,
    "listed": _listed,
    "inner": _inner,
    "numbered": _numbered,
    "bill": _bill,
    "invoiced": _invoiced,
    "for": with_sum,
    "many": _many,
    "begun": _begun,
    "apart": _apart,
    "upon": _upon,
    "counted": _counted,
    "run": _run,
    "is_deed": is_deed,
    "labelled": _labelled,
    "thanking": _thanking,
    "things": _things,
    "behind": _behind,
    "ordered": _ordered,
    "leading": _leading,
    "by_the_way": _by_the_way,
    "is_less": is_less,
    "is_order": is_order,
    "is_being_done": _is_being_done,
    "takes_a_verb": takes_a_verb,
    "as_doing": as_doing,
    "within": within,
    "tells": tells,
    "by_the_reader": by_the_reader,
    "on_its_day": on_its_day,
    "tells_by_itself": tells_by_itself,
    "aimed": aimed,
    "as_work": as_work,
    "pledged": pledged,
}


@cache
def _template(source: str) -> Template:
    return _ENVIRONMENT.from_string(source)


@cache
def needs(source: str) -> frozenset[str]:
    """Return the variables that a template names. Raises ``TemplateError``."""
    return frozenset(meta.find_undeclared_variables(_ENVIRONMENT.parse(source)))


def render(source: str, values: Mapping[str, object]) -> str:
    """Render a text of the content; values go in as they are and are never read as templates.

    Raises ``TemplateError`` for a variable that is not among the values.
    """
    return _template(source).render(values)
