"""Finding matters in a real FTS5 index."""

import time
from collections.abc import Iterator
from statistics import median

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypinyin import Style, lazy_pinyin
from pysqlite3 import dbapi2 as sqlite3

from shared.config import MatterConfig, load_hall, sample_path
from shared.domain.matters import normalise
from shared.store.search import create_search, index_matters, search_matters
from shared.store.sqlite import Connection

SAMPLE = load_hall(sample_path("yueyang")).matters


def matter(
    name: str, *aliases: str, name_en: str = "Something", department: str = "", lane: str = "A"
) -> MatterConfig:
    return MatterConfig(
        id=name, name=name, name_en=name_en, lane=lane, department=department or "某局", aliases=aliases
    )


def opened(*matters: MatterConfig) -> Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    create_search(connection)
    index_matters(connection, matters)
    return connection


@pytest.fixture(scope="module")
def sample() -> Iterator[Connection]:
    connection = opened(*SAMPLE)
    yield connection
    connection.close()


HALL = (
    matter("营业执照办理", "开公司", department="市市场监管局", name_en="Business licence"),
    matter("社会保障卡申领", "社保卡", department="市人力资源和社会保障局", lane="F"),
    matter("居民身份证换领", "身份证到期", department="市公安局", lane="H"),
    matter("重大疾病备案", "大病", department="市医疗保障局"),
    matter("律师执业许可", department="市司法局"),
    matter("12345热线投诉"),
    matter("ETC办理", "高速卡"),
)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("证", "居民身份证换领"),
        ("社保", "社会保障卡申领"),
        ("营业执照", "营业执照办理"),
        ("执照", "营业执照办理"),
        ("开公司", "营业执照办理"),
        ("shebao", "社会保障卡申领"),
        ("yingye", "营业执照办理"),
        ("yingyezhizh", "营业执照办理"),
        ("zhizhao", "营业执照办理"),
        ("yyzz", "营业执照办理"),
        ("YYzz", "营业执照办理"),
        ("ｙｙｚｚ", "营业执照办理"),
        ("  营业   执照 ", "营业执照办理"),
        ("ying ye", "营业执照办理"),
        ("执照 营业", "营业执照办理"),
        ("chongda", "重大疾病备案"),
        ("zhongda", "重大疾病备案"),
        ("zdjb", "重大疾病备案"),
        ("lvshi", "律师执业许可"),
        ("lüshi", "律师执业许可"),
        ("12345", "12345热线投诉"),
        ("１２３４５", "12345热线投诉"),
        ("234", "12345热线投诉"),
        ("etc", "ETC办理"),
        ("ETC办", "ETC办理"),
        ("社bao", "社会保障卡申领"),
        ("gonganju", "居民身份证换领"),
        ("business lic", "营业执照办理"),
    ],
)
def test_what_people_type(text: str, name: str) -> None:
    assert name in search_matters(opened(*HALL), text)


@pytest.mark.parametrize(
    "text", ["", "  ", '"', "*", "NEAR(", "AND", "^", "()", "护照", "yezhao", "保社", "司公"]
)
def test_what_finds_nothing(text: str) -> None:
    assert search_matters(opened(*HALL), text) == []


def test_a_phrase_does_not_run_from_one_alias_into_the_next() -> None:
    connection = opened(matter("甲", "上户", "口袋"))
    assert search_matters(connection, "上户") == ["甲"]
    assert search_matters(connection, "户口") == []


def test_best_first() -> None:
    expected = ["执照", "执照办理", "换领执照", "某事", "另一事"]
    connection = opened(
        matter("另一事", department="执照局"),
        matter("某事", "执照"),
        matter("换领执照"),
        matter("执照办理"),
        matter("执照"),
    )
    for text in ("执照", "zhizhao", "zz", "zhiz"):
        assert search_matters(connection, text) == expected


def test_equals_keep_the_halls_own_order() -> None:
    connection = opened(matter("执照乙"), matter("执照甲"))
    assert search_matters(connection, "执照") == ["执照乙", "执照甲"]


def test_a_lane_and_a_limit() -> None:
    connection = opened(*HALL)
    assert search_matters(connection, "ban", lane="F") == []
    assert search_matters(connection, "社保", lane="F") == ["社会保障卡申领"]
    assert len(search_matters(connection, "某局", limit=1)) == 1


def test_indexing_again_replaces() -> None:
    connection = opened(*HALL)
    index_matters(connection, [matter("护照")])
    assert search_matters(connection, "护照") == ["护照"]
    assert search_matters(connection, "营业") == []


@pytest.mark.parametrize("entry", SAMPLE, ids=lambda entry: entry.id)
def test_every_matter_of_the_sample_is_found(entry: MatterConfig, sample: Connection) -> None:
    """By its full name (first), its pinyin, its initials, each of its characters and its aliases."""
    plain = normalise(entry.name).replace(" ", "")
    everything = len(SAMPLE)
    assert search_matters(sample, entry.name)[0] == entry.id
    full, initials = (
        "".join(lazy_pinyin(plain, style=style)) for style in (Style.NORMAL, Style.FIRST_LETTER)
    )
    assert search_matters(sample, full)[0] == entry.id
    assert entry.id in search_matters(sample, initials)
    for word in (*plain, *entry.aliases, entry.name_en):
        assert entry.id in search_matters(sample, word, limit=everything), word


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text() | st.text(alphabet='"*^:{}()-+ANDORNEART证社bao \0\ue000'))
def test_any_text_may_be_searched(sample: Connection, text: str) -> None:
    found = search_matters(sample, text)
    assert len(found) == len(set(found)) <= 20


@settings(max_examples=50, deadline=None)
@given(st.text(min_size=1, max_size=22))
def test_any_name_may_be_indexed_and_is_found_by_itself(name: str) -> None:
    connection = opened(matter(name))
    searchable = normalise(name)
    assert search_matters(connection, "".join(searchable.split())) == ([name] if searchable else [])


def test_ten_times_the_matters_cost_less_than_thirty_times_the_search() -> None:
    copies = [
        MatterConfig(
            id=f"{entry.id}-{copy}", name=f"{entry.name}{copy}", name_en=entry.name_en, lane=entry.lane,
            department=entry.department, aliases=entry.aliases,
        )
        for copy in range(5)
        for entry in SAMPLE
    ]  # fmt: skip
    few, many = opened(*copies[:50]), opened(*copies[:500])
    for text in ("证", "社保", "shebao", "yyzz", "shi", "z"):
        assert cost(many, text) < 30 * cost(few, text), text


def cost(connection: Connection, text: str) -> float:
    """The median of the processor's seconds for one search."""
    taken = []
    for _ in range(21):
        start = time.thread_time()
        search_matters(connection, text)
        taken.append(time.thread_time() - start)
    return median(taken)
