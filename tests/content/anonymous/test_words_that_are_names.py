"""Who is called like a word: hidden where they are meant, not where the word is."""

from __future__ import annotations

import pytest

from content.anonymous.masking import mask
from content.knowledge import Knowledge
from content.named_entities import HiddenKind, StoredName

MEANT = (
    ("ru", "Май", "Май молчит. Писал Маю. С Маем спорил. Май написал."),
    ("ru", "Вера", "Вера пишет. Говорил с Верой. писал вере, вера молчит."),
    ("ru", "Роман", "Роман пропал. С Романом спорил. Роман не платит. звонил роману."),
    ("ru", "Слава", "Слава пишет. О Славе говорят. жду ответа от славы."),
    ("ru", "Лев", "Лев молчит. Льву писал. Со Львом спорил."),
    ("ru", "Надежда", "Надежда пишет. Надежде отправил счёт."),
    ("ru", "Любовь", "Любовь звонила. Писал Любови."),
    ("ru", "Марк", "Марк звонил. У Марка отпуск. марк звонил."),
    ("ru", "Роза", "Роза молчит. Розе писал."),
    ("ru", "Студия «Старт»", "Старт молчит. Писал в Старт."),
    ("ru", "Мир", "Мир не платит. Писал в Мир."),
    ("en", "May", "May wrote at night. I told May no. May’s office. A call from May."),
    ("en", "April", "April said no. Talked to April. april wrote."),
    ("en", "Mark", "Mark said no. Mark’s wife. Call Mark. mark promised it."),
    ("en", "Will", "Will said no. I told Will. Will’s check. Will won’t pay. Will is late."),
    ("en", "Rose", "Rose said no. Rose keeps texting. I told Rose."),
    ("en", "Grace", "Grace said no. Grace is late. I wrote to Grace."),
    ("en", "Bill", "Bill said no. I asked Bill. Bill’s office. a call from bill."),
    ("en", "Hope", "Hope said no. I told Hope that."),
    ("en", "Chase", "Chase said no. I told Chase. Chase shared them."),
)
"""Every sentence has the client, and once."""
SAID = (
    ("ru", "Май", "В мае обещали. К маю жду. С мая тишина. Май выдался тяжёлым."),
    ("ru", "Вера", "Вера в людей кончилась. Моя вера. Без веры никуда. Принял на веру."),
    ("ru", "Роман", "Роман с заказчиком кончился. Пишу роман. В романе три главы. Верстаю романы."),
    ("ru", "Слава", "Слава богу. Дурная слава. Ради славы. Во славу бренда."),
    ("ru", "Надежда", "Надежда на оплату тает. В надежде на лучшее. Последняя надежда."),
    ("ru", "Любовь", "Любовь к деталям. С любовью. Без любви к делу."),
    ("ru", "Марк", "Марки машин. Марка бумаги не та. Почтовая марка."),
    ("ru", "Роза", "Букет роз."),
    ("ru", "Студия «Старт»", "Старт проекта сорван."),
    ("ru", "Мир", "Во всём мире."),
    ("en", "May", "In May they paid. It may rain. Since May nothing. May I stop? May was quiet."),
    ("en", "April", "April was quiet. In April they paid. Late April. From March to April."),
    (
        "en",
        "Mark",
        "Mark the changes. A mark on it. Please mark it. Mark my words. Mark up the draft.",
    ),
    ("en", "Will", "Will they pay? He will pay. Will anyone answer? At will. Will the client pay?"),
    ("en", "Rose", "Rose gold or copper. Prices rose. The rose is red."),
    ("en", "Grace", "Grace period. With grace. Their saving grace."),
    ("en", "Bill", "Bill them. The bill is open. Send a bill."),
    ("en", "Hope", "Hope fades. I hope they pay. No hope left. There is hope."),
    ("en", "Chase", "Chase them. They chase me. Chase payments on Fridays."),
)


