"""From a bundle of source segments to the store: made, kept until it is taken, put there again and again."""
