"""`hall doctor`: finds and tests the devices of one machine, and says in words what is wrong."""
