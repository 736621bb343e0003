"""A poster, and sheets of small pictures, of what is stored."""
