"""Sums in typed answers: how they are written, and those of which nobody has said the currency."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial
from typing import NamedTuple

from babel import Locale

from content.letters.models import BlankText, TypedForLetters
from content.letters.ordinary import is_a_rate, is_paid_each
from content.models import Language
from content.russian.spelling import is_russian
from content.russian.words import is_counted
from content.typography import NO_BREAK
from content.vocabulary import START, one_of, plain

_SMALLEST, _THOUSAND, _ROUND = 100, 1000, 50
"""What is less than the first is a number of things; among other words, than the second."""
_CENTS = r"(?:[.,]\d\d(?!\d))?"
_GROUPED = (
    rf"(?:[1-9]\d{{0,2}}(?:[\u00a0\u202f ]\d{{3}})+|[1-9]\d{{0,2}}(?:[.,]\d{{3}})+)(?!\d){_CENTS}"
)
_THREE = re.compile(r"[.,](?=\d{3}(?!\d))")
_SHORT = 3
"""Letters of a small word, behind which a number may be of anything: «с 1 000 до 2 000 знаков»."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_END = re.compile(r"[.!?]\s+|[;\n]")
_WORD = re.compile(r"[^\W\d_]+")
_LAST = re.compile(r"([^\W\d_]+|[:,;(—–+-])[\s\u00a0]*\Z")
_PARTS = frozenset(":,;(—–+-")


def tells_of_a_debt(typed: TypedForLetters, fact: str) -> bool:
    """Tell whether a fact says that money has not come: «счёт до сих пор не оплачен»."""
    late = rf"{one_of(typed.money)}[^.;\n]*{one_of(typed.unpaid)}"
    return bool(re.search(rf"{late}|{one_of(typed.not_paid)}", plain(fact)))


def without_sum(typed: TypedForLetters, bill: str, blanks: Mapping[str, BlankText]) -> str:
    """Return the number of an invoice without what it is for, which another answer tells."""
    leads = "|".join(re.escape(each) for blank in blanks.values() for each in blank.lead)
    scale, currency = (
        one_of(each).replace(START, "") for each in (typed.thousand, typed.currencies)
    )
    amount = rf"(?:[$€£¥₽]\s?)?\d[\d\s\u00a0.,]*(?:\s?{scale}\.?)?(?:\s?{currency}\.?)?"
    found = re.search(rf"(?i),?\s(?:{leads})\s{amount}\s*\Z", bill)
    return bill[: found.start()] if found and bill[: found.start()].strip() else bill


def without_beside(typed: TypedForLetters, sum_: str) -> str:
    """Return “2,200” for “2,200 still”."""
    return re.sub(rf"\s*(?:{one_of(typed.beside_sum)})(?!\w)[\s,]*", " ", sum_).strip()


def unpriced(
    typed: TypedForLetters, text: str, *, money: bool, more: bool = False
) -> Iterator[re.Match[str]]:
    """Yield the sums of a text that are surely sums and have no currency: «38 тыс», «за 1500».

    ``money``: the text answers a question about money, and names a currency for all its sums;
    ``more``: yield those too that have it from another one.
    """
    if money and not more and _currencies(typed.currencies).search(plain(text)):
        return  # «200 евро, 100 сразу»: it has been said
    for found in _numbers(typed.thousand, typed.currencies).finditer(plain(text)):
        said = _going_on(text[: found.start()])
        if _is_sum(typed, plain(said), found, money=money):
            yield found


def _going_on(text: str) -> str:
    """Return the sentence that a text breaks off in; one ends before no small letter."""
    ends = [
        found.end()
        for found in _END.finditer(text)
        if found[0] in {";", "\n"} or text[found.end() : found.end() + 1].isupper()
    ]
    return text[ends[-1] :] if ends else text


