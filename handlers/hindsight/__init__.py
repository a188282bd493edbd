"""How it went: asked a month and three months after a letter, a verdict or an end."""
