"""Sums of money, where a text states them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from content.reading.numbers import DIGITS, HUNDRED, SPACE, in_words, number, words_number
from content.vocabulary import Vocabulary, any_of, one_of, plain, value_of

_REACH = 12
"""Characters before small coins in which «ни» or “my” stands."""
_STOP = re.compile(rf"{SPACE}*(?:[,.;:!?)]|$)")
_THOUSAND = Decimal(1000)
_NO_MONEY = r"(?!\w\.[^\W\d_]\b)(?!(?:(?<=\b480)|(?<=\b720)|(?<=1080)|(?<=1440)|(?<=2160))p)"
"""Behind a number: “6 p.m.” is an hour and “1080p” the lines of a screen."""
_RANGE = re.compile(rf"{SPACE}*[-–—]{SPACE}*")


@dataclass(frozen=True, slots=True)
class Amount:
    """Money that a text states; ``start`` and ``end`` are code points."""

    value: Decimal
    currency: str
    """ISO code, or ``USDT``; that of the language where none is named."""
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Number:
    """A number with the scale and the currency that stand beside it, if they do."""

    value: Decimal
    scale: Decimal | None
    currency: str | None
    start: int
    end: int
    coins: bool = False
    """Whether it counts small coins: «80 копеек»."""


def amounts(vocabulary: Vocabulary, text: str) -> tuple[Amount, ...]:
    """Return the amounts of a text in order: «60 000 ₽», «60к», «полтора миллиона», «$1,200.50».

    A number with neither a currency nor «тысяч» beside it is no amount, unless it shares those of
    the next one: «20 из 80 тысяч». «15 тысяч подписчиков» are none.
    """
    said = plain(text)
    numbers = list(_numbers(vocabulary, said))
    for place in reversed(range(len(numbers) - 1)):
        one, other = numbers[place], numbers[place + 1]
        if _is_rest(vocabulary, said, one, other):
            numbers[place : place + 2] = [_whole(one, other)]
        else:
            numbers[place : place + 2] = _sharing(vocabulary, said, one, other)
    return tuple(
        Amount(
            each.value * (each.scale or 1),
            each.currency or vocabulary.money.currency,
            each.start,
            each.end,
        )
        for each in numbers
        if each.currency or each.scale
    )


def counts(vocabulary: Vocabulary, text: str, end: int) -> bool:
    """Tell whether a number that ends there counts something that is no money: «15000 знаков»."""
    return bool(_counted(vocabulary).match(plain(text), end))


def read_number(vocabulary: Vocabulary, text: str) -> float | None:
    """Return the one number of a text: «60 000», «60к», «двадцать», «30 %»; None for any other."""
    said = plain(text)
    found = list(_numbers(vocabulary, said))
    if len(found) != 1 or "-" in said[: found[0].start]:
        return None
    return float(found[0].value * (found[0].scale or 1))


def _numbers(vocabulary: Vocabulary, said: str) -> Iterator[_Number]:
    money = vocabulary.money
    for found in _pattern(vocabulary).finditer(said):
        scaled = (found["scale"] or found["scale_first"] or found["scale_alone"] or "").strip()
        scale = value_of(money.scales, scaled) if scaled else None
        currency = (found["currency"] or found["sign"] or "").strip()
        coins = _code(money.hundredths, currency)
        if coins and _idle(vocabulary).search(said, max(0, found.start() - _REACH), found.start()):
            continue
        if found["part"]:
            value = Decimal("0.5")
        elif found["quarter"]:
            value = Decimal("0.25")
        elif found["digits"]:
            value = number(found["digits"], scaled=scale is not None)
        elif found["words"]:
            value = words_number(vocabulary, found["words"])
        elif found["about"]:
            value = _said(vocabulary, found["about"])  # «тысяч двадцать пять»
        else:
            value = Decimal(1)  # «тысячу рублей», «тысячу за выезд»
        value += Decimal("0.5") if found["more"] else 0
        counted = not found["scale_alone"] and _counted(vocabulary).match(said, found.end())
        if not currency and scale and counted:
            scale = None
        start = found.start() + len(found[0]) - len(found[0].lstrip())
        yield _Number(
            value / 100 if coins else value,
            None if scale is None else Decimal(str(scale)),
            coins or _code(money.currencies, currency),
            start,
            found.start() + len(found[0].rstrip()),
            coins=coins is not None,
        )


def _said(vocabulary: Vocabulary, number_said: str) -> Decimal:
    """Return the value of a number in digits or in words."""
    if number_said[0].isdigit():
        return number(number_said, scaled=True)
    return words_number(vocabulary, number_said)


def _is_rest(vocabulary: Vocabulary, said: str, one: _Number, other: _Number) -> bool:
    """Tell whether a number goes on: «тридцать пять тысяч | двести рублей | 80 копеек».

    One that names no money goes on in words alone, behind thousands and up to a stop: «семьдесят
    тысяч двести». Of «миллион двести» nobody knows whether the thousands are left out.
    """
    if other.coins:
        return (
            one.currency is not None
            and not one.coins
            and bool(_with_coins(vocabulary).fullmatch(said, one.end, other.start))
        )
    if one.scale is None or one.currency or not said[one.end : other.start].isspace():
        return False
    in_words = said[one.start].isalpha() and said[other.start].isalpha()
    bare = in_words and one.scale == _THOUSAND and _STOP.match(said, other.end)
    goes_on = other.currency or other.scale or bare
    return bool(goes_on) and other.value * (other.scale or 1) < one.scale


def _whole(one: _Number, other: _Number) -> _Number:
    value = one.value * (one.scale or 1) + other.value * (other.scale or 1)
    return _Number(value, Decimal(1), one.currency or other.currency, one.start, other.end)


def _sharing(
    vocabulary: Vocabulary, said: str, one: _Number, other: _Number
) -> tuple[_Number, _Number]:
    """Give a bare number the scale and the currency of the one that it is compared with.

    Of “$2-3k” each has one of them, and both have both.
    """
    if one.scale or not (other.scale or other.currency):
        return one, other
    if one.currency and not other.currency and _RANGE.fullmatch(said, one.end, other.start):
        return replace(one, scale=other.scale), replace(other, currency=one.currency)
    if one.currency or not _join(vocabulary).fullmatch(said, one.end, other.start):
        return one, other
    hundreds = _counts_hundreds(vocabulary, said[other.start : other.end], other)
    value = one.value * (HUNDRED if hundreds and one.value < HUNDRED else 1)
    return replace(one, value=value, scale=other.scale, currency=other.currency), other


def _counts_hundreds(vocabulary: Vocabulary, said: str, number: _Number) -> bool:
    """Tell whether a number counts hundreds, which one before it shares: “two or three hundred”."""
    first = said.split(maxsplit=1)[0]
    many = first.isalpha() and words_number(vocabulary, first) < HUNDRED
    return many and number.value > HUNDRED and number.value % HUNDRED == 0


def _code(currencies: Mapping[str, str], said: str) -> str | None:
    return next(
        (code for code, forms in currencies.items() if re.fullmatch(one_of(forms), said)), None
    )


@cache
def _pattern(vocabulary: Vocabulary) -> re.Pattern[str]:
    money, half = vocabulary.money, vocabulary.numbers.half
    currency = one_of("|".join((*money.hundredths.values(), *money.currencies.values())))
    # «60к» is a sum, «60 к пятнице» is not: a letter alone stands close, or ends the clause.
    scale = rf"(?:{_unbound(any_of(money.scales), after=half)})"
    scales = any_of(money.scales)
    about = rf"(?P<about>{DIGITS}|{in_words(vocabulary)})"
    first = rf"(?P<scale_first>{one_of(money.inverted)}){SPACE}+{about}"
    alone = (
        rf"(?P<scale_alone>{one_of(money.single)})"
        rf"(?P<more>{SPACE}+{one_of(vocabulary.numbers.and_a_half)})?"
        rf"(?={SPACE}+(?:{one_of(money.beside)}|{in_words(vocabulary)}{SPACE}+(?:{currency}|{scales}))"
        rf"|{SPACE}*(?:[.,;!?)»—–]|$))"
    )
    letter = rf"(?!(?<={SPACE})\w{SPACE}+(?!{currency})\w)"
    return re.compile(
        rf"(?<![\d:№])(?<!(?<!\w)\+)(?<!\d[.,])(?:(?P<sign>{currency}){SPACE}?)?"
        rf"(?:(?P<digits>{DIGITS})|(?P<words>{in_words(vocabulary)})|(?P<part>\b{half}{SPACE}?)"
        rf"|(?P<quarter>{one_of(vocabulary.numbers.quarter)})(?={SPACE}+{scales})"
        rf"|(?=(?:{scales}){SPACE}+{currency})|{first}|{alone})"
        rf"(?:{SPACE}*{letter}(?P<scale>{scale})\.?)?"
        rf"(?:{SPACE}*{_NO_MONEY}(?P<currency>{_unbound(currency)}))?"
    )


def _unbound(words: str, after: str = "\0") -> str:
    """Let words stand right after digits or a beginning: «60к», «500р», «полмиллиона»."""
    return words.replace(r"(?<!\w)", rf"(?:(?<=\b{after})|(?<![^\W\d]))")


@cache
def _counted(vocabulary: Vocabulary) -> re.Pattern[str]:
    return re.compile(rf"{SPACE}*(?:\w+{SPACE}+)?{one_of(vocabulary.money.counted)}")


@cache
def _with_coins(vocabulary: Vocabulary) -> re.Pattern[str]:
    return re.compile(rf"{SPACE}+(?:{one_of(vocabulary.money.with_coins)}{SPACE}+)?")


@cache
def _idle(vocabulary: Vocabulary) -> re.Pattern[str]:
    return re.compile(rf"{one_of(vocabulary.money.idle)}{SPACE}*$")


@cache
def _join(vocabulary: Vocabulary) -> re.Pattern[str]:
    return re.compile(rf"{SPACE}*{one_of(vocabulary.money.joins)}{SPACE}*")
