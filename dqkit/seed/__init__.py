"""What a seed file is: its bytes, its text, its language, and what is declared about it."""
