"""The server: the API over HTTP, the tick, the recorders and the exporters, in one process and its children."""
