"""What other programs know of a job search, as notes: invitations, messages, tables."""
