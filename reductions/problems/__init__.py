"""Problems, one a file: instances, sizes, an obviously right solver, witnesses."""
