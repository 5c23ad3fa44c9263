"""What a visitor sees, in a real Chromium."""
