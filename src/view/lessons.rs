//! The examples one can open: a manifest and the request that shows its point.
//!
//! To add one, write its manifest to `static/lessons/`, a line here, and its title and text as `lesson-ID` in
//! `page/examples.ftl` of every language of `static/messages/`.

/// One example.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lesson {
    /// Its name in links and in the catalogue.
    pub id: &'static str,
    /// Its manifests.
    pub manifest: &'static str,
    /// Who calls, as [`kubehop_engine::trace::Origin`] reads it.
    pub from: &'static str,
    /// What is called, as [`kubehop_engine::trace::Target`] reads it; `{service}` is replaced by the first Service's address.
    pub to: &'static str,
}

macro_rules! manifest {
    ($name:literal) => {
        include_str!(concat!("../../static/lessons/", $name, ".yaml"))
    };
}

/// All of them, in the order of a first lesson.
pub const LESSONS: &[Lesson] = &[
    Lesson {
        id: "multi-port",
        manifest: manifest!("multi-port"),
        from: "node/node-2",
        to: "http://{service}",
    },
    Lesson {
        id: "manual-endpoints",
        manifest: manifest!("manual-endpoints"),
        from: "pod/client",
        to: "http://{service}",
    },
    Lesson {
        id: "node-port",
        manifest: manifest!("node-port"),
        from: "client",
        to: "http://192.168.0.12:30123",
    },
    Lesson {
        id: "load-balancer",
        manifest: manifest!("load-balancer"),
        from: "client",
        to: "http://{external}",
    },
    Lesson {
        id: "broken-selector",
        manifest: manifest!("broken-selector"),
        from: "node/node-1",
        to: "http://{service}",
    },
];

/// The example of that name.
pub fn named(id: &str) -> Option<&'static Lesson> {
    LESSONS.iter().find(|lesson| lesson.id == id)
}
