"""What can be seen in one text: knowledge that several checks and the pairing share. Nothing here knows rules."""
