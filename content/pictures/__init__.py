"""What is drawn of the facts: pure functions from what is known to what a template shows.

``drawing`` is the only module that renders. Each picture comes with a caption of the same facts.
"""
