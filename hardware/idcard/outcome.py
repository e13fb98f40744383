"""How reading a card can end, each with what to say to the citizen."""

from enum import StrEnum

from hardware.device import Sentence
from hardware.idcard.codec import Status


class CardOutcome(StrEnum):
    """Everything but a read card."""

    AGAIN = "again"  # the answer was garbled or lost on its way
    MOVED = "moved"  # lifted or shifted while being read
    UNREADABLE = "unreadable"  # answered, but nonsense: dirty or damaged card
    UPSIDE_DOWN = "upside_down"  # a chip card is in and does not answer
    WRONG_CARD = "wrong_card"
    NOT_GENUINE = "not_genuine"  # card and module did not accept each other
    READER_FAULT = "reader_fault"

    @property
    def sentence(self) -> Sentence:
        return _SENTENCES[self]

    @classmethod
    def of(cls, status: Status | None) -> "CardOutcome":
        """The outcome behind a status; one outside the table is the reader's fault, not the citizen's."""
        return BY_STATUS.get(status, cls.READER_FAULT)


_SENTENCES = {
    CardOutcome.AGAIN: Sentence(
        "请重新放置身份证", "Please take the identity card off and lay it down again."
    ),
    CardOutcome.MOVED: Sentence(
        "这张卡没有读到，请平放再试一次", "The card was not read. Please lay it flat and try again."
    ),
    CardOutcome.UNREADABLE: Sentence(
        "这张卡没有读到，请擦净后平放再试一次",
        "The card was not read. Please wipe it, lay it flat and try again.",
    ),
    CardOutcome.UPSIDE_DOWN: Sentence(
        "请把卡片翻一面，芯片先进，再插一次",
        "Please turn the card over and put it in again, chip first.",
    ),
    CardOutcome.WRONG_CARD: Sentence(
        "请放置居民身份证，也可以不刷卡直接取号",
        "Please use a resident identity card, or go on without one.",
    ),
    CardOutcome.NOT_GENUINE: Sentence(
        "这张卡暂时无法识别，请到咨询台，我们帮您办理",
        "This card cannot be recognised here. Please come to the information desk.",
    ),
    CardOutcome.READER_FAULT: Sentence(
        "读卡器暂时不能用，可以不刷卡直接取号", "The card reader is not working. Please go on without a card."
    ),
}

BY_STATUS: dict[Status | None, CardOutcome] = {
    Status.READ_FAILED: CardOutcome.MOVED,
    Status.SELECT_FAILED: CardOutcome.MOVED,
    Status.FIND_FAILED: CardOutcome.MOVED,
    Status.CHECKSUM_ERROR: CardOutcome.AGAIN,
    Status.LENGTH_ERROR: CardOutcome.AGAIN,
    Status.COMMAND_ERROR: CardOutcome.AGAIN,
    Status.UNKNOWN_ERROR: CardOutcome.AGAIN,
    Status.NO_SUCH_ITEM: CardOutcome.UNREADABLE,
    Status.WRONG_CARD: CardOutcome.WRONG_CARD,
    Status.AUTHENTICATION_1: CardOutcome.NOT_GENUINE,
    Status.AUTHENTICATION_2: CardOutcome.NOT_GENUINE,
    Status.AUTHENTICATION_3: CardOutcome.NOT_GENUINE,
    Status.RANDOM_NUMBER_FAILED: CardOutcome.READER_FAULT,
    Status.SELF_TEST_FAILED: CardOutcome.READER_FAULT,
    Status.NOT_AUTHORISED: CardOutcome.READER_FAULT,
}
"""Every status but the two that are no trouble; a test holds it complete."""
