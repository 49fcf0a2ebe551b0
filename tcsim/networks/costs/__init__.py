"""What each operation of a network costs as a circuit, from shapes alone: one operation a file.

Nothing here looks at a circuit or at what builds one.
"""
