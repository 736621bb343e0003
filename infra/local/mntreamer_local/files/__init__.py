"""The bucket as a folder, and the files that hold what is secret."""
