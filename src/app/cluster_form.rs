//! The cluster's settings, where the manifests are silent.

use kubehop::view::page_view::{PROXY_MODES, SettingChange, Settings};
use kubehop::view::session::Ask;
use yew::prelude::*;

use super::browser;
use super::message::{Action, Msg};
use super::shared::{Same, use_words};

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// The settings.
    pub(crate) settings: Same<Settings>,
    /// Where to send what happens.
    pub(crate) send: Callback<Msg>,
}

/// The Cluster tab.
#[component]
pub(crate) fn ClusterForm(props: &Props) -> Html {
    let words = use_words();
    let Props { settings, send } = props;
    let mode_place = use_node_ref();
    let (place, proxy_mode) = (mode_place.clone(), settings.proxy_mode.clone());
    use_effect(move || browser::choose(&place, &proxy_mode));
    let change = |setting: fn(String) -> SettingChange| {
        send.reform(move |event: Event| {
            let change = setting(browser::value_of(&event));
            Msg::Do(Action::Ask(Ask::Configure(change)))
        })
    };
    let field = |label: &str, value: &String, setting| {
        let onchange = change(setting);
        html! {
            <label>
                { words.label(label) }
                <input class="field" value={value.clone()} {onchange} />
            </label>
        }
    };
    let option = |value: &'static str, label: &str, selected: bool| {
        html! { <option {value} {selected}>{ words.label(label) }</option> }
    };
    let is_first = settings.services_first;
    let balancer =
        |name: &'static str, label: &str| option(name, label, settings.load_balancer == name);
    let plugin = |name: &'static str, label: &str| option(name, label, settings.plugin == name);
    let mode = |name: &'static str| {
        html! { <option value={name} selected={settings.proxy_mode == name}>{ name }</option> }
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
            { field("cluster-pods", &settings.pod_cidr, SettingChange::PodCidr) }
            { field("cluster-services", &settings.service_cidr, SettingChange::ServiceCidr) }
            { field("cluster-domain", &settings.domain, SettingChange::Domain) }
            <label>
                { words.label("proxy-mode") }
                <select ref={mode_place} onchange={change(SettingChange::ProxyMode)}>
                    { for PROXY_MODES.map(mode) }
                </select>
            </label>
            <label>
                { words.label("cluster-load-balancer") }
                <select onchange={change(SettingChange::LoadBalancer)}>
                    { balancer("auto", "load-balancer-auto") }
                    { balancer("cloud", "load-balancer-cloud") }
                    { balancer("metallb", "load-balancer-metallb") }
                    { balancer("servicelb", "load-balancer-servicelb") }
                    { balancer("none", "load-balancer-none") }
                </select>
            </label>
            <label>
                { words.label("cluster-network-plugin") }
                <select onchange={change(SettingChange::NetworkPlugin)}>
                    { plugin("api", "network-plugin-api") }
                    { plugin("calico", "network-plugin-calico") }
                    { plugin("cilium", "network-plugin-cilium") }
                    { plugin("kube-router", "network-plugin-kube-router") }
                    { plugin("antrea", "network-plugin-antrea") }
                    { plugin("none", "network-plugin-none") }
                </select>
            </label>
            <label>
                { words.label("cluster-creation") }
                <select onchange={change(SettingChange::Creation)}>
                    { option("written", "creation-as-written", !is_first) }
                    { option("first", "creation-services-first", is_first) }
                </select>
            </label>
        </div>
    }
}
