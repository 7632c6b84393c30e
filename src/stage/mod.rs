//! What is shown and when: the picture, its time, the state of a session, the words.

pub mod camera;
pub mod flow;
pub mod lessons;
pub mod links;
pub mod packets;
pub mod report;
pub mod scene;
pub mod session;
pub mod timeline;
pub mod track;
pub mod words;
