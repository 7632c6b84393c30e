//! Which lines of a node's firewall there are: tables, chains and rules as data, and their text.
