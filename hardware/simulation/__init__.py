"""What every device simulator needs: a line that can be unplugged and misbehave, and a control channel.

A simulator is a process of its own and shares no code with the driver it answers.
"""
