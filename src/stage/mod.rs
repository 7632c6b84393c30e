//! What is shown and when: the picture, its time, the state of a session.

pub mod words;
