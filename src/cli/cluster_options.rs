//! The options of every command that say into which cluster the manifests are put.

use clap::builder::{PossibleValuesParser, TypedValueParser};
use ipnet::IpNet;
use kubehop::{Config, LoadBalancer, NetworkPlugin, ProxyMode};

/// The cluster that manifests are put into, and what happens to it.
#[derive(clap::Args)]
pub(crate) struct ClusterOptions {
    /// kube-proxy's mode
    #[arg(long, alias = "proxy-mode", value_name = "MODE", default_value = ProxyMode::Iptables.name(), value_parser = proxy_modes())]
    proxy: ProxyMode,
    /// How many nodes there are when the manifests name none
    #[arg(long, default_value_t = 3)]
    nodes: u8,
    /// Where pods get their addresses from: one range a family, the primary family's first
    #[arg(long, value_name = "RANGE", value_delimiter = ',')]
    pod_cidr: Vec<IpNet>,
    /// Where Services get their addresses from, likewise
    #[arg(long, value_name = "RANGE", value_delimiter = ',')]
    service_cidr: Vec<IpNet>,
    /// What gives LoadBalancer Services their addresses: `auto` is what the manifests show, else a cloud
    #[arg(long, value_name = "WHICH", default_value = LoadBalancer::Auto.name(), value_parser = load_balancers())]
    load_balancer: LoadBalancer,
    /// Nobody gives LoadBalancer Services an address: `--load-balancer none`
    #[arg(long, conflicts_with = "load_balancer")]
    no_load_balancer: bool,
    /// What enforces NetworkPolicies, where Kubernetes leaves it to the network plugin
    #[arg(long, value_name = "PLUGIN", default_value = NetworkPlugin::Api.name(), value_parser = plugins())]
    network_plugin: NetworkPlugin,
    /// What happens then, in this order: unready pod/NAME, ready pod/NAME, delete pod/NAME, gone pod/NAME,
    /// scale deployment/NAME=3, rollout restart deployment/NAME, image deployment/NAME [CONTAINER=IMAGE],
    /// down node/NAME, node back NAME, cordon NAME, uncordon NAME, label KIND/NAME KEY=VALUE or KEY-, annotate likewise;
    /// lag=SECONDS at the end of one shows the moment before kube-proxy's rules follow it
    #[arg(long, value_name = "EVENT")]
    pub(crate) after: Vec<String>,
}

/// The names of kube-proxy's modes.
fn proxy_modes() -> impl TypedValueParser<Value = ProxyMode> {
    PossibleValuesParser::new(ProxyMode::ALL.map(ProxyMode::name))
        .map(|name| ProxyMode::named(&name).unwrap_or_default())
}

/// The names of the network plugins.
fn plugins() -> impl TypedValueParser<Value = NetworkPlugin> {
    PossibleValuesParser::new(NetworkPlugin::ALL.map(NetworkPlugin::name))
        .map(|name| NetworkPlugin::named(&name).unwrap_or_default())
}

/// The names of the load balancers.
fn load_balancers() -> impl TypedValueParser<Value = LoadBalancer> {
    PossibleValuesParser::new(LoadBalancer::ALL.map(LoadBalancer::name))
        .map(|name| LoadBalancer::named(&name).unwrap_or_default())
}

impl ClusterOptions {
    /// The configuration that the options describe.
    pub(crate) fn config(&self) -> Config {
        let load_balancer = if self.no_load_balancer {
            LoadBalancer::None
        } else {
            self.load_balancer
        };
        Config {
            nodes: self.nodes,
            load_balancer,
            plugin: self.network_plugin,
            proxy: self.proxy.into(),
            ..Config::with_ranges(&self.pod_cidr, &self.service_cidr)
        }
    }
}
