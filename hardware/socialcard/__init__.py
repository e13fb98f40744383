"""Social-security cards with a contact chip, through PC/SC."""
