"""/settings: time zone, «я» or «мы», grammatical gender, signature, discreet mode, language."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_location

from content.letters.drafting import SIGNATURE_LIMIT
from content.models import Language
from content.places import called, city_named, city_of, find_city, valid_zone, zone_for_clock
from handlers.account import buttons as to
from handlers.account.screens import settings as screens
from handlers.engine.prompts import ask
from handlers.engine.routing import Answered, Routes
from handlers.engine.screen import Button, Reply, Screen, cut
from handlers.engine.visit import Visit
from handlers.engine.wording import menu
from handlers.reminders import buttons as to_reminders
from storage.errors import NotFound
from storage.records import Gender, Prompt, Reminding

PROPOSED = 8
TYPED_SHOWN = 40
ABOUT_THE_CLOCK = (to.ShowSettings, to.AskCity, to.AskClock, to_reminders.ShowReminders)
"""Screens on which the name of a city can only mean where the person is."""
routes = Routes()
routes.shortcut("settings", to.ShowSettings())


@routes.tap(to.ShowSettings, opens=True)
def show(visit: Visit, _at: to.ShowSettings) -> Screen:
    return show_settings(visit)


@routes.tap(to.SetTeam)
def set_team(visit: Visit, at: to.SetTeam) -> Answered:
    """Write as «я» or as «мы»."""
    visit.person = replace(visit.person, team=bool(at.team))
    toast = visit.texts("settings.toast.team_many" if at.team else "settings.toast.team_one")
    return Reply(show_settings(visit), toast=toast)


@routes.tap(to.SetDiscreet)
def set_discreet(visit: Visit, at: to.SetDiscreet) -> Answered:
    """Name nobody where others may look, or write as usual."""
    visit.person = replace(visit.person, discreet=bool(at.discreet))
    toast = visit.texts("settings.toast.discreet" if at.discreet else "settings.toast.open")
    return Reply(show_settings(visit), toast=toast)


@routes.tap(to.SetDark)
def set_dark(visit: Visit, at: to.SetDark) -> Answered:
    """Draw pictures on a dark ground, or on a light one."""
    visit.person = replace(visit.person, dark=bool(at.dark))
    toast = visit.texts("settings.toast.dark" if at.dark else "settings.toast.light")
    return Reply(show_settings(visit), toast=toast)


@routes.tap(to.AskGender, opens=True)
def ask_gender(visit: Visit, _at: to.AskGender) -> Screen:
    return screens.ask_gender(visit.texts, visit.person.gender)


@routes.tap(to.SetGender)
def set_gender(visit: Visit, at: to.SetGender) -> Answered:
    visit.person = replace(visit.person, gender=Gender(at.gender))
    gender = visit.texts(f"settings.genders.{at.gender}")
    return Reply(show_settings(visit), toast=visit.texts("settings.toast.gender", gender=gender))


@routes.tap(to.AskSignature, opens=True)
def ask_signature(visit: Visit, _at: to.AskSignature) -> Screen:
    """Ask how letters are signed."""
    return _ask_signature(visit)


@routes.prompt("signature")
def signature_typed(visit: Visit, _prompt: Prompt, text: str) -> Answered:
    signature = " ".join(text.split())
    if len(signature) > SIGNATURE_LIMIT:
        n, limit = len(signature), SIGNATURE_LIMIT
        return _ask_signature(visit, visit.texts("letters.too_long", n=n, limit=limit))
    visit.person = replace(visit.person, signature=signature)
    return Reply(show_settings(visit), toast=visit.texts("settings.toast.signature"))


@routes.tap(to.ClearSignature)
def clear_signature(visit: Visit, _at: to.ClearSignature) -> Answered:
    """Ask for the signature in the next letter again."""
    visit.person = replace(visit.person, signature="")
    return Reply(show_settings(visit), toast=visit.texts("settings.toast.unsigned"))


@routes.tap(to.AskCity, opens=True)
def ask_city(visit: Visit, _at: to.AskCity) -> Screen:
    """Ask for the time zone."""
    return ask_zone(visit)


@routes.prompt("city")
def city_typed(visit: Visit, _prompt: Prompt, text: str) -> Answered:
    """Look the typed city up; an exact name is taken at once."""
    if named := city_named(text):
        return _set_zone(visit, named.zone, called(named, visit.words.language))
    cities = find_city(text)
    if not cities:
        shown = cut(" ".join(text.split()), TYPED_SHOWN)
        return ask_zone(visit, visit.texts("settings.city_screen.unknown", city=shown))
    said = visit.texts("settings.city_screen.choose_body")
    found = [(called(each, visit.words.language), each.zone) for each in cities]
    screen = screens.choose_zone(visit.texts, said, found)
    return ask(visit, "city", "", screen)


def city_out_of_nowhere(visit: Visit, text: str) -> Answered | None:
    """Take a city that is typed where the clock is spoken of, though nobody has asked for one."""
    named = city_named(text) if isinstance(visit.at, ABOUT_THE_CLOCK) else None
    return _set_zone(visit, named.zone, called(named, visit.words.language)) if named else None


@routes.tap(to.AskClock, opens=True)
def ask_clock(visit: Visit, at: to.AskClock) -> Screen:
    """Ask whether the clock shows this time."""
    return screens.ask_clock(visit.texts, _clock(visit, at.offset), at.offset)


@routes.tap(to.ClockZones)
def clock_zones(visit: Visit, at: to.ClockZones) -> Screen:
    """Ask which city is near, of those where the clock shows this time."""
    shown = visit.now + timedelta(minutes=at.offset)
    zones = zone_for_clock(visit.now, shown.time())[:PROPOSED]
    if not zones:
        return ask_zone(visit, visit.texts("settings.city_screen.nowhere"))
    said = visit.texts("settings.clock_screen.which", time=_clock(visit, at.offset))
    return screens.choose_zone(visit.texts, said, [(_called(visit, each), each) for each in zones])


@routes.tap(to.SetZone)
def set_zone(visit: Visit, at: to.SetZone) -> Answered:
    if not valid_zone(at.zone):
        raise NotFound(f"zone {at.zone}")
    return _set_zone(visit, at.zone)


@routes.tap(to.AskLanguage, opens=True)
def ask_language(visit: Visit, _at: to.AskLanguage) -> Screen:
    languages = visit.knowledge.languages
    return screens.ask_language(
        visit.texts, [(code, words.texts("settings.own_name")) for code, words in languages.items()]
    )


@routes.tap(to.SetLanguage)
def set_language(visit: Visit, at: to.SetLanguage) -> Answered:
    if Language(at.language) not in visit.knowledge.languages:
        raise NotFound(f"language {at.language}")
    visit.person = replace(visit.person, language=at.language)
    phone = visit.knowledge.words(visit.telegram_language)
    commands = () if phone.language == at.language else menu(visit.texts)
    return Reply(show_settings(visit), toast=visit.texts("settings.toast.language"), menu=commands)


def located(visit: Visit, latitude: float, longitude: float) -> Screen:
    """Propose the zone of a location; the location itself is not kept."""
    import tzfpy  # noqa: PLC0415  the borders of all zones, for those who send their place

    zone = tzfpy.get_tz(longitude, latitude)
    if not zone or not valid_zone(zone):
        return ask_zone(visit, visit.texts("settings.city_screen.nowhere"))
    return screens.confirm_pin(visit.texts, _local(visit, zone), zone)


def show_settings(visit: Visit) -> Screen:
    zone = visit.person.zone
    return screens.settings(
        visit.words,
        visit.person,
        _local(visit, zone) if zone else None,
        visit.memory.reminders.get(),
        list(visit.knowledge.languages),
    )


def clock(visit: Visit) -> tuple[str, bool]:
    """Return how the person's clock is called, and whether they have chosen it."""
    return _called(visit, visit.zone.key), visit.person.zone is not None


