"""What belongs to the person: settings, data, deletion."""
