"""The running program: settings, clock, network, dispatcher, command line."""
