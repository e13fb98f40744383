"""The hub as its clients know it: calls, the event stream, and the hall in memory. No Qt here."""
