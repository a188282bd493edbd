"""The running program: settings, clock, network, dispatcher, command line."""

__version__ = "0.3.0"
"""What the package, the log and the papers name; a release is a heading in CHANGELOG.md."""