def _is_sum(typed: TypedForLetters, said: str, found: re.Match[str], *, money: bool) -> bool:
    value, scale = _value(found["number"]), bool(found["scale"])
    after = found.string[found.end() :].partition("\n")[0]
    parts = scale or (money and re.match(r":\s+\d", after))
    after = after.lstrip(":") if parts else after  # «180 тыс: 60 сразу»
    rate = bool(re.match(rf"\s*{one_of(typed.rates)}", after)) or is_a_rate(after)
    flat = re.match(rf"\s*{one_of(typed.flat)}\s*(?:[,.;:)]|$)", after)
    if value < 1 or (flat and value >= _SMALLEST):
        return bool(rate or flat)  # “0.12 a word”, “900 total”
    priced_by = bool(re.search(rf"{one_of(typed.before_price)}\s*\Z", said))
    sure = money and (rate or priced_by or value % _ROUND == 0)  # «по 2000 за занятие»
    year = not scale and not sure and _YEAR.fullmatch(found["number"])
    whole = _THOUSAND if scale else value
    grouped = bool(re.search(r"\d[\s\u00a0\u202f]\d", found["number"]))
    led = re.search(rf"{one_of(typed.beside_price)}\s*\Z", said) is not None
    if (
        year
        or (led and _BEFORE_A_SUM.match(after))
        or re.search(rf"{one_of(typed.currencies)}\s*\Z", said)  # “EUR 600”
        or _is_a_number(typed, said, whole, grouped=grouped)
        or (not rate and _counts(typed, after, whole) and not (money and is_paid_each(after)))
    ):
        return False
    word = _LAST.search(said)
    before = word[1] if word else ""
    apart = not before or before in _PARTS
    ends = bool(re.match(rf"\s*(?:[,.;:)—–]|$|{one_of(typed.after_price)})", after))
    if money:
        counted = bool(_currencies(typed.currencies).search(found.string))  # “4 a month, $750”
        costs = typed.flat != "-" and (
            re.fullmatch(one_of(typed.beside_price), before)
            or re.search(rf"{one_of(typed.price_words)},?\s*\Z", said)  # “the full price, 60”
        )
        closed = ends if value >= _SMALLEST else re.match(r"\s*(?:[,.;:)—–]|$)", after)
        told = bool(costs and closed and value > _FEW)  # “a redo is 45”, not “for 12 in May”
        told = told or (not counted and value > _FEW and _by_piece(typed, after))
        return told or scale or value >= _SMALLEST or (not before and rate and not counted)
    # “for 120” may be guests, and “4k” pixels, where nothing in English speaks of money.
    sure = not typed.signs or not (scale or led)
    named = priced_by and sure
    told = bool(re.search(one_of(typed.price_words), said))
    rated = re.search(rf"{one_of(typed.rates)}\s*\Z", said)  # «8 постов в месяц 24 000»
    if scale or (rate and (value >= _SMALLEST or told)) or (rated and value >= _THOUSAND):
        return told or named or (ends and sure)
    if apart and value >= _SMALLEST:
        among = re.search(r"(?<![^\W\d_])\d\W*\Z", said)  # «кабинеты 200, 250»
        alone = bool(before) and not after and value % _ROUND == 0
        return ends and not among and (told or alone or value >= _THOUSAND)
    near = re.fullmatch(f"{one_of(typed.beside_price)}|{one_of(typed.price_words)}", before)
    beside = told and near is not None and value >= _THOUSAND
    last = grouped and ends and value % _ROUND == 0 and len(before) > _SHORT  # «шары 68 000»
    return beside or last or (named and ends and value >= _SMALLEST)


_BEFORE_A_SUM = re.compile(r",\s*[$€£¥₽]")
"""“Cake for 90, €620”: what stands before it is no sum, though “for” leads to it."""
_BEHIND_A_SUM = re.compile(r"[$€£¥₽]\s?\d[\d.,]*,\s\Z")


def _by_piece(typed: TypedForLetters, after: str) -> bool:
    """Tell whether a number has a rate behind it that no number of things has: “40 an hour”."""
    found = re.match(rf"\s*{one_of(typed.rates)}", after) if typed.of_time != "-" else None
    return found is not None and not re.fullmatch(one_of(typed.of_time), found[0].strip())