def keep(visit: Visit, reminding: Reminding) -> None:
    """Write settings that count from now on; whoever has no row yet gets one."""
    if visit.person.since is None:
        visit.person = replace(visit.person, since=visit.now)
        visit.memory.people.save(visit.person)
    visit.memory.reminders.save(replace(reminding, effective_from=visit.now))


def _set_zone(visit: Visit, zone: str, city: str = "") -> Reply:
    """Keep a zone; ``city`` is where the person says they are, which is told and not kept."""
    first = visit.person.zone is None
    if zone != visit.person.zone:
        visit.person = replace(visit.person, zone=zone)
        reminding = visit.memory.reminders.get()
        keep(visit, replace(reminding, epoch=reminding.epoch + 1))
    known = not city or city == _called(visit, zone)  # the screen names it
    toast = (
        visit.texts("settings.toast.clock")
        if known
        else visit.texts("settings.toast.zone", city=city)
    )
    if first and visit.memory.reminders.rhythms(visit.today):
        # It was asked for the sake of the reminders: say what will come when.
        return Reply(visit.open(to_reminders.ShowReminders().pack()), toast=toast)
    return Reply(show_settings(visit), toast=toast)


def _ask_signature(visit: Visit, said: str = "") -> Screen:
    screen = screens.ask_signature(visit.texts, visit.person.signature, said)
    return ask(visit, "signature", "mine", screen)


def ask_zone(visit: Visit, said: str = "", leave: Button | None = None) -> Screen:
    offset = visit.now.astimezone(visit.zone).utcoffset() or timedelta()
    minutes = int(offset.total_seconds()) // 60
    screen = screens.ask_city(visit.texts, (_clock(visit, minutes), minutes), said, leave)
    return ask(visit, "city", "", screen)


def _clock(visit: Visit, offset: int) -> str:
    return visit.texts.clock(visit.now + timedelta(minutes=offset))


def _local(visit: Visit, zone: str) -> screens.Local:
    moment = visit.now.astimezone(ZoneInfo(zone))
    return screens.Local(zone=_called(visit, zone), time=visit.texts.clock(moment))


def _called(visit: Visit, zone: str) -> str:
    """Return the city by which a zone is called: ours, else the one of the language's own data."""
    known = city_of(zone)
    if known:
        return called(known, visit.words.language)
    return get_timezone_location(zone, locale=visit.texts.locale, return_city=True)
