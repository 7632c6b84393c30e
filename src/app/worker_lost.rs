//! The page's notice when its worker is lost. Its sentences are in the page itself: the catalogue is in the worker.

use kubehop::view::language::Language;

/// Why the worker does not answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WorkerFault {
    /// It stopped and a new one was started.
    Restarted,
    /// It stopped again on the same text.
    Stopped,
    /// It is of another version.
    OtherVersion,
    /// The catalogue of a language cannot be loaded.
    NoCatalogue(Language),
}

impl WorkerFault {
    /// The sentence.
    pub(crate) fn text(self, language: Language) -> &'static str {
        match (language, self) {
            (Language::English, WorkerFault::Restarted) => {
                "The simulation stopped and is starting again. Your text is kept; the picture is the last good one."
            }
            (Language::English, WorkerFault::Stopped) => {
                "The simulation cannot work with this text. Your text is kept; the picture is the last good one. Change the text to try again."
            }
            (Language::English, WorkerFault::OtherVersion) => {
                "This page and its simulation are of different versions. Reload the page; your text is kept."
            }
            (Language::English, WorkerFault::NoCatalogue(_)) => {
                "The texts of this language cannot be loaded. Check your connection and try again."
            }
            (Language::Korean, WorkerFault::Restarted) => {
                "시뮬레이션이 중단되어 다시 시작하고 있습니다. 입력한 내용은 그대로 있으며, 그림은 마지막으로 정상이던 상태입니다."
            }
            (Language::Korean, WorkerFault::Stopped) => {
                "이 내용으로는 시뮬레이션을 실행할 수 없습니다. 입력한 내용은 그대로 있으며, 그림은 마지막으로 정상이던 상태입니다. 내용을 고치면 다시 시도합니다."
            }
            (Language::Korean, WorkerFault::OtherVersion) => {
                "페이지와 시뮬레이션의 버전이 다릅니다. 페이지를 새로 고치세요. 입력한 내용은 그대로 있습니다."
            }
            (Language::Korean, WorkerFault::NoCatalogue(_)) => {
                "이 언어의 문장을 불러올 수 없습니다. 연결을 확인하고 다시 시도하세요."
            }
        }
    }
}
