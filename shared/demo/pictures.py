"""The pictures: every screen of the hall, and the citizen's phone in a real browser."""

import logging
import shutil
import subprocess
import time
from pathlib import Path

from PIL import Image

from shared.qt.robot_driver import RobotDriver

log = logging.getLogger(__name__)

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
_PHONE = "360,740"
_LARGEST = 300_000
_QUIET = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--hide-scrollbars",
    "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--lang=zh-CN",
    "--accept-lang=zh-CN", "--timeout=2000",
)  # fmt: skip


def grab(app: RobotDriver, path: Path, window: str = "") -> None:
    """One screen, once it stands still."""
    time.sleep(0.5)
    app.grab(path, window)


def photograph(url: str, path: Path, folder: Path) -> bool:
    """The citizen's page on a phone; False where no Chromium is installed."""
    browser = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if browser is None:
        return False
    profile = folder / "browser"
    command = [
        browser,
        *_QUIET,
        f"--user-data-dir={profile}",
        f"--window-size={_PHONE}",
        f"--screenshot={path}",
        url,
    ]
    try:
        subprocess.run(command, capture_output=True, timeout=30, check=False)
    except subprocess.TimeoutExpired:
        log.warning("%s did not make %s in its time", browser, path.name)
    return path.exists()


def keep_small(path: Path) -> None:
    """Fewer colours, then fewer dots, until the picture is small enough to be kept with the code."""
    with Image.open(path) as opened:
        picture = opened.convert("RGB")
    picture.quantize(128).save(path, optimize=True)
    while path.stat().st_size > _LARGEST:
        picture = picture.resize((picture.width * 3 // 4, picture.height * 3 // 4), Image.Resampling.LANCZOS)
        picture.quantize(128).save(path, optimize=True)