def _value(number: str) -> float:
    digits = re.sub(r"[^\d.,]", "", number)
    return float(re.sub(r"(?<!^0)[.,](?=\d{3})", "", digits).replace(",", "."))


def _is_a_number(typed: TypedForLetters, said: str, value: float, *, grouped: bool) -> bool:
    """Tell whether something is called so, or so many: «счёт 112», but not «счёт 25 000»."""
    if re.search(rf"{one_of(typed.reached)}\s*\Z", said):
        return True
    called = re.search(rf"({one_of(typed.numbered)})\s*\Z", said)
    if called is None or grouped or re.search(rf"{one_of(typed.last)}\s+\w+\s*\Z", said):
        return False
    bill = re.fullmatch(one_of(typed.price_words), called[1])
    return bill is None or value < _THOUSAND or value % _SMALLEST > 0


def _counts(typed: TypedForLetters, after: str, value: float) -> bool:
    """Tell whether what follows a number is what it counts: «5000 знаков», “300 words”."""
    if after[:1] and after[0] in "%:+-–":
        return True
    word = _WORD.match(after.lstrip())
    if word is None or re.fullmatch(one_of(typed.price_words), word[0]):
        return False  # «15 000 предоплаты»
    if not is_russian(word[0]):
        return not re.fullmatch(one_of(typed.after_price), word[0])
    return bool(re.fullmatch(one_of(typed.units), word[0])) or is_counted(word[0], value)


@cache
def _numbers(thousand: str, currencies: str) -> re.Pattern[str]:
    currency = one_of(currencies).replace(START, r"(?<![^\W\d])")
    scale = one_of(thousand).replace(START, "")
    number = rf"{_GROUPED}|0\.\d{{1,3}}|[1-9]\d*(?:[.,]\d+(?=\s?{scale}))?"
    return re.compile(
        rf"(?<![\w.,№#/$€£¥₽-])(?<!№\s)(?<!№\u00a0)(?P<number>(?>{number}))(?:\s?(?P<scale>{scale}\.?(?:[\s\u00a0]\d{{3}}(?!\d))?))?+"
        rf"(?![\w№]|[.,/]\d|\s?{currency})"
    )


@cache
def _currencies(forms: str) -> re.Pattern[str]:
    currency = one_of(forms).replace(START, r"(?<![^\W\d])")
    return re.compile(rf"\d(?:k\s)?\s?(?P<behind>{currency})|(?P<before>[$€£¥₽])\s?\d")


def named_currency(typed: TypedForLetters, texts: Iterable[str]) -> str:
    """Return the currency in which some answers name sums, "" where they name none or several."""
    currency = one_of(typed.currencies).replace(START, r"(?<![^\W\d])")
    scale = one_of(typed.thousand).replace(START, "")
    written = re.compile(
        rf"\d(?:[\s\u00a0]?(?:{scale})\.?)?[\s\u00a0]?({currency})|([$€£¥₽])\s?\d", re.IGNORECASE
    )
    said = (plain(spelled(typed, text, money=True)) for text in texts)  # no «т.р» of «160 т.р»
    found = (each[1] or each[2] for text in said for each in written.finditer(text))
    named = {_as_offered(typed, each) for each in found}
    return named.pop() if len(named) == 1 else ""


def _as_offered(typed: TypedForLetters, currency: str) -> str:
    ways = (mark for mark, forms in typed.same.items() if re.fullmatch(one_of(forms), currency))
    return next(ways, currency)


def _said_first(typed: TypedForLetters, text: str) -> str:
    """Return the currency that an answer names for all its sums, “” where it names none or two."""
    found = [*_currencies(typed.currencies).finditer(text)]
    named = {each[each.lastgroup or 0] for each in found}
    return named.pop() if len(named) == 1 else ""


