"""Texts without names: what would tell strangers who somebody is, found and replaced alike.

``finding`` says where something stands that tells, ``masking``
replaces it, the same by the same over all texts.
"""
