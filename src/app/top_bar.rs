//! The top bar: examples, views, sharing, language, theme.

use kubehop::view::course::{CourseItem, CourseView, folder_of};
use kubehop::view::language::Language;
use kubehop::view::page_view::{LessonTitle, PROXY_MODES, SettingChange, Settings};
use kubehop::view::scene::View;
use kubehop::view::session::{Ask, MANY, STREAM};
use yew::prelude::*;

use super::browser;
use super::course_link::CourseMsg;
use super::history::KeptState;
use super::icons;
use super::message::{Action, Dialog, Msg};
use super::shared::{Same, Words, use_words};

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// The examples.
    pub(crate) lessons: Same<Vec<LessonTitle>>,
    /// The states that the browser keeps, the one changed last first.
    pub(crate) states: Same<Vec<KeptState>>,
    /// The id of the kept state that is shown.
    pub(crate) current: Option<String>,
    /// Whether the tab opened a link.
    pub(crate) linked: bool,
    /// The course, whose open lesson is shown whatever becomes of its text.
    pub(crate) course: Same<CourseView>,
    /// Whether a lesson opens soon.
    pub(crate) is_opening: bool,
    /// The id of the open example; `None` once its text was edited.
    pub(crate) lesson: Option<String>,
    /// Which picture.
    pub(crate) view: View,
    /// Whether the matrix is in its place.
    pub(crate) matrix: bool,
    /// The language of the page.
    pub(crate) language: Language,
    /// The cluster's settings, of which kube-proxy's mode is chosen here.
    pub(crate) settings: Same<Settings>,
    /// Where to send what happens.
    pub(crate) send: Callback<Msg>,
}

/// The top bar.
#[component]
pub(crate) fn TopBar(props: &Props) -> Html {
    let words = use_words();
    let (picker, mode) = (use_node_ref(), use_node_ref());
    let (shown, proxy_mode) = (shown(props), props.settings.proxy_mode.clone());
    let places = (picker.clone(), mode.clone());
    use_effect(move || {
        if let Some(shown) = shown {
            browser::choose(&places.0, &shown);
        }
        browser::choose(&places.1, &proxy_mode);
    });
    html! {
        <header class="top">
            <h1 class="logo">{ icons::logo() }{ "kubehop" }</h1>
            { examples(props, picker, &words) }
            <div class="sp wide-only"></div>
            <div class="seg" role="group" aria-label={words.label("view")}>
                { view_button(props, View::Concept, words.label("view-concept")) }
                { view_button(props, View::Network, words.label("view-network")) }
                { matrix_button(props, words.label("view-matrix")) }
            </div>
            { proxy_modes(props, mode, &words) }
            <span class="wide-only contents"><Actions language={props.language} send={props.send.clone()} /></span>
            <Menu language={props.language} send={props.send.clone()} />
        </header>
    }
}

/// How the value of a kept state begins in the picker; its id follows.
const STATE: &str = "state:";

/// How the value of a lesson of the course begins in the picker; its id follows.
const COURSE: &str = "course:";

/// The value of the picker's entry that is shown; `None` while a lesson that was chosen there is on its way.
fn shown(props: &Props) -> Option<String> {
    let open = props.course.open.as_ref();
    if props.is_opening && open.is_none() {
        return None;
    }
    let lesson = open.map(|open| format!("{COURSE}{}", open.id));
    let state = || props.current.as_ref().map(|id| format!("{STATE}{id}"));
    let shown = lesson.or_else(|| props.lesson.clone()).or_else(state);
    Some(shown.unwrap_or_default())
}

/// The picker of examples and kept states, and the steps from one to the next.
fn examples(props: &Props, picker: NodeRef, words: &Words) -> Html {
    let Props {
        lessons,
        lesson,
        send,
        ..
    } = props;
    let onchange = send.reform(|event: Event| {
        let chosen = browser::value_of(&event);
        if let Some(id) = chosen.strip_prefix(COURSE) {
            return open_lesson(id);
        }
        match chosen.strip_prefix(STATE) {
            Some(id) => Msg::Restore(id.to_owned()),
            None => ask(Ask::OpenLesson(chosen)),
        }
    });
    let option = |item: &LessonTitle| {
        let selected = lesson.as_ref() == Some(&item.id);
        html! { <option value={item.id.clone()} {selected}>{ &item.title }</option> }
    };
    html! {
        <>
            <select class="lesson" ref={picker} aria-label={words.label("examples")} {onchange}>
                { for own_texts(props, words) }
                { for lessons.iter().map(option) }
                { earlier_states(props, words) }
                { lessons_of_course(props, words) }
            </select>
            { step_button(props, -1, format!("‹ {}", words.label("previous"))) }
            { step_button(props, 1, format!("{} ›", words.label("next"))) }
        </>
    }
}

