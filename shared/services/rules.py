"""The posted order at run time: its figures, the text on the wall, and who changed what and when."""

import json
from collections.abc import Iterator
from dataclasses import fields

from msgspec import UNSET

from shared.domain.moments import from_millis
from shared.domain.refusals import Refused
from shared.domain.rules import FigureError, Rules, rules_from
from shared.domain.rules_text import figure_name, wall_text
from shared.protocol import messages as m
from shared.services.hall import HallPlan, current_rules
from shared.services.viewing import rules_view
from shared.store.queries import sql
from shared.store.sqlite import Connection
from shared.store.transaction import Transaction

Figures = dict[str, int | None]
"""Every figure by its name, a credit as `credits.elderly`."""


def change_rules(tx: Transaction, request: m.ChangeRules) -> None:
    """Change the figures that are given; the others stay, and so does each ticket's place.

    Raises Refused("impossible_rule") for a figure that cannot be. Nothing is written when nothing changes.
    """
    before = current_rules(tx.connection)
    after = _changed(before, request)
    if after.as_data() == before.as_data():
        return
    data = after.as_data()
    tx.execute(sql("insert_rules"), (tx.millis, tx.actor, json.dumps(data, ensure_ascii=False)))
    tx.fact("rules.changed", before=before.as_data(), after=data)


def posted_rules(connection: Connection, plan: HallPlan) -> m.RulesPosted:
    """What hangs on the wall, and how it came to say so, the newest change first."""
    rules = current_rules(connection)
    return m.RulesPosted(
        rules=rules_view(rules),
        wall=[m.Said(zh=zh, en=en) for zh, en in wall_text(rules)],
        history=list(_history(connection, plan))[::-1],
    )


def figures(rules: Rules) -> Figures:
    """Every figure by its name."""
    found: Figures = {f"credits.{priority}": minutes for priority, minutes in rules.credits.items()}
    return found | {f.name: getattr(rules, f.name) for f in fields(rules) if f.name != "credits"}


def _changed(before: Rules, request: m.ChangeRules) -> Rules:
    data = before.as_data()
    given = {name: getattr(request, name) for name in request.__struct_fields__ if name != "credits"}
    data |= {name: value for name, value in given.items() if value is not UNSET}
    data["credits"] = {**before.credits, **request.credits}
    try:
        return rules_from(data)
    except FigureError as error:
        zh, en = figure_name(error.name)
        raise Refused(
            "impossible_rule", name_zh=zh, name=en, value=error.value, least=error.least, most=error.most
        ) from error
    except ValueError as error:
        raise Refused("invalid_body", detail=str(error)) from error


def _history(connection: Connection, plan: HallPlan) -> Iterator[m.RulesChange]:
    """Each change with what was before it; the first set of rules has nothing before it."""
    before: Figures | None = None
    names = {f"device:{row[0]}": str(row[1]) for row in connection.execute(sql("devices"))}
    names |= {f"clerk:{number}": name for number, name in plan.clerk_names.items()}
    for at, actor, data in connection.execute(sql("rules_history")).fetchall():
        after = figures(rules_from(json.loads(data)))
        changes = (
            []
            if before is None
            else [_change(n, before[n], after[n]) for n in after if before[n] != after[n]]
        )
        yield m.RulesChange(at=from_millis(at), who=names.get(actor, actor), changes=changes)
        before = after


def _change(name: str, before: int | None, after: int | None) -> m.FigureChange:
    zh, en = figure_name(name)
    return m.FigureChange(name=name, zh=zh, en=en, before=before, after=after)
