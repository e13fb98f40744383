"""LED bars above the windows."""