def signed(typed: TypedForLetters, text: str, *, money: bool) -> str:
    """Return sums with the sign of their currency before them: “£1,150” for “1,150 quid”.

    “$1.8k” is “$1,800”; ``money``: the text answers a question about money, so that pounds are no
    weight.
    """
    if typed.signs:  # “4.250,00 EUR”
        text = _EUROPEAN.sub(lambda sum_: f"{sum_[1].replace('.', ',')}.{sum_[2]}", text)
    for forms, sign in typed.signs.items():
        said = []
        end = 0
        for found in _worded(forms).finditer(text):
            if found["sign"] or money or not _may_be_weight(typed, found):
                amount = _grouped(found["sum"]) if found["sum"] else ""
                said += [text[end : found.start()], found["sign"] or sign + amount]
                end = found.end()
        text = "".join([*said, text[end:]])
    return _in_thousands(typed.currencies).sub(_whole, text) if typed.signs else text


_EUROPEAN = re.compile(r"(?<![\d.,])(\d{1,3}(?:\.\d{3})+),(\d\d)(?!\d)")


@cache
def _worded(forms: str) -> re.Pattern[str]:
    words = one_of(forms).replace(START, "")
    codes = "|".join(each for each in forms.split("|") if each.isalpha() and len(each) == _CODE)
    return re.compile(
        rf"(?<![\w.,/$€£#-])(?P<sum>{_GROUPED}|[1-9]\d*(?:[.,]\d{{1,2}}(?!\d))?k?)[\s\u00a0-]?(?P<word>{words})(?!\w)"
        rf"|(?<!\w)(?P<sign>[$€£])[\s\u00a0]+(?=\d)"
        rf"|(?<![\w.,-])(?:{codes or '(?!)'})[\s\u00a0](?=\d)",
        re.IGNORECASE,
    )


def _may_be_weight(typed: TypedForLetters, found: re.Match[str]) -> bool:
    told = re.search(rf"{one_of(typed.before_price)}\s*\Z", plain(found.string[: found.start()]))
    word = plain(found["word"] or "")
    return not told and bool(re.fullmatch(one_of(typed.weighed), word))


_CODE = 3
"""Letters of the code of a currency."""
_COMMA_OF_CENTS = re.compile(r",(?=\d{1,2}(?:k|$))", re.IGNORECASE)


def _grouped(amount: str) -> str:
    amount = _COMMA_OF_CENTS.sub(".", re.sub(r"[\s\u00a0\u202f]", "", amount))
    return f"{int(amount):,}" if amount.isdigit() else amount


@cache
def _in_thousands(currencies: str) -> re.Pattern[str]:
    currency = one_of(currencies).replace(START, "")
    return re.compile(
        rf"(?<=[$€£])(\d+(?:\.\d{{1,2}})?)k\b|(?<![\w.,])(\d+(?:\.\d{{1,2}})?)k(?= ?{currency})",
        re.IGNORECASE,
    )


def _whole(found: re.Match[str]) -> str:
    return f"{round(float(found[1] or found[2]) * _THOUSAND):,}"


def priced(
    typed: TypedForLetters, text: str, currency: str, language: Language, *, money: bool
) -> str:
    """Return a text whose sums say in which currency they are: the first's, or this one."""
    said = _said_first(typed, text) if money and typed.signs else ""
    if said:
        currency = said
    elif not currency or (money and _currencies(typed.currencies).search(plain(text))):
        return text
    mark = str(Locale.parse(language.replace("-", "_")).number_symbols["latn"]["group"])
    for found in reversed([*unpriced(typed, text, money=money, more=bool(said))]):
        amount = _THREE.sub(mark, text[found.start() : found.end()])
        said = in_currency(amount, currency, language)
        text = text[: found.start()] + said + text[found.end() :]
    return text


