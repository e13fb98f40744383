"""What citizens are told: every kind, both languages, at most two SMS parts, and nobody by name."""

import re
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.contact import Channel, Contact, ContactError, phone_contact, wechat_contact
from shared.domain.reminders import (
    FIELD_LENGTHS,
    MOST_PARTS,
    TEMPLATES,
    Kind,
    Message,
    fields_of,
    text_of,
)
from shared.domain.text_parts import parts_of
from shared.testing import MONDAY_MORNING

LANGUAGES = ("zh", "en")
# What a hall's file allows at most: lane 8 characters in Chinese, 28 in English; place 16 and 48.
LONGEST = {
    "zh": {
        "number": "A1000", "lane": "工程建设项目审批", "place": "政务服务中心一楼东区综合受理窗口",
        "day": "11月24日 周二",
        "time": "09:20", "until": "11月24日 周二 18:30", "code": "ABCD1234",
    },
    "en": {
        "number": "A1000", "lane": "L" * 28, "place": "P" * 48, "day": "Wed 30 Nov", "time": "09:20",
        "until": "Wed 30 Nov 18:30", "code": "ABCD1234",
    },
}  # fmt: skip


def fields(kind: Kind, language: str) -> dict[str, str]:
    return {name: LONGEST[language][name] for name in fields_of(kind)}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", Kind)
def test_the_longest_text_of_each_kind_fits_two_parts(kind: Kind, language: str) -> None:
    text = text_of(kind, language, fields(kind, language))  # type: ignore[arg-type]  # one of the two
    assert 1 <= parts_of(text) <= MOST_PARTS, f"{len(text)} characters: {text}"


@pytest.mark.parametrize("kind", [Kind.THREE_AHEAD, Kind.CANCELLED, Kind.TEST])
def test_what_hurries_and_what_is_simple_is_one_part_in_chinese(kind: Kind) -> None:
    assert parts_of(text_of(kind, "zh", fields(kind, "zh"))) == 1


def test_every_kind_has_both_languages_with_the_same_fields() -> None:
    assert set(TEMPLATES) == set(Kind)
    for zh, en in TEMPLATES.values():
        assert set(re.findall(r"{\w+}", zh)) == set(re.findall(r"{\w+}", en))
        assert re.search(r"[\u4e00-\u9fff]", zh)
        assert not re.search(r"[\u4e00-\u9fff]", en)
        assert parts_of(en.replace("{", "").replace("}", "")) == parts_of("a" * len(en)), (
            "not of the GSM alphabet"
        )


def test_no_text_has_room_for_a_name_or_a_matter() -> None:
    assert set(FIELD_LENGTHS).isdisjoint({"name", "holder", "person", "matter", "id"})


@pytest.mark.parametrize(
    "wrong",
    [
        {"number": "A017"},
        {"number": "A017", "place": "一楼", "name": "张三"},
        {"number": "A017", "place": ""},
        {"number": "A017", "place": "一楼\n二楼"},
        {"number": "A017", "place": "一" * 49},
    ],
)
def test_other_fields_than_its_own_are_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="three_ahead"):
        text_of(Kind.THREE_AHEAD, "zh", wrong)


def test_braces_in_a_field_are_only_text() -> None:
    told = text_of(Kind.THREE_AHEAD, "zh", {"number": "{place}", "place": "{number}"})
    assert "{place} 号" in told
    assert "请到{number}等候" in told


def test_a_message_needs_time_to_be_sent() -> None:
    contact = phone_contact("13800001234")
    with pytest.raises(ValueError, match="between"):
        Message(Kind.TEST, contact, "test:1", {}, MONDAY_MORNING, not_before=MONDAY_MORNING)
    with pytest.raises(ValueError, match="naive"):
        Message(Kind.TEST, contact, "test:1", {}, MONDAY_MORNING.replace(tzinfo=None) + timedelta())


# -- contacts -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["13800001234", "+86 138-0000-1234", "86 138 0000 1234", "(138)00001234"])
def test_a_number_is_read_as_people_type_it(typed: str) -> None:
    assert phone_contact(typed).address == "13800001234"


@pytest.mark.parametrize(
    "typed", ["", "1380000123", "138000012345", "12800001234", "１３８００００１２３４", "138000O1234", "０"]
)
def test_what_is_no_mobile_number_is_refused(typed: str) -> None:
    with pytest.raises(ContactError):
        phone_contact(typed)


def test_an_address_is_in_no_repr_and_masked_for_people() -> None:
    phone, wechat = phone_contact("13800001234"), wechat_contact("oAbC" + "d1_-" * 6)
    assert "1234" not in repr(phone) + str(phone)
    assert "d1_-" not in repr(wechat)
    assert phone.masked == "138****1234"
    assert wechat.masked == "oAbC****"
    assert wechat == Contact(Channel.WECHAT, "oAbC" + "d1_-" * 6)
    with pytest.raises(ContactError):
        wechat_contact("o b")


# -- parts (figures of TS 23.038) ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", 0), ("您" * 70, 1), ("您" * 71, 2), ("您" * 134, 2), ("您" * 135, 3),
        ("a" * 160, 1), ("a" * 161, 2), ("a" * 306, 2), ("a" * 307, 3),
        ("€" * 80, 1), ("€" * 81, 2), ("😀" * 35, 1), ("😀" * 36, 2),
        ("a" * 69 + "您", 1), ("a" * 70 + "您", 2),
        ("您" * 66 + "😀" + "您" * 66, 3),  # the pair does not fit the first part, so the last needs a third
        ("a" * 152 + "€" + "a" * 152, 3),
    ],
)  # fmt: skip
def test_parts_are_counted_as_networks_do(text: str, parts: int) -> None:
    assert parts_of(text) == parts


@given(st.text(max_size=400))
def test_parts_hold_what_they_hold(text: str) -> None:
    units = len(text.encode("utf-16-le", "surrogatepass")) // 2
    assert (parts_of(text) == 0) == (text == "")
    assert parts_of(text) <= max(1, -(-units // 66))
