"""What crosses the wire: messages, events and the one table of routes."""