def _in_thousands_too(typed: TypedForLetters, text: str) -> str:
    """Return «180 тыс.: 60 тыс. сразу» for «180 тыс.: 60 сразу»: a part of a sum is told as it is.

    Only of an answer about money, and of what is less than the sum before it and counts nothing.
    """
    whole = re.search(rf"(\d+)[\s\u00a0]?(?P<scale>{_scale(typed)}\.?)", text, re.IGNORECASE)
    if whole is None:
        return text
    for found in reversed([*_numbers(typed.thousand, typed.currencies).finditer(plain(text))]):
        after = plain(text[found.end() :])
        part = re.match(rf"\s*{one_of(typed.part)}", after) or re.search(
            rf"{one_of(typed.part_of)}\s*\Z", plain(text[: found.start()])
        )
        less = found.start() > whole.end() and _FEW < _value(found["number"]) < int(whole[1])
        if part and less and not found["scale"]:
            before, amount = text[: found.start()], text[found.start() : found.end()]
            named = re.search(rf"{one_of(typed.part_of)}\s\Z", plain(before))
            if not named and re.search(rf"{one_of(typed.part)}(?:\s\w+)?\s\Z", plain(before)):
                before = f"{before.rstrip()}, "
            text = f"{before}{amount}{NO_BREAK}{whole['scale']}{text[found.end() :]}"
    return text


_FEW = 9
"""Thousands; so many may be counted: «за 8 постов, 2 потом»."""


def with_one_mark(typed: TypedForLetters, texts: Iterable[str]) -> Callable[[str], str]:
    """Return what writes a currency as one letter does all along: no «руб.» beside «₽»."""
    whole = "\n".join(texts)
    ways = [way for way in _ways(tuple(typed.same.items()), typed.thousand) if way.mixed(whole)]

    def written(text: str) -> str:
        for way in ways:
            text = way.behind.sub(way.said, way.before.sub(way.said, text))
        return text

    return written


class _Way(NamedTuple):
    """How sums of one currency are found, and how they are written."""

    before: re.Pattern[str]
    """“$600”"""
    behind: re.Pattern[str]
    """«600 долларов»"""
    marked: re.Pattern[str]
    """«600 $»"""
    said: str

    def mixed(self, text: str) -> bool:
        return sum(bool(each.search(text)) for each in self[:3]) > 1


@cache
def _ways(marks: tuple[tuple[str, str], ...], thousand: str) -> tuple[_Way, ...]:
    scale = rf"(?:[\s\u00a0]?{one_of(thousand).replace(START, '')}\.?)?"
    return tuple(
        _Way(
            re.compile(rf"(?<![\w\u00a0]){mark}(\d+(?:[\s\u00a0]\d{{3}})*(?:[.,]\d+)?{scale})"),
            re.compile(
                rf"(\d{scale})[\s\u00a0]?(?:{one_of(words).replace(START, '')})(?!\w)\.?",
                re.IGNORECASE,
            ),
            re.compile(rf"\d{scale}[ \u00a0]?{mark}"),
            rf"\1{NO_BREAK}{each}",
        )
        for each, words in marks
        for mark in [re.escape(each)]
    )


def _scale(typed: TypedForLetters) -> str:
    return one_of(typed.thousand).replace(START, "")


