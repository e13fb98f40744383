"""The hall's voice: calls spliced from recorded clips and spoken one after another.

    python -m hardware.voice build          # once, at set-up
    announcer = Announcer(Splicer(load_pack(default_pack_folder())), [open_sink("auto"), NullSink()])
    announcer.say_call("A012", 3)

Knows no ticket and no user interface: a call is a number as printed, a window number and languages.
"""
