"""One folder per kind of channel. README.md says how to write one."""
