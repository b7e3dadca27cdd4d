"""What changes events and seats: one verb a function, keyword-only, one transaction each."""
