"""The follow-up rules: when to write, to whom, and what to say."""
