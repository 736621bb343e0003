"""A CHZZK-compatible platform on loopback: real HTTP, real video made while it plays, and the truth kept on disk.

It imports nothing of mntreamer: it is a stranger, as a platform is.
"""

from simulated_channel.chzzk import SimulatedChzzk

__all__ = ["SimulatedChzzk"]
