//! The cluster's settings, where the manifests are silent.

use kubehop::engine::cluster::Config;
use kubehop::engine::cluster::config::{Creation, LoadBalancer};
use kubehop::view::session::Action;
use yew::prelude::*;

use super::browser;
use super::message::Msg;
use super::shared::use_words;

#[derive(Properties, PartialEq)]
pub struct Props {
    /// The settings.
    pub config: Config,
    /// Where to send what happens.
    pub send: Callback<Msg>,
}

/// The Cluster tab.
#[component]
pub fn ClusterForm(props: &Props) -> Html {
    let words = use_words();
    let Props { config, send } = props;
    let change = |edit: fn(&mut Config, String)| {
        let (config, send) = (config.clone(), send.clone());
        Callback::from(move |event: Event| {
            let mut config = config.clone();
            edit(&mut config, browser::value_of(&event));
            send.emit(Msg::Do(Action::Configure(config)));
        })
    };
    let nodes = change(|config, text| {
        config.nodes = text
            .parse()
            .map_or(config.nodes, |count: u8| count.clamp(1, 20));
    });
    let pods = change(|config, text| {
        if let Ok(range) = text.trim().parse() {
            config.pod_cidrs = vec![range];
        }
    });
    let services = change(|config, text| {
        if let Ok(range) = text.trim().parse() {
            config.service_cidrs = vec![range];
        }
    });
    let domain = change(|config, text| config.domain = text.trim().trim_matches('.').to_owned());
    let cloud = change(|config, text| {
        config.load_balancer = if text == "cloud" {
            LoadBalancer::Cloud
        } else {
            LoadBalancer::None
        };
    });
    let creation = change(|config, text| {
        config.creation = if text == "first" {
            Creation::ServicesFirst
        } else {
            Creation::AsWritten
        };
    });
    let is_first = config.creation == Creation::ServicesFirst;
    let first =
        |ranges: &[ipnet::IpNet]| ranges.first().map(ToString::to_string).unwrap_or_default();
    let is_cloud = config.load_balancer == LoadBalancer::Cloud;
    html! {
        <div class="form">
            <p>{ words.label("cluster-intro") }</p>
            <label>{ words.label("cluster-nodes") }<input class="field" type="number" min="1" max="20" value={config.nodes.to_string()} onchange={nodes} /></label>
            <label>{ words.label("cluster-pods") }<input class="field" value={first(&config.pod_cidrs)} onchange={pods} /></label>
            <label>{ words.label("cluster-services") }<input class="field" value={first(&config.service_cidrs)} onchange={services} /></label>
            <label>{ words.label("cluster-domain") }<input class="field" value={config.domain.clone()} onchange={domain} /></label>
            <label>{ words.label("cluster-load-balancer") }
                <select onchange={cloud}>
                    <option value="cloud" selected={is_cloud}>{ words.label("load-balancer-cloud") }</option>
                    <option value="none" selected={!is_cloud}>{ words.label("load-balancer-none") }</option>
                </select>
            </label>
            <label>{ words.label("cluster-creation") }
                <select onchange={creation}>
                    <option value="written" selected={!is_first}>{ words.label("creation-as-written") }</option>
                    <option value="first" selected={is_first}>{ words.label("creation-services-first") }</option>
                </select>
            </label>
        </div>
    }
}
