//! The course: every folder below `static/lessons/` is a whole lesson, and the engine agrees with it.
//!
//! Adding or translating a lesson needs no change here. `make bless` writes `course.json` anew.

mod content;
mod folders;
mod generated;
mod playing;
mod texts;
