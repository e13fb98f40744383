"""The hall's voice: calls spoken from recorded or rendered clips, one after another, none dropped."""
