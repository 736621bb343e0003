"""The child process that FFmpeg runs in, and how it is spoken with: what crashes there takes nothing else down."""
