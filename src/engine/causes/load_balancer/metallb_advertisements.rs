//! Advertisements of MetalLB: pools without one, and those of unknown pools, of no node, or to no router.

use crate::causes::cause::{Cause, Evidence};
use crate::causes::survey::Survey;
use crate::cluster::object::{AdvertisementScope, Service};
use crate::diagnostic::{Fault, Fix, LoadBalancerFault};
use crate::kinds::Kind;
use crate::labels::{LabelSelector, Labels};
use crate::manifest::tree::Yaml;
use crate::resolve::Stored;

/// An L2Advertisement or a BGPAdvertisement.
pub(super) struct Advertisement<'a> {
    pub(super) stored: &'a Stored,
    pub(super) scope: AdvertisementScope<'a>,
}

/// Those of both kinds, as far as they are stored.
pub(super) fn all_advertisements<'a>(survey: &Survey<'a>) -> Vec<Advertisement<'a>> {
    let objects = &survey.resolved.cluster.metallb;
    let l2 = objects.l2_advertisements.iter();
    let l2 = l2.map(|own| (Kind::L2Advertisement, own.metadata.id(), own.scope()));
    let bgp = objects.bgp_advertisements.iter();
    let bgp = bgp.map(|own| (Kind::BGPAdvertisement, own.metadata.id(), own.scope()));
    let all = l2.chain(bgp);
    all.filter_map(|(kind, name, scope)| {
        let stored = survey.resolved.get(kind, &name)?;
        Some(Advertisement { stored, scope })
    })
    .collect()
}

impl Advertisement<'_> {
    /// `L2Advertisement lan`.
    pub(super) fn printed(&self) -> String {
        format!("{} {}", self.stored.kind.name(), self.stored.name.name)
    }

    /// Whether it is about a pool.
    pub(super) fn is_about(&self, survey: &Survey, pool: &str) -> bool {
        let mut pools = survey.resolved.cluster.metallb.pools.iter();
        let labels = pools.find(|own| own.metadata.name == pool);
        let is_selected =
            labels.is_some_and(|own| any(self.scope.pool_selectors, &own.metadata.labels));
        let is_about_all = self.scope.pools.is_empty() && self.scope.pool_selectors.is_empty();
        is_about_all || is_selected || self.scope.pools.iter().any(|own| own == pool)
    }

    /// Whether its service selectors select a Service.
    pub(super) fn selects(&self, service: &Service) -> bool {
        let selectors = self.scope.service_selectors;
        selectors.is_empty() || any(selectors, &service.metadata.labels)
    }

    /// The cause if its node selectors match no node.
    pub(super) fn without_node(&self, survey: &Survey) -> Option<Cause> {
        let selectors = self.scope.node_selectors;
        let mut nodes = survey.resolved.cluster.nodes.values();
        if selectors.is_empty() || nodes.any(|node| any(selectors, &node.metadata.labels)) {
            return None;
        }
        let fault = Fault::LoadBalancer(LoadBalancerFault::AdvertisementWithoutNode {
            advertisement: self.printed(),
        });
        let evidence = Evidence::of(self.stored, "spec.nodeSelectors");
        Some(Cause::certain(fault, vec![evidence]))
    }
}

fn any(selectors: &[LabelSelector], labels: &Labels) -> bool {
    let mut selectors = selectors.iter();
    selectors.any(|own| {
        own.selector()
            .is_ok_and(|selector| selector.matches(labels))
    })
}

/// The pools that no advertisement is about.
pub(super) fn pools_without_advertisement(survey: &Survey) -> Vec<Cause> {
    let all = all_advertisements(survey);
    let pools = survey.resolved.cluster.metallb.pools.iter();
    let bare = pools.filter(|pool| {
        let name = &pool.metadata.name;
        !all.iter().any(|own| own.is_about(survey, name))
    });
    bare.filter_map(|pool| pool_not_advertised(survey, &pool.metadata.name))
        .collect()
}

/// A pool that no advertisement is about.
pub(super) fn pool_not_advertised(survey: &Survey, pool: &str) -> Option<Cause> {
    let mut pools = survey.resolved.of_kind(Kind::IPAddressPool);
    let stored = pools.find(|own| own.name.name == pool)?;
    let fault = Fault::LoadBalancer(LoadBalancerFault::PoolNotAdvertised {
        pool: pool.to_owned(),
    });
    let evidence = Evidence::of(stored, "metadata.name");
    let namespace = &stored.name.namespace;
    let command = format!(
        "kubectl create -f - <<< '{{\"apiVersion\": \"metallb.io/v1beta1\", \"kind\": \"L2Advertisement\", \
         \"metadata\": {{\"name\": \"{pool}\", \"namespace\": \"{namespace}\"}}, \
         \"spec\": {{\"ipAddressPools\": [\"{pool}\"]}}}}'"
    );
    Some(Cause::certain(fault, vec![evidence]).with_command(command))
}

/// Advertisements of pools that do not exist, of no node, and to no router.
pub(super) fn of_advertisements(survey: &Survey) -> Vec<Cause> {
    let objects = &survey.resolved.cluster.metallb;
    let pools: Vec<&str> = objects
        .pools
        .iter()
        .map(|own| own.metadata.name.as_str())
        .collect();
    let mut causes = Vec::new();
    for own in all_advertisements(survey) {
        for (index, pool) in own.scope.pools.iter().enumerate() {
            if pools.contains(&pool.as_str()) {
                continue;
            }
            let fault = Fault::LoadBalancer(LoadBalancerFault::AdvertisesUnknownPool {
                advertisement: own.printed(),
                pool: pool.to_string(),
                pools: or_dash(pools.join(", ")),
            });
            let evidence = Evidence::of(own.stored, &format!("spec.ipAddressPools[{index}]"));
            let fix = only_pool(&pools, own.stored, index);
            causes.push(Cause::certain(fault, vec![evidence]).with_fix(fix));
        }
        causes.extend(own.without_node(survey));
        if own.stored.kind == Kind::BGPAdvertisement && objects.peers.is_empty() {
            let fault = Fault::LoadBalancer(LoadBalancerFault::NoBgpPeer {
                advertisement: own.printed(),
            });
            let evidence = Evidence::of(own.stored, "kind");
            causes.push(Cause::likely(fault, vec![evidence]).possible());
        }
    }
    causes
}

/// The name of the only pool, in place of one that does not exist.
fn only_pool(pools: &[&str], stored: &Stored, index: usize) -> Option<Fix> {
    let [pool] = pools else {
        return None;
    };
    let list = stored.tree.get("spec")?.get("ipAddressPools")?;
    let written: &Yaml = list.items().get(index)?;
    Some(Fix {
        span: stored.span_of(written)?,
        text: (*pool).to_owned(),
    })
}

/// A list in a sentence, where it may be empty.
pub(super) fn or_dash(list: String) -> String {
    if list.is_empty() {
        "–".to_owned()
    } else {
        list
    }
}
