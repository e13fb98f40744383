"""Drivers for the devices of a service hall, each with a simulator that speaks its real protocol.

Knows no ticket and no user interface. A device is named by one string everywhere (`hardware.registry`),
reached through one kind of line (`hardware.transport`) and watched by one thread (`hardware.notifier`).
"""
