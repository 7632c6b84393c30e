//! What `kubectl` prints of a cluster.
