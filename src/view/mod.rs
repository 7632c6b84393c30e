//! What is shown and when: the picture, its time, the state of a session, the words.
//!
//! ```text
//! cluster and trace ─▶ layout ─▶ scene ─────────┬─▶ svg: the picture
//!                      timeline ─▶ frame(t) ────┘
//! session::Model (in the worker) ─▶ PageView ─▶ session::Player and the components (in the page)
//! ```
//!
//! [`i18n`] turns reasons, verdicts and causes into the sentences of a language; [`lessons`] and [`course`] are what there
//! is to learn from.

pub mod call_offer;
pub mod camera;
pub mod course;
pub mod cross_reference;
pub mod event_lines;
pub mod export;
pub mod fix_preview;
pub mod flow;
pub mod glossary;
pub mod i18n;
mod label_rows;
pub mod language;
pub mod layout;
pub mod lessons;
pub mod matrix_view;
pub mod packets;
pub mod page_text;
pub mod page_view;
pub mod prompt;
pub mod scene;
pub mod session;
pub mod svg;
pub mod timeline;
pub mod timeline_labels;
