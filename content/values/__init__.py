"""Plain values that ``content`` decides on and ``storage`` keeps."""
