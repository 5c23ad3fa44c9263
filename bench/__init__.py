"""What `make bench` measures; every figure is a median, and nothing here is a test."""
