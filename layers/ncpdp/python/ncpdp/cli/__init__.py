"""The command line of the library: parse, write, check, explain, convert, diff."""
