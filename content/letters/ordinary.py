"""Which typed words are ordinary ones, by the alphabet they are typed in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from babel.lists import format_list

from content.checking.findings import Doubt, Known, Rule
from content.checking.lexicon import SHAPES, read
from content.checking.russian.doubts import doubts as doubts_in_russian
from content.english import doubts as english_doubts
from content.english import hasty as english_in_haste
from content.english import notes, tense
from content.english import words as english
from content.models import RUSSIAN, Language
from content.russian import hasty, lexicon, telling
from content.russian import words as russian
from content.russian.slips import spelled_out
from content.russian.spelling import is_russian
from content.wordlists import OrdinaryWords


def is_ordinary(word: str, rest: str) -> bool:
    """Tell whether a word in small letters is no name; ``rest`` follows it: «любовь к деталям»."""
    if not is_russian(word):
        return english.is_ordinary(word, rest)
    return russian.is_ordinary(word, rest)


def calmed(word: str, *, begins: bool, sure: bool) -> str:
    """Return a word in capitals as a sentence has it; «НДС» and “PDF” stay.

    ``sure``: all of the text is in capitals.
    """
    return word if not is_russian(word) else russian.calmed(word, begins=begins, sure=sure)


def says_something(text: str) -> bool:
    """Tell whether a clause has a verb, or is in a language that nothing here can read."""
    return not is_russian(text) or russian.says_something(text)


def begins_with_a_thing(text: str) -> bool:
    """Tell whether a Russian text begins with what it is of, not with when or how."""
    return is_russian(text) and russian.begins_with_a_thing(text)


@cache
def next_things() -> re.Pattern[str]:
    """Return what finds the first word of each next thing in a list."""
    behind = "|".join(rf"(?<= {re.escape(joint)} )" for joint in _joints())
    return re.compile(rf"(?:(?<=[,;] )|{behind})[^\W\d_]+")


def as_request(text: str) -> str:
    """Return what somebody is asked to do as what is needed of them; only for Russian."""
    return text if text.isascii() else russian.as_request(text)


def as_team(text: str) -> str:
    """Return what somebody typed of themselves as a team says it."""
    return russian.as_team(text) if is_russian(text) else english_in_haste.as_team(text)


def addressed(text: str) -> str:
    """Return “if you order” for “if they order”, said of the reader; only for English."""
    return text if is_russian(text) else english_in_haste.addressed(text)


def days_in_words(text: str) -> str:
    """Return a Russian text with «до 5 декабря» for «до 5.12»."""
    return text if not is_russian(text) else russian.days_in_words(text)


def in_full(text: str) -> str:
    """Return a Russian text with «до пятницы» for «до пт», and without its other slips."""
    return spelled_out(text) if is_russian(text) else text


def in_a_row(things: Sequence[str]) -> str:
    """Return things as a list in their own language: «логотип, визитка и баннер»."""
    english = not any(map(is_russian, things))
    return format_list(things, locale="en" if english else RUSSIAN)


def tells_by_itself(text: str) -> bool:
    """Tell a clause that is a sentence of its own, «отдам файлы», “I sent them”, from a thing."""
    if is_russian(text):
        return telling.tells_by_itself(text)
    return english_in_haste.tells_by_itself(text)


def feels(text: str) -> bool:
    """Tell whether a Russian clause says how it was for its writers: «мне было интересно»."""
    return is_russian(text) and telling.feels(text)


def handed(thing: str) -> str:
    """Return a thing of a list without the verb that the list leads to; only for Russian."""
    return russian.as_subject(telling.handed(thing)) if is_russian(thing) else thing


def is_deed(text: str) -> bool:
    """Tell whether a Russian text begins with what can be done: «сделать два варианта»."""
    return is_russian(text) and telling.is_deed(text)


def is_condition(text: str) -> bool:
    """Tell whether a Russian text begins with a condition: «если ответа не будет»."""
    return is_russian(text) and telling.is_condition(text)


def is_to_come(text: str) -> bool:
    """Tell whether a Russian clause is of later: «закончу к пятнице»."""
    return is_russian(text) and telling.is_to_come(text)


def is_over(text: str) -> bool:
    """Tell whether a Russian clause is of what was done: «уже переделала»."""
    return is_russian(text) and telling.is_over(text)


def by_tense(text: str) -> Iterator[tuple[str, bool]]:
    """Yield a text, in parts where they are of several times, and whether each is over."""
    return iter([(text, telling.is_over(text))]) if is_russian(text) else tense.by_tense(text)


def with_please(text: str) -> str:
    """Return «пришлите, пожалуйста, фото» for «пришлите фото»; only for Russian."""
    return telling.with_please(text) if is_russian(text) else text


def tells(text: str) -> bool:
    """Tell whether a text makes a sentence: “last invoice $600” does not; Russian always does."""
    return is_russian(text) or english_in_haste.tells(text)


def with_be(text: str) -> str:
    """Return “furniture is not included” for “furniture not included”; only for English."""
    return text if is_russian(text) else english_in_haste.with_be(text)


def as_called(name: str) -> str:
    """Return «Марина» for «Марине»; only for Russian."""
    return russian.as_called(name) if is_russian(name) else name


def is_called_so(word: str) -> bool:
    """Tell whether a Russian word calls somebody by what they are: «Директор», not «Лев»."""
    small = word.lower()
    called = is_russian(word) and is_ordinary(small, "") and russian.may_be_greeted(small)
    return called and word == small.capitalize()


def own_sentence(text: str) -> tuple[str, str]:
    """Return an answer and the sentence typed behind its comma; only for English."""
    return (text, "") if is_russian(text) else english_in_haste.own_sentence(text)


def pledged(text: str, day: str, who: str, label: str) -> str:
    """Return “By May 4, I will send it” for “send it”; only for English."""
    if is_russian(text):
        return f"{day}, {text}"
    return english_in_haste.pledged(text, day, who, label)


def within(text: str) -> str:
    """Return «в течение двух часов», “within 24 hours” for a time alone; else what was typed."""
    return russian.within(text) if is_russian(text) else english_in_haste.within(text)


def with_the(text: str) -> str:
    """Return “the last invoice” for “last invoice”; only for English."""
    return text if is_russian(text) else english_in_haste.with_the(text)


def takes_a_verb(text: str) -> bool:
    """Tell “the files” and “files and logins”, to which a lead goes on, from what is noted."""
    return is_russian(text) or notes.takes_a_verb(text)


def as_thanks(text: str, article: str) -> str:
    """Return what one is thanked for behind “for”: “your patience”; only for English."""
    return text if is_russian(text) else notes.as_thanks(text, article)


def how_often(text: str) -> tuple[str, str]:
    """Return “usually ” and the rest, or "" and the whole; only for English."""
    return ("", text) if is_russian(text) else english_in_haste.how_often(text)


def as_when(text: str) -> str:
    """Return a time behind what is so then, “on weekdays”, and "" for others; only for English."""
    return "" if is_russian(text) else english_in_haste.as_when(text)


def as_doing(text: str) -> str:
    """Return “editing the podcast” for “to edit the podcast”; only for English."""
    return text if is_russian(text) else notes.as_doing(text)


def without_to(text: str) -> str:
    """Return “edit the podcast” for “to edit the podcast”; only for English."""
    return text if is_russian(text) else english_in_haste.without_to(text)


def is_less(text: str) -> bool:
    """Tell what is to be less, “fewer pages”, from what is left out; only for English."""
    return not is_russian(text) and english_in_haste.is_less(text)


def is_doing(text: str) -> bool:
    """Tell what one is doing, “refunding 4 lessons”, from a thing; only for English."""
    return not is_russian(text) and english_in_haste.is_doing(text)


def aimed(text: str) -> str:
    """Return “for people to see the price” for “people to see the price”; only for English."""
    return text if is_russian(text) else notes.aimed(text)


def is_clause(text: str) -> bool:
    """Tell “you always paid on time” from “the way you paid”; only for English."""
    return not is_russian(text) and notes.is_clause(text)


def without_that(text: str) -> str:
    """Return “you paid on time” for “that you paid on time”; only for English."""
    return text if is_russian(text) else notes.without_that(text)


def is_order(text: str) -> bool:
    """Tell “take out the blog” from “the blog”; only for English."""
    return not is_russian(text) and english_in_haste.is_order(text)


def is_joint(word: str) -> bool:
    """Tell whether a word joins two names."""
    return word in _joints()


@cache
def _joints() -> frozenset[str]:
    return frozenset(joint for each in of_all_languages() for joint in each.joints)


def named(text: str, *, people: bool) -> str:
    """Return a text with the names of people big: «с ваней», «елена викторовна», “joan pike”.

    ``people``: it answers a question about them.
    """
    if not is_russian(text):
        return notes.named(text) if people else text
    return russian.named(text, sure=0.5) if people else russian.named(text)


def with_first_names(text: str) -> str:
    """Return a Russian text with those words big that are first names and nothing else: «Ваня»."""
    return russian.with_first_names(text) if is_russian(text) else text


def told(note: str, *, dated: bool) -> str | None:
    """Return an English note as a sentence that its reader can read: “two pages were added”.

    None for what speaks of them and cannot be said otherwise: “came home early”.
    """
    return note if is_russian(note) else notes.told(note, dated=dated)


def of_the_reader(fact: str, contact: str) -> str:
    """Return “he was late” for “Paul was late”, where Paul is who reads it."""
    name = contact.rpartition(" ")[2]
    if is_russian(fact) or not name.isalpha() or english.is_listed(name.lower()):
        return fact
    called = rf"(?i)(?<![\w’'-])(?:(?:mr|mrs|ms|dr)\.? )?{name} (?=[a-z])"
    return re.sub(called, "he ", fact, count=1)


def speaks_of_the_reader(answer: str) -> bool:
    """Tell whether an English answer tells its reader of themselves: “he paid half”."""
    return not is_russian(answer) and notes.speaks_of_the_reader(answer)


def is_a_thing(word: str) -> bool:
    """Tell whether a small word is of a thing or a place and calls nobody: «бар», “school”."""
    return russian.is_a_thing(word) if is_russian(word) else english.is_listed(word)


def may_be_greeted(word: str) -> bool:
    """Tell whether a small word may call somebody as it is: «капитан», not «света»."""
    return not is_russian(word) or russian.may_be_greeted(word)


def punctuated(text: str) -> str:
    """Return a text with the commas, the «ё» and the capitals that a thumb leaves out."""
    return hasty.punctuated(text) if is_russian(text) else english_in_haste.mended(text)


def with_a_dash(text: str, money: str) -> str:
    """Return a text in which a sum stands apart from its thing; ``money``: what it is in."""
    return (
        english_in_haste.with_a_comma(text, money)
        if not is_russian(text)
        else hasty.with_a_dash(text, money)
    )


def unsure(
    text: str, language: Language, known: Known, *, money: bool = False, event: bool = False
) -> Iterator[Doubt]:
    """Yield what only its writer can mend: “18 pages on 25”, «экран который»."""
    if language == RUSSIAN:
        yield from (Doubt(Rule.UNSURE, *each) for each in hasty.unsure(text))
    else:
        yield from (Doubt(Rule.UNSURE, *each.span()) for each in english_in_haste.unsure(text))
        yield from english_doubts.doubts(text, known, money=money, event=event)


def is_rough(typed: str) -> bool:
    """Tell what was typed as in a chat: “refund u half, thats it”; only for English."""
    return not is_russian(typed) and english_doubts.is_rough(typed)


def doubtful(answer: str, language: Language) -> Iterator[Doubt]:
    """Yield what of a typed Russian answer only its writer can mend: «макет готов шрифт нет»."""
    return doubts_in_russian(answer) if language == RUSSIAN else iter(())


def priced_apart(text: str) -> tuple[str, str]:
    """Return what a Russian text includes, and what of it costs more: «третий — 5000 ₽»."""
    return russian.priced_apart(text) if is_russian(text) else (text, "")


def is_a_rate(text: str) -> bool:
    """Tell whether a Russian text behind a number says what is paid for each: «за выпуск»."""
    return russian.is_a_rate(text)


def is_paid_each(text: str) -> bool:
    """Tell «раз» alone behind a sum, each of which is paid: «2700 раз, оплата в тот же день»."""
    return is_russian(text) and russian.is_paid_each(text)


def as_occupation(jobs: str, text: str) -> str:
    """Return how a letter goes on to work that has no name of its own: «уроки», “the website”.

    Empty where the text names none.
    """
    if is_russian(text):
        return russian.as_occupation(jobs, text)
    return english.as_occupation(jobs, text)


def as_deed(text: str) -> str:
    """Return what one can do, where perhaps a thing was named; only for Russian."""
    return text if not is_russian(text) else russian.as_deed(text)


def goes_on(text: str) -> bool:
    """Tell whether a Russian text may stand behind a label: «раз в месяц», not «половины»."""
    word = text.partition(" ")[0].lower()
    return word[:1].isdigit() or (is_russian(word) and russian.is_no_genitive(word))


def may_be_done(text: str) -> bool:
    """Tell what goes on after «могу», a deed or a thing that is offered, from «в январе»."""
    return not is_russian(text) or is_deed(text)


def as_promise(text: str, *, several: bool) -> str:
    """Return «отправлю архив» for «отправить архив»; only for Russian."""
    return russian.as_promise(text, several=several) if is_russian(text) else text


def says_its_day(text: str) -> bool:
    """Tell whether a Russian text says when: «до 5 декабря пришлю», not «акт от 5 декабря»."""
    return is_russian(text) and russian.says_its_day(text)


def on_a_day(text: str) -> str:
    """Return «10 декабря — новый эскиз» for «10 декабря новый эскиз»; only for Russian."""
    return russian.on_a_day(text) if is_russian(text) else text


def is_when(text: str) -> bool:
    """Tell whether a Russian text is a clause of when or whether: «когда освобожусь»."""
    return is_russian(text) and telling.is_when(text)


def is_something(text: str) -> bool:
    """Tell whether an answer names anything: «ничего» and «не нужно» do not."""
    return text.strip(" .!").lower() not in lexicon.grammar().nothing


def ahead(text: str) -> str:
    """Return «за сутки» for «сутки», a time alone; only for Russian."""
    return russian.ahead(text) if is_russian(text) else text


def as_payable(text: str) -> str:
    """Return «к оплате половина» for «половина», a part or a sum alone; only for Russian."""
    amount = re.match(rf"\d|(?:{'|'.join(lexicon.grammar().parts)})\b", text.lower())
    return f"{lexicon.grammar().payable} {text}" if amount else text


def with_parts_of_a_sum(text: str) -> str:
    """Return «95 000 ₽, из них 30 000 ₽ сразу» for «95 000 ₽: 30 000 ₽ сразу»; only for Russian."""
    return russian.with_parts_of_a_sum(text) if is_russian(text) else text


def for_things(text: str) -> str:
    """Return «за 8 уроков» for «8 уроков», "" for «8 от 1 ноября»; only for Russian."""
    return russian.for_things(text) if is_russian(text) else ""


def set_apart(text: str) -> tuple[str, str]:
    """Return what one is thanked for, and what a Russian goes on to tell of themselves."""
    return telling.set_apart(text) if is_russian(text) else (text, "")


def with_its_bill(text: str) -> str:
    """Return «счёт закрыт» for «закрыт»; only for Russian."""
    return telling.with_its_bill(text) if is_russian(text) else text


def of_nothing(text: str) -> str | None:
    """Return what a Russian answer says beside «ничего», None for one that hands something over."""
    return telling.of_nothing(text) if is_russian(text) else None


def is_bent(word: str) -> bool:
    """Tell whether a word in small letters has other forms where a sentence goes on to it."""
    return is_russian(word) and word not in lexicon.ordinary().unbent


def is_shortened(text: str) -> bool:
    """Tell whether a text ends with a word whose full stop is its own."""
    return bool(_shortened().search(text.casefold()))


def is_firm(name: str) -> bool:
    """Tell whether it names a firm and nothing else: no remark in brackets or after a comma."""
    return bool(_firm().search(name.casefold())) and not set("(,") & set(name)


def as_firm(name: str) -> str:
    """Return «ООО „Ветер“» for «ооо ветер», "" for what does not begin with a form of a firm."""
    form, _, rest = name.partition(" ")
    if is_russian(name) and russian.is_called_firm(name):
        return russian.named(name, sure=0.5)
    if not rest or not any(form.lower() in each.forms_of_firms for each in of_all_languages()):
        return ""
    plain = is_russian(rest) and rest.isalpha()
    return f"{form.upper()} «{rest[:1].upper()}{rest[1:]}»" if plain else f"{form.upper()} {rest}"


def of_all_languages() -> list[OrdinaryWords]:
    """Return what each language tells: an answer may be typed in another than the letter's."""
    return [read(language, files["ordinary"]) for language, files in SHAPES.items()]


@cache
def _shortened() -> re.Pattern[str]:
    ends = (re.escape(end) for each in of_all_languages() for end in each.shortened)
    return re.compile(rf"\b(?:{'|'.join(ends)})$".replace(r"\ ", r"[ \u00a0]?"))


@cache
def _firm() -> re.Pattern[str]:
    whole = "|".join(form for each in of_all_languages() for form in each.forms_of_firms)
    starts = "|".join(start for each in of_all_languages() for start in each.firms)
    return re.compile(rf"«[^»]+»|„[^“]+“|“[^”]+”|\"[^\"]+\"|\b(?:{whole})\b|\b(?:{starts})")
