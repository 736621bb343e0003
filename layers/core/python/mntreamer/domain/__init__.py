"""What mntreamer decides, as plain values and pure functions: no I/O, no clock; `now` is always an argument."""
