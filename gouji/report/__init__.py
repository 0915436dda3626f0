"""What a folder of outputs amounts to: how much was read, how far it adds up, what was changed."""