/// The step to the lesson or example before (-1) or behind (1) the open one. The course has an end, the examples have
/// none.
fn step_button(props: &Props, by: i8, label: String) -> Html {
    let open = props.course.open.as_ref();
    let neighbour = open.map(|open| if by < 0 { &open.previous } else { &open.next });
    let disabled = neighbour.is_some_and(Option::is_none);
    let neighbour = neighbour.cloned().flatten();
    // Until the lesson is loaded its neighbours are unknown. The button keeps the focus meanwhile.
    let must_wait = props.is_opening && open.is_none();
    let aria_disabled = must_wait.then_some("true");
    let onclick = props.send.reform(move |_: MouseEvent| match &neighbour {
        Some(id) => open_lesson(id),
        None => ask(Ask::StepLesson(by)),
    });
    let onclick = (!must_wait).then_some(onclick);
    html! {
        <button class="ghost wide-only" {disabled} aria-disabled={aria_disabled} {onclick}>{ label }</button>
    }
}

/// The picker's group of the course.
fn lessons_of_course(props: &Props, words: &Words) -> Html {
    let course = &props.course;
    if course.items.is_empty() {
        return Html::default();
    }
    let open = course.open.as_ref().map(|open| open.id.as_str());
    let is_challenge = |item: &&CourseItem| folder_of(&item.id) == "challenges";
    let (challenges, lessons): (Vec<&CourseItem>, Vec<&CourseItem>) =
        course.items.iter().partition(is_challenge);
    let option = |item: &CourseItem| {
        let value = format!("{COURSE}{}", item.id);
        let selected = open == Some(item.id.as_str());
        let text = format!("{} · {}", item.number, item.title);
        html! { <option key={value.clone()} {value} {selected}>{ text }</option> }
    };
    let made = course.open.as_ref().filter(|open| open.is_generated);
    let made = made.map(|open| {
        let value = format!("{COURSE}{}", open.id);
        html! { <option key={value.clone()} {value} selected=true>{ &open.title }</option> }
    });
    html! {
        <>
            <optgroup label={words.label("course")}>{ for lessons.into_iter().map(option) }</optgroup>
            <optgroup label={words.label("challenges")}>{ for challenges.into_iter().map(option) }{ made }</optgroup>
        </>
    }
}

fn open_lesson(id: &str) -> Msg {
    Msg::Course(CourseMsg::Open(id.to_owned()))
}

/// The picker's entry of a kept state.
fn state_option(props: &Props, state: &KeptState, text: String) -> Html {
    let value = format!("{STATE}{}", state.id);
    let is_example = props.lesson.is_some() || props.course.open.is_some();
    let selected = !is_example && props.current.as_ref() == Some(&state.id);
    html! { <option key={value.clone()} {value} {selected}>{ text }</option> }
}

/// Whether what is shown is in no kept state: text that is not kept yet, or a link's.
fn is_unkept(props: &Props) -> bool {
    props.lesson.is_none() && props.course.open.is_none() && props.current.is_none()
}

/// The kept state that is a person's own text, and the earlier ones.
fn own_and_earlier(props: &Props) -> (&[KeptState], &[KeptState]) {
    let has_own = !is_unkept(props) || props.linked;
    let own = usize::from(has_own).min(props.states.len());
    props.states.split_at(own)
}

/// The picker's first entries: what is not kept, and the last own text.
fn own_texts(props: &Props, words: &Words) -> Vec<Html> {
    let unkept = is_unkept(props).then(|| {
        let label = if props.linked {
            "opened-link"
        } else {
            "own-text"
        };
        html! { <option key="unkept" value="" selected=true disabled=true>{ words.label(label) }</option> }
    });
    let (own, _) = own_and_earlier(props);
    let own = own
        .iter()
        .map(|own| state_option(props, own, words.label("own-text")));
    unkept.into_iter().chain(own).collect()
}

/// The picker's group of earlier states, with their times.
fn earlier_states(props: &Props, words: &Words) -> Html {
    let (_, earlier) = own_and_earlier(props);
    if earlier.is_empty() {
        return Html::default();
    }
    let option = |kept: &KeptState| {
        let time = browser::date(kept.changed, props.language.code());
        state_option(props, kept, format!("{time} · {}", kept.title))
    };
    html! {
        <optgroup label={words.label("earlier-states")}>{ for earlier.iter().map(option) }</optgroup>
    }
}

