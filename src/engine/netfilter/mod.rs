//! The kernel: a packet walks the rules of a node; connection tracking undoes for the reply what they did.
