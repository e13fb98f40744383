"""A promise date (承诺时限) in words: by when a matter that is accepted on a day is settled."""

from datetime import date

from shared.domain.hours_words import Words, date_in_words
from shared.domain.workdays import NotYetPublishedError, WorkCalendar


def promise_words(calendar: WorkCalendar, accepted: date, promise_days: int, today: date) -> Words:
    """`今天受理，承诺 3 个工作日，最晚 11月27日 周五 办结`, and why days between are not counted.

    A promise of 0 days is settled on the spot (即办). Where the holidays of the year are not yet published it
    says so, and names no date.
    """
    day_zh, day_en = ("今天", "today") if accepted == today else date_in_words(accepted)
    if promise_days == 0:
        return f"{day_zh}受理，当场办结", f"accepted {day_en}, settled on the spot"
    zh, en = (
        f"{day_zh}受理，承诺 {promise_days} 个工作日",
        f"accepted {day_en}, promised in {_days(promise_days)}",
    )
    try:
        due = calendar.add_working_days(accepted, promise_days)
        why_zh, why_en = _not_counted(calendar, accepted, due)
    except NotYetPublishedError as error:
        why_zh, why_en = error.in_words()
        return f"{zh}（{why_zh}，日期待定）", f"{en} ({why_en}, so no date can be named)"
    due_zh, due_en = date_in_words(due)
    return f"{zh}，最晚 {due_zh} 办结{why_zh}", f"{en}: by {due_en}{why_en}"


def _not_counted(calendar: WorkCalendar, accepted: date, due: date) -> Words:
    """What makes it longer than its number of days; a day of extended hours accepts and does not count."""
    zh, en = [], []
    if not calendar.is_working(accepted):
        zh.append("受理当天不是工作日，不计入")
        en.append("the day of acceptance is no working day and does not count")
    names = {(day.name, day.name_en) for day in calendar.uncounted(accepted, due)}
    rests = sorted(names, key=lambda name: name[0] != "")
    if rests:
        zh.append("、".join(name or "周末" for name, _ in rests) + "不计")
        en.append(" and ".join(name or "weekends" for _, name in rests) + " not counted")
    return (f"（{'；'.join(zh)}）" if zh else "", f" ({'; '.join(en)})" if en else "")


def _days(count: int) -> str:
    return "1 working day" if count == 1 else f"{count} working days"
