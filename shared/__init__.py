"""What kiosk, counter and display share: the rules, the store, the hub and its clients."""

__version__ = "0.1.0"
