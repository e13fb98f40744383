"""What the hall's IT person types on the hub's machine. One command a module."""
