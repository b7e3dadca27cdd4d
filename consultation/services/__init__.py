"""What changes a consultation: one verb a function, keyword-only, one transaction each."""
