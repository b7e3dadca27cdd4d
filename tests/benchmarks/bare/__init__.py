"""What a feature is measured against: the least that Django or Wagtail needs for the same thing."""
