"""Whole numbers as they are said, in Chinese and English, up to 9999."""

LARGEST = 9999

DIGITS_ZH = "零一二三四五六七八九"
DIGITS_EN = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = (
    *("ten", "eleven", "twelve", "thirteen", "fourteen"),
    *("fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
SMALL_EN = (*DIGITS_EN, *_TEENS)
TENS_EN = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_PLACES_ZH = ("", "十", "百", "千")


def chinese(number: int) -> str:
    """十二 for 12, 一百零五 for 105. ValueError outside 0 to 9999."""
    digits = [int(digit) for digit in str(_checked(number))]
    if len(digits) == 1:
        return DIGITS_ZH[number]
    words = ""
    for place, digit in zip(range(len(digits) - 1, -1, -1), digits, strict=True):
        if digit:
            words += DIGITS_ZH[digit] + _PLACES_ZH[place]
        elif not words.endswith("零"):
            words += "零"
    words = words.rstrip("零")
    return words.removeprefix("一") if 10 <= number < 20 else words


def english(number: int) -> list[str]:
    """["one", "hundred", "and", "five"] for 105, each word a clip. ValueError outside 0 to 9999."""
    if _checked(number) < len(SMALL_EN):
        return [SMALL_EN[number]]
    if number < 100:
        tens, ones = divmod(number, 10)
        return [TENS_EN[tens - 2], *([DIGITS_EN[ones]] if ones else [])]
    scale, word = (1000, "thousand") if number >= 1000 else (100, "hundred")
    many, rest = divmod(number, scale)
    return [*english(many), word, *(["and"] if 0 < rest < 100 else []), *(english(rest) if rest else [])]


def _checked(number: int) -> int:
    if not 0 <= number <= LARGEST:
        raise ValueError(f"{number} is not a number from 0 to {LARGEST}")
    return number
