//! The cluster's settings, where the manifests are silent.

use kubehop::view::page_view::{PROXY_MODES, SettingChange, Settings};
use kubehop::view::session::Ask;
use yew::prelude::*;

use super::browser;
use super::message::{Action, Msg};
use super::shared::{Same, Words, use_words};

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// The settings.
    pub(crate) settings: Same<Settings>,
    /// Where to send what happens.
    pub(crate) send: Callback<Msg>,
}

/// A setting with few values.
struct Choice {
    label: &'static str,
    /// The name of each value with its label.
    options: &'static [(&'static str, &'static str)],
}

const LOAD_BALANCERS: Choice = Choice {
    label: "cluster-load-balancer",
    options: &[
        ("auto", "load-balancer-auto"),
        ("cloud", "load-balancer-cloud"),
        ("metallb", "load-balancer-metallb"),
        ("servicelb", "load-balancer-servicelb"),
        ("none", "load-balancer-none"),
    ],
};

const NETWORK_PLUGINS: Choice = Choice {
    label: "cluster-network-plugin",
    options: &[
        ("api", "network-plugin-api"),
        ("calico", "network-plugin-calico"),
        ("cilium", "network-plugin-cilium"),
        ("kube-router", "network-plugin-kube-router"),
        ("antrea", "network-plugin-antrea"),
        ("none", "network-plugin-none"),
    ],
};

const CREATION: Choice = Choice {
    label: "cluster-creation",
    options: &[
        ("written", "creation-as-written"),
        ("first", "creation-services-first"),
    ],
};

/// The Cluster tab.
#[component]
pub(crate) fn ClusterForm(props: &Props) -> Html {
    let words = use_words();
    let Props { settings, send } = props;
    let mode_place = use_node_ref();
    let (place, mode) = (mode_place.clone(), settings.proxy_mode.clone());
    use_effect(move || browser::choose(&place, &mode));
    let change = |setting: fn(String) -> SettingChange| {
        send.reform(move |event: Event| {
            let change = setting(browser::value_of(&event));
            Msg::Do(Action::Ask(Ask::Configure(change)))
        })
    };
    let proxy_mode = |name: &'static str| {
        html! { <option value={name} selected={settings.proxy_mode == name}>{ name }</option> }
    };
    let creation = if settings.services_first {
        "first"
    } else {
        "written"
    };
    html! {
        <div class="form">
            <p>{ words.label("cluster-intro") }</p>
            <label>
                { words.label("cluster-nodes") }
                <input
                    class="field"
                    type="number"
                    min="1"
                    max="20"
                    value={settings.nodes.clone()}
                    onchange={change(SettingChange::Nodes)}
                />
            </label>
            { field(&words, "cluster-pods", &settings.pod_cidr, change(SettingChange::PodCidr)) }
            { field(&words, "cluster-services", &settings.service_cidr, change(SettingChange::ServiceCidr)) }
            { field(&words, "cluster-domain", &settings.domain, change(SettingChange::Domain)) }
            <label>
                { words.label("proxy-mode") }
                <select ref={mode_place} onchange={change(SettingChange::ProxyMode)}>
                    { for PROXY_MODES.map(proxy_mode) }
                </select>
            </label>
            { choice(&words, &LOAD_BALANCERS, &settings.load_balancer, change(SettingChange::LoadBalancer)) }
            { choice(&words, &NETWORK_PLUGINS, &settings.plugin, change(SettingChange::NetworkPlugin)) }
            { choice(&words, &CREATION, creation, change(SettingChange::Creation)) }
        </div>
    }
}

fn field(words: &Words, label: &str, value: &str, onchange: Callback<Event>) -> Html {
    html! {
        <label>
            { words.label(label) }
            <input class="field" value={value.to_owned()} {onchange} />
        </label>
    }
}

fn choice(words: &Words, choice: &Choice, chosen: &str, onchange: Callback<Event>) -> Html {
    let option = |(value, label): &(&'static str, &str)| {
        let selected = *value == chosen;
        html! { <option value={*value} {selected}>{ words.label(label) }</option> }
    };
    html! {
        <label>
            { words.label(choice.label) }
            <select {onchange}>
                { for choice.options.iter().map(option) }
            </select>
        </label>
    }
}
