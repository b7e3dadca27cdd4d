"""What changes policies: one verb a function, keyword-only, one transaction each."""
