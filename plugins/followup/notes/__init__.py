"""Reading and writing the owner's notes: text to values, and every fault in them as a `Problem`."""
