"""The list of verbs: each checks, writes within the transaction it is given, and leaves facts."""
