"""A kiosk that is switched on in the morning of an outage goes on giving numbers."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from kiosk.outage import catch_up
from kiosk.spool import Spool
from kiosk.testing import kiosk_at
from shared.testing import running_hub

SKEW = timedelta(minutes=-17)


def test_a_kiosk_starts_without_the_hub(tmp_path: Path, application: object) -> None:
    with running_hub(tmp_path / "hall") as hub:
        token = hub.enrol("citizen-kiosk")
        owner = sha256(token.encode()).hexdigest()
        folder = tmp_path / "kiosk"
        spool = Spool(folder, owner)
        assert catch_up(hub.with_credential(token), spool, lambda: datetime.now(UTC) + SKEW)
        spool.close()
        hub.kill()
        with kiosk_at(hub, folder, token=token, is_online=False) as kiosk:
            kiosk.until(lambda: kiosk.text("hall") == "小厅", "the hall as it was kept is not shown")
            assert "仍可离线取号。数据更新于 09:30" in kiosk.text("stale")
            kiosk.tap("lane-A")
            kiosk.tap("continue-without-card")
            kiosk.tap("take")
            assert kiosk.number() == "A501"
            hub.restart()
            kiosk.until(lambda: kiosk.lending.standby.spool.pending() == [], "it was not brought in")
            assert "A501" in [ticket.number for ticket in kiosk.new_tickets()]
            kiosk.until(lambda: kiosk.text("stale") == "")
