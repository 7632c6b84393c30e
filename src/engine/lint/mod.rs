//! What is legal but most likely not meant: one file for each diagnostic beyond the API server's own.
