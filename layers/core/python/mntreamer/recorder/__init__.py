"""The recorder: fetch the source's segments, remux each bundle, store it, list it. One recording, one generation."""