def in_one_currency(typed: TypedForLetters, text: str) -> str:
    """Return «600 руб. за товар, аванс 3000 руб.»: what one sum says, the next one may leave out.

    Only of an answer about money, and only where a number can be nothing but a sum.
    """
    currency = one_of(typed.currencies).replace(START, r"(?<![^\W\d])")
    scale = one_of(typed.thousand).replace(START, "")
    written = rf"\d(?:[\s\u00a0]?{scale}\.?)?[\s\u00a0]?(?P<sign>{currency}\.?)"
    behind = re.search(written, text, re.IGNORECASE)
    thousands = re.search(rf"\d[\s\u00a0]?{scale}", text, re.IGNORECASE)
    before = re.search(r"(?P<sign>[$€£¥₽])\s?\d", text)
    said = behind or before
    if said is None:
        return text
    for found in reversed([*_numbers(typed.thousand, typed.currencies).finditer(plain(text))]):
        start, end = found.span()
        ends = re.match(rf"\s*(?:[,.;)]|$|{one_of(typed.after_price)})", plain(text[end:]))
        value = _value(found["number"])
        led = plain(text[:start])
        things = 1 <= value <= _FEW or _is_a_number(typed, led, value, grouped=False)
        things = things or _BEFORE_A_SUM.match(text, end) is not None
        price = not things and re.search(rf"{one_of(typed.before_price)}\s*\Z", led)
        one = len({*re.findall("[$€£¥₽]", text)}) == 1 and value % _ROUND == 0
        part = one and value >= _SMALLEST and _BEHIND_A_SUM.search(led)
        other = re.search(rf"{currency}\s*\Z", led)
        alone = value >= _THOUSAND and value % _ROUND == 0 and not _YEAR.fullmatch(found["number"])
        if thousands and not found["scale"] and value < _THOUSAND:
            continue  # «работа 120 тыс. ₽, аванс 30»: thousands, most likely
        if ends and not other and (price or part or found["scale"] or alone):
            sign = said["sign"]
            amount = f"{text[start:end]}{NO_BREAK}{sign}" if behind else f"{sign}{text[start:end]}"
            text = text[:start] + amount + text[end:]
    return text


def in_currency(amount: str, currency: str, language: Language) -> str:
    """Return an amount with its currency on the side where the language has it."""
    before = Locale.parse(language.replace("-", "_")).currency_formats["standard"].pattern[0] == "¤"
    if not before:
        return f"{amount}{NO_BREAK}{currency}"
    return f"{currency}{NO_BREAK if currency.isalpha() else ''}{amount}"


def spelled(typed: TypedForLetters, text: str, *, money: bool = False) -> str:
    """Return a text with short forms beside numbers written out: «38 тыс. руб.» for «38 т.р».

    ``money``: the text answers a question about money, so that «45т за ролик» is no weight.
    """
    letters = "|".join(one_of(each).replace(START, "") for each in typed.of_money) or "(?!)"
    rated = re.search(rf"\d\s?(?:{letters})\.?\s(?:{one_of(typed.rates)})", text) is not None
    for form, written in typed.of_money.items() if money or rated else ():
        short = rf"(?<=\d)\s?{one_of(form).replace(START, '')}(?!\w|\.\s?\w)(?=(?:\s(\w+))?)"
        text = re.sub(short, partial(_of_money, written), text)
    if pixels := None if money else _pixels(typed.pixels, typed.currencies).search(text):
        before, behind = text[: pixels.start()], text[pixels.end() :]
        return f"{spelled(typed, before)}{pixels[0]}{spelled(typed, behind)}"
    for forms, written in typed.spelled.items():
        text = _beside_a_number(forms, typed.close).sub(f"{NO_BREAK}{written}", text)
    return _in_thousands_too(typed, text) if money else text


@cache
def _pixels(forms: str, currencies: str) -> re.Pattern[str]:
    """Return what finds «2к» of «текстуры 2к», which is no money but where it is asked for."""
    signs, currency = (one_of(each).replace(START, "") for each in (forms, currencies))
    found = rf"(?<![\w.,$€£]){signs}(?!\w|\s?{currency})"
    return re.compile(found, re.IGNORECASE)


def _of_money(written: str, found: re.Match[str]) -> str:
    """Return «31 тыс.» for «31 т», but «20 т песка» stays."""
    weighed = found[1] and is_counted(found[1])
    return found[0] if weighed else f"{NO_BREAK}{written}"


@cache
def _beside_a_number(forms: str, close: str) -> re.Pattern[str]:
    form, word = (one_of(each).replace(START, "") for each in (forms, close))
    return re.compile(rf"(?<=\d)(?:[\s\u00a0](?!{word}))?{form}\.?", re.IGNORECASE)
