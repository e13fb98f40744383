"""What the hall's own records show, in figures and pictures."""
