"""What the notes mean together: companies, applications, people, stages, completeness."""
