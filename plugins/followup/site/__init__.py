"""What each page shows, as frozen values, and the templates that turn them into HTML."""
