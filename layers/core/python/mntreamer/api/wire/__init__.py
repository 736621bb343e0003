"""How what is asked for and what is answered look in HTTP."""
