"""What the code knows of the English language: few rules, and the small words that they go by.

Only a text in English leads here; its lists of words stand in ``content/data``.
"""
