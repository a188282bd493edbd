"""Pictures beside the text: where things stand at one look."""
