"""The one door to the internet: a session that talks to public addresses only, and whole answers that it brings."""