@pytest.mark.parametrize(("language", "client", "text"), MEANT)
def test_who_is_called_like_a_word_is_hidden_where_they_are_meant(
    knowledge: Knowledge, language: str, client: str, text: str
) -> None:
    words, known = knowledge.words(language), (StoredName(HiddenKind.CLIENT, client),)
    sentences = [f"{each.strip()}." for each in text.split(".") if each]
    label = words.anonymous.labels[HiddenKind.CLIENT]
    missed = [each for each in mask(words, sentences, known).texts if f"[{label}]" not in each]
    assert missed == []


@pytest.mark.parametrize(("language", "client", "text"), SAID)
def test_the_word_itself_stays(knowledge: Knowledge, language: str, client: str, text: str) -> None:
    known = (StoredName(HiddenKind.CLIENT, client),)
    assert mask(knowledge.words(language), [text], known).texts == (text,)


@pytest.mark.parametrize(
    ("language", "client", "text", "masked"),
    [
        ("ru", "Проект", "Записи: Проект", "Записи: [Клиент]"),
        ("ru", "Проект", "Проект молчит, писал в Проект.", "[Клиент] молчит, писал в [Клиент]."),
        ("ru", "Проект", "Проект сдан, новый проект ждёт.", "Проект сдан, новый проект ждёт."),
        ("ru", "Новый проект", "Новый проект спорит.", "[Клиент] спорит."),
        ("en", "Project", "Records: Project", "Records: [Client]"),
        (
            "en",
            "Project",
            "Project said no, I wrote to Project.",
            "[Client] said no, I wrote to [Client].",
        ),
        (
            "en",
            "Project",
            "Project is done. The project is late.",
            "Project is done. The project is late.",
        ),
    ],
)
def test_a_client_of_whose_name_no_word_tells_is_hidden_where_it_is_written_as_a_name(
    knowledge: Knowledge, language: str, client: str, text: str, masked: str
) -> None:
    known = (StoredName(HiddenKind.CLIENT, client),)
    assert mask(knowledge.words(language), [text], known).texts == (masked,)


BEHIND_A_CUE = (
    ("ru", "его зовут лавр, он из перми", "лавр перми"),
    ("ru", "работаю с фирмой зелёный слон", "зелёный слон"),
    ("ru", "студия пиксель и ко не платит", "пиксель ко"),
    ("ru", "Фирма Кедровый берег просит скидку", "Кедровый берег"),
    ("ru", "Агентство Метрика Плюс тянет", "Метрика Плюс"),
    ("ru", "опять клиент валера, заказчик марк тоже", "валера марк"),
    ("ru", "компания называется синий кит", "синий кит"),
    ("ru", "ну и этот валера снова молчит", "валера"),
    ("en", "i work for a guy called will", "will"),
    ("en", "the company is called northwind goods. northwind is late", "northwind goods"),
    ("en", "she works at lumina, they pay late", "lumina"),
    ("en", "my client gwen lives in dayton", "gwen dayton"),
    ("en", "a man named rashid approves it", "rashid"),
)
NO_NAME_BEHIND = (
    ("ru", "зовут на созвон, меня зовут переделывать"),
    ("ru", "студия третий месяц молчит, компания полный отстой, фирма каждый день тянет"),
    ("ru", "клиент неадекват, менеджер новичок, директор забыл"),
    ("ru", "это называется экономия"),
    ("en", "he called twice, she called about it, they called me names"),
    ("en", "at least at home, at once, at night"),
    ("en", "my client says no, the studio wants more, we live in fear"),
)


@pytest.mark.parametrize(("language", "text", "gone"), BEHIND_A_CUE)
def test_small_letters_hide_nobody_whom_the_words_before_name(
    knowledge: Knowledge, language: str, text: str, gone: str
) -> None:
    (masked,) = mask(knowledge.words(language), [text]).texts
    assert not set(gone.split()) & set(masked.replace(",", " ").replace(".", " ").split()), masked


@pytest.mark.parametrize(("language", "text"), NO_NAME_BEHIND)
def test_what_is_no_name_behind_such_words_stays(
    knowledge: Knowledge, language: str, text: str
) -> None:
    assert mask(knowledge.words(language), [text]).texts == (text,)