fn view_button(props: &Props, view: View, label: String) -> Html {
    let is_shown = (props.view == view && !props.matrix).to_string();
    let send = props.send.clone();
    let onclick = Callback::from(move |_: MouseEvent| {
        send.emit(Msg::Matrix(false));
        send.emit(ask(Ask::SetView(view)));
    });
    html! { <button aria-pressed={is_shown} {onclick}>{ label }</button> }
}

fn matrix_button(props: &Props, label: String) -> Html {
    let onclick = props.send.reform(|_: MouseEvent| Msg::Matrix(true));
    html! { <button class="matrix-view" aria-pressed={props.matrix.to_string()} {onclick}>{ label }</button> }
}

fn proxy_modes(props: &Props, place: NodeRef, words: &Words) -> Html {
    let option = |name: &'static str| {
        let selected = props.settings.proxy_mode == name;
        html! { <option value={name} {selected}>{ "kube-proxy: " }{ name }</option> }
    };
    let onchange = props.send.reform(|event: Event| {
        let mode = SettingChange::ProxyMode(browser::value_of(&event));
        ask(Ask::Configure(mode))
    });
    html! {
        <select class="proxy-mode wide-only" ref={place} aria-label={words.label("proxy-mode")} {onchange}>
            { for PROXY_MODES.into_iter().map(option) }
        </select>
    }
}

fn ask(ask: Ask) -> Msg {
    Msg::Do(Action::Ask(ask))
}

#[derive(Properties, PartialEq)]
struct ActionsProps {
    language: Language,
    send: Callback<Msg>,
}

/// Sharing, language and theme: in the bar, and in the menu of a narrow page.
#[component]
fn Actions(props: &ActionsProps) -> Html {
    let words = use_words();
    let ActionsProps { language, send } = props;
    let other = language.other();
    let share = send.reform(|_| Msg::Show(Some(Dialog::Share)));
    let embed = send.reform(|_| Msg::Show(Some(Dialog::Embed)));
    let switch = send.reform(move |_| Msg::SetLanguage(other));
    let theme = send.reform(|_| Msg::Theme);
    let theme_label = words.label("switch-theme");
    html! {
        <>
            <button onclick={share}>{ words.label("share") }</button>
            <button onclick={embed}>{ words.label("embed") }</button>
            <button class="ghost language" lang={other.code()} onclick={switch}>
                { other.own_name() }
            </button>
            <button class="ghost icon theme" aria-label={theme_label.clone()} onclick={theme}>
                { icons::theme() }
                <span class="narrow-only">{ theme_label }</span>
            </button>
        </>
    }
}

/// The menu of a narrow page.
#[component]
fn Menu(props: &ActionsProps) -> Html {
    let words = use_words();
    let is_open = use_state(|| false);
    let toggle = {
        let is_open = is_open.clone();
        Callback::from(move |_: MouseEvent| is_open.set(!*is_open))
    };
    let close = {
        let is_open = is_open.clone();
        Callback::from(move |_: MouseEvent| is_open.set(false))
    };
    {
        let is_open = is_open.clone();
        use_effect_with(*is_open, move |is_shown| {
            let listener = is_shown.then(|| browser::on_escape(move || is_open.set(false)));
            move || drop(listener)
        });
    }
    let ActionsProps { language, send } = props;
    let item_of = |class: Option<&'static str>, label: &str, message: Msg| {
        let onclick = send.reform(move |_: MouseEvent| message.clone());
        html! { <button {class} {onclick}>{ words.label(label) }</button> }
    };
    let item = |label: &str, message: Msg| item_of(None, label, message);
    html! {
        <div class="menu narrow-only">
            <button
                class="ghost icon"
                aria-label={words.label("more")}
                aria-expanded={is_open.to_string()}
                onclick={toggle}
            >
                { icons::dots() }
            </button>
            if *is_open {
                <div class="menu-outside" onclick={close.clone()} />
                <div class="menu-list" onclick={close}>
                    { item_of(Some("matrix-item"), "view-matrix", Msg::Matrix(true)) }
                    { item("commands", Msg::Show(Some(Dialog::Commands))) }
                    { item("send-many", ask(Ask::SendMany(MANY))) }
                    { item("stream", ask(Ask::SendMany(STREAM))) }
                    <Actions language={*language} send={send.clone()} />
                    { item("about", Msg::Show(Some(Dialog::About))) }
                </div>
            }
        </div>
    }
}
