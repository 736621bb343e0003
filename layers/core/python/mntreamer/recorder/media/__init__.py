"""What is made of media, in a process of its own: pure functions of bytes, by FFmpeg's libraries."""
