//! Files that the page saves: the picture, by the writer that also draws it, and texts that the worker prints.

use kubehop::view::matrix_view::MatrixForm;
use kubehop::view::page_view::CopiedText;
use kubehop::view::scene::Scene;
use kubehop::view::svg::{self, PictureState, PictureStyle, PictureTheme};
use kubehop::view::timeline::Moment;

use super::browser;
use super::link_module;
use super::message::{PictureForm, Theme};

/// Saves a text as a file, whose last line ends as every other.
pub(crate) fn save_text(what: &CopiedText, mut text: String) {
    if !text.ends_with('\n') {
        text.push('\n');
    }
    browser::download(file_name(what), &text);
}

fn file_name(what: &CopiedText) -> &'static str {
    match what {
        CopiedText::Trace => "trace.txt",
        CopiedText::Json => "trace.json",
        CopiedText::Markdown => "trace.md",
        CopiedText::Mermaid => "trace.mmd",
        CopiedText::Problems => "problems.txt",
        CopiedText::Rules(_) => "rules.txt",
        CopiedText::Matrix(MatrixForm::Markdown, _) => "matrix.md",
        CopiedText::Matrix(MatrixForm::Csv, _) => "matrix.csv",
        CopiedText::Matrix(MatrixForm::Json, _) => "matrix.json",
    }
}

/// Saves a picture with its packet at a moment, byte for byte as `kubehop svg` prints it; what an open prediction of a
/// lesson leaves out of the page is left out of the file as well.
pub(crate) fn save_picture(
    scene: &Scene,
    moment: Option<Moment>,
    stylesheet: &str,
    theme: Theme,
    form: PictureForm,
) {
    let state = PictureState::at_hop(scene, moment.map_or(0, |moment| moment.hop));
    let theme = match theme {
        Theme::Light => PictureTheme::Light,
        Theme::Dark => PictureTheme::Dark,
    };
    let picture = svg::standalone(&state, moment, PictureStyle { stylesheet, theme }) + "\n";
    match form {
        PictureForm::Svg => browser::download("picture.svg", &picture),
        PictureForm::Png => link_module::save_png(picture, "picture.png"),
    }
}
