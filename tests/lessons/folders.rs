//! The folders of lessons and challenges, read, and the clusters to try them in.

use std::fs;
use std::path::{Path, PathBuf};

use kubehop::view::course::{CourseLesson, LessonText, folder_of, read_text};
use kubehop::{Catalogue, Config, Language, ProxyMode, problems_as_text};

/// A folder, read.
pub(crate) struct Folder {
    pub(crate) id: String,
    pub(crate) manifest: String,
    pub(crate) lesson: CourseLesson,
    /// In the order of [`LANGUAGES`].
    pub(crate) texts: Vec<LessonText>,
}

pub(crate) const LANGUAGES: [&str; 2] = ["en", "ko"];

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("static/lessons")
}

/// The folder of a lesson or challenge.
pub(crate) fn path_of(id: &str) -> PathBuf {
    let files = Path::new(env!("CARGO_MANIFEST_DIR")).join("static");
    files.join(folder_of(id)).join(id)
}

/// Every lesson, then every challenge, in order.
pub(crate) fn folders() -> Vec<Folder> {
    let mut folders = folders_of("lessons");
    folders.extend(folders_of("challenges"));
    folders
}

pub(crate) fn folders_of(kind: &str) -> Vec<Folder> {
    let files = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("static")
        .join(kind);
    let entries = fs::read_dir(files).expect("the folder is there");
    let paths = entries.map(|entry| entry.expect("it can be listed").path());
    let mut paths: Vec<PathBuf> = paths.filter(|path| path.is_dir()).collect();
    paths.sort();
    let folders: Vec<Folder> = paths.iter().map(|path| read(path)).collect();
    assert!(folders.len() >= 15, "{kind}: {} were found", folders.len());
    folders
}

fn read(path: &Path) -> Folder {
    let name = path.file_name().expect("a folder has a name");
    let id = name.to_string_lossy().into_owned();
    let file = |name: &str| {
        fs::read_to_string(path.join(name)).unwrap_or_else(|error| panic!("{id}/{name}: {error}"))
    };
    let lesson = CourseLesson::read(&file("lesson.yaml"), &Catalogue::of_page(Language::English));
    let lesson = lesson.unwrap_or_else(|mistakes| {
        panic!("{id}/lesson.yaml: {}", problems_as_text(&mistakes.problems))
    });
    let text = |language: &&str| {
        let text = read_text(&file(&format!("{language}.md")));
        text.unwrap_or_else(|fault| panic!("{id}/{language}.md: {fault:?}"))
    };
    Folder {
        manifest: file("manifest.yaml"),
        texts: LANGUAGES.iter().map(text).collect(),
        lesson,
        id,
    }
}

/// Both modes of kube-proxy; a lesson that sets the mode has it in both.
pub(crate) fn modes() -> [Config; 2] {
    [ProxyMode::Iptables, ProxyMode::Nftables].map(|mode| {
        let mut config = Config::default();
        config.proxy.mode = mode;
        config
    })
}
