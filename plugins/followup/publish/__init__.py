"""From a portal to what lies on a host: built, encrypted, searched for leaks, put in place at once."""
