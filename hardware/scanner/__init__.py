"""Scanners of QR codes and bar codes: on a serial line, as a keyboard, by camera."""
