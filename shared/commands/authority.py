"""`hall authority`: show by what devices and offices know this hall's hub, and write its certificate out."""

import sys
from collections.abc import Sequence
from pathlib import Path

from shared.commands.operating import operator_parser
from shared.domain.pin import grouped
from shared.store.authority import load_authority
from shared.store.house import House
from shared.store.keys import KeyFileError


def main(argv: Sequence[str]) -> int:
    """Print the fingerprint; exit code 1 when there is no authority or the file cannot be written."""
    parser = operator_parser("authority", "Show the hall's own authority, which vouches for its hub.")
    parser.add_argument(
        "--export", type=Path, metavar="FILE", help="write its certificate, for browsers to import"
    )
    options = parser.parse_args(argv)
    try:
        authority = load_authority(House(options.data).authority)
        if options.export is not None:
            options.export.write_text(authority.pem, "ascii")
    except (KeyFileError, OSError) as error:
        print(f"hall authority: {error}", file=sys.stderr)  # noqa: T201
        return 1
    print(f"指纹 fingerprint: {grouped(authority.fingerprint)}")  # noqa: T201
    if options.export is not None:
        print(f"证书 certificate: {options.export}")  # noqa: T201
    return 0
