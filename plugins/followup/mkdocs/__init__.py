"""The MkDocs plugin: the only part that knows MkDocs."""
