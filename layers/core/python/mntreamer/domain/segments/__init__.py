"""From a source's window to stored segments."""
