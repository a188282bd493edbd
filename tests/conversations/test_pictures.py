"""Pictures beside the text: sent once, found again by Telegram's id, gone with their client."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from handlers.account.buttons import EraseNow, SetDark, SetDiscreet
from handlers.clients.buttons import DeleteClientNow
from handlers.pictures.buttons import DrawScale
from tests.conversations.stage import plain

if TYPE_CHECKING:
    from bot.local.chats import Message
    from tests.conversations.stage import Stage

SCALE = DrawScale(assessment=1)


def photos(stage: Stage) -> list[Message]:
    return [each for each in stage.from_bot if "photo" in each.body]


def drawn(stage: Stage) -> int:
    """Count the pictures that were sent as files, not by an id."""
    sent = [each for each in stage.telegram.journal if each.method == "sendPhoto"]
    return sum(not str(each.params["photo"]).startswith("FILE") for each in sent)


async def judged(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.assess(late_payment="often", scope_creep="always")


async def test_the_picture_stands_above_the_verdict_and_tells_the_same(stage: Stage) -> None:
    await judged(stage)
    verdict = stage.text
    await stage.tap("Ещё…")
    assert await stage.tap("Картинкой") == verdict
    (photo,) = photos(stage)
    assert photo.id < stage.me.screen.id
    assert photo.keyboard == []
    assert "Ольга · вывод 21 ноября" in plain(photo.text)
    assert f"«{verdict.splitlines()[2]}»" in plain(photo.text)
    (size,) = photo.body["photo"]
    assert size["width"] == 780


async def test_what_has_not_changed_is_not_drawn_again(stage: Stage) -> None:
    await judged(stage)
    await stage.press(SCALE)
    await stage.press(SCALE)
    assert (len(photos(stage)), drawn(stage)) == (2, 1)
    await stage.press(SetDark(dark=1))
    await stage.press(SCALE)
    assert (len(photos(stage)), drawn(stage)) == (3, 2)
    await stage.press(SCALE)
    assert drawn(stage) == 2


async def test_what_telegram_has_forgotten_is_drawn_again(stage: Stage) -> None:
    await judged(stage)
    await stage.press(SCALE)
    kept = (await stage.read(lambda mine: mine.pictures.all()))[0]
    await stage.read(lambda mine: mine.pictures.keep(replace(kept, file="FILE-gone")))
    await stage.press(SCALE)
    assert len(photos(stage)) == 2
    stage.telegram.journal.clear()  # the refusal was meant
    again = (await stage.read(lambda mine: mine.pictures.all()))[0]
    assert again.file not in {"FILE-gone", ""}


async def test_discreet_covers_the_picture_and_its_first_lines(stage: Stage) -> None:
    await judged(stage)
    await stage.press(SCALE)
    await stage.press(SetDiscreet(discreet=1))
    await stage.press(SCALE)
    plain, veiled = photos(stage)
    assert "has_media_spoiler" not in plain.body
    assert veiled.body["has_media_spoiler"]
    assert veiled.text.startswith("Рабочий дневник")
    assert "Ольга" not in veiled.text[:60]


async def test_a_picture_goes_with_its_client_and_with_everything(stage: Stage) -> None:
    await judged(stage)
    await stage.press(SCALE)
    assert stage.rows()["pictures"] == 1
    await stage.press(DeleteClientNow(client=1))
    assert "удал" in (await stage.press(SCALE)).lower()
    assert len(photos(stage)) == 1
    later = stage.clock.now() + timedelta(minutes=11)
    await stage.storage.write(lambda memory: memory.purge(later))
    assert "pictures" not in stage.rows()

    await stage.client("Анна")
    await stage.assess(late_payment="often")
    await stage.press(DrawScale(assessment=2))
    assert stage.rows()["pictures"] == 1
    await stage.press(EraseNow())
    assert "pictures" not in stage.rows()


async def test_an_assessment_that_is_open_has_no_picture(stage: Stage) -> None:
    await stage.client("Ольга")
    await stage.begin()
    await stage.press(SCALE)
    assert photos(stage) == []
    assert stage.question


async def test_the_ground_is_chosen_in_the_settings(stage: Stage) -> None:
    await judged(stage)
    await stage.say("/settings")
    await stage.tap("Фон: светлый")
    assert stage.toast == "Картинки на тёмном фоне"
    assert (await stage.read(lambda mine: mine.people.get())).dark
    await stage.tap("Фон: тёмный")
    assert not (await stage.read(lambda mine: mine.people.get())).dark
