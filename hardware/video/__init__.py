"""The video window: a call with picture and sound between two machines of the hall's network."""
