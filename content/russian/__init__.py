"""What the code knows of the Russian language: its dictionary, and how names are declined.

Only a text in Russian leads here; its lists of words stand in ``content/data``.
"""
