"""Days and times in a page's language."""

from datetime import datetime

from shared.services.booking_text import day_words
from shared.web.words import Language


def day_text(at: datetime, language: Language) -> str:
    """`11月28日 周六` or `Sat 28 Nov`."""
    zh, en = day_words(at)
    return zh if language == "zh" else en
