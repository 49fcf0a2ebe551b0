"""Integer networks as files and modules of other libraries, which are loaded on use."""
