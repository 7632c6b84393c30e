//! The packets, on a canvas over the picture.
//!
//! Drawn at every frame from the session's time alone; nothing is remembered between frames.

use kubehop::view::camera::Camera;
use kubehop::view::flow::Flow;
use kubehop::view::packets::{dot, label, small_dot};
use kubehop::view::page_view::TraceView;
use kubehop::view::scene::Scene;
use yew::prelude::*;

use super::browser::Canvas;
use super::message::Theme;
use super::shared::Same;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// The picture they move in.
    pub(crate) scene: Same<Scene>,
    /// The shown connection.
    pub(crate) trace: Option<Same<TraceView>>,
    /// Many connections, while they are shown.
    pub(crate) flow: Option<Same<Flow>>,
    /// Seconds now.
    pub(crate) time: f32,
    /// How the picture is looked at.
    pub(crate) camera: Camera,
    /// The theme, whose colours they have.
    pub(crate) theme: Theme,
    /// The size of the region, which the canvas fills.
    pub(crate) region: (f32, f32),
}

/// The canvas.
#[component]
pub(crate) fn Packets(props: &Props) -> Html {
    let place = use_node_ref();
    let canvas = use_mut_ref(|| None::<(Theme, Canvas)>);
    {
        let place = place.clone();
        let Props {
            scene,
            trace,
            flow,
            time,
            camera,
            theme,
            region,
        } = props;
        let dependencies = (
            scene.clone(),
            trace.clone(),
            flow.clone(),
            *time,
            *camera,
            *theme,
            *region,
        );
        use_effect_with(
            dependencies,
            move |(scene, trace, flow, time, camera, theme, region)| {
                let mut canvas = canvas.borrow_mut();
                if canvas.as_ref().is_none_or(|(of, _)| of != theme) {
                    *canvas = Canvas::at(&place).map(|fresh| (*theme, fresh));
                }
                if let Some((_, canvas)) = canvas.as_ref() {
                    draw(
                        canvas,
                        scene,
                        trace.as_deref(),
                        flow.as_deref(),
                        *time,
                        (*region, *camera),
                    );
                }
            },
        );
    }
    html! { <canvas ref={place} aria-hidden="true"></canvas> }
}

fn draw(
    canvas: &Canvas,
    scene: &Scene,
    trace: Option<&TraceView>,
    flow: Option<&Flow>,
    time: f32,
    (region, camera): ((f32, f32), Camera),
) {
    canvas.clear(region, camera);
    if let Some(flow) = flow {
        for (path, moment) in flow.packets(time) {
            if let Some(dot) = small_dot(scene, path, moment) {
                canvas.dot(&dot);
            }
        }
        return;
    }
    let (Some(trace), Some(path)) = (trace, &scene.path) else {
        return;
    };
    let moment = trace.timeline.frame(time);
    if let Some(dot) = dot(scene, path, moment) {
        canvas.dot(&dot);
    }
    if time > 0.0
        && time < trace.timeline.duration()
        && let Some(label) = label(scene, path, moment)
    {
        canvas.label(&label);
    }
}
