//! Lookups in a resolved cluster for later phases: stored objects by kind and name, the pods of a workload, the workload
//! of a pod.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Resolved, Stored, made_pod, pod_tree};
use crate::cluster::object::{Pod, PodPhase};
use crate::controllers::scheduler::Occupants;
use crate::kinds::Kind;
use crate::manifest::tree::Yaml;
use crate::names::ObjectName;

impl Resolved {
    /// The stored objects of a kind, in the order of the text. The cost is their number, because it is called for every
    /// Service.
    pub fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &Stored> {
        self.of_kinds([kind])
    }

    /// The stored objects of an API group, in the order of the text, at the same cost.
    pub fn of_group<'a>(&'a self, group: &'a str) -> impl Iterator<Item = &'a Stored> {
        let kinds = Kind::ALL.iter().copied();
        self.of_kinds(kinds.filter(move |kind| kind.resource().group == group))
    }

    fn of_kinds(&self, kinds: impl IntoIterator<Item = Kind>) -> impl Iterator<Item = &Stored> {
        let mut indexes: BTreeSet<usize> = BTreeSet::new();
        for kind in kinds {
            let of_kind = self.indexes.range((kind, ObjectName::default())..);
            let of_kind = of_kind.take_while(|((other, _), _)| *other == kind);
            indexes.extend(of_kind.map(|(_, index)| *index));
        }
        indexes
            .into_iter()
            .filter_map(|index| self.objects.get(index))
    }

    /// The stored object of this kind and name.
    pub fn get(&self, kind: Kind, name: &ObjectName) -> Option<&Stored> {
        let index = *self.indexes.get(&(kind, name.clone()))?;
        self.objects.get(index)
    }

    /// Changes the stored object of this kind and name, if there is one.
    pub(super) fn change_tree(
        &mut self,
        kind: Kind,
        name: &ObjectName,
        change: impl FnOnce(&mut Yaml),
    ) {
        let index = self.indexes.get(&(kind, name.clone()));
        if let Some(stored) = index.and_then(|index| self.objects.get_mut(*index)) {
            change(Arc::make_mut(&mut stored.tree));
        }
    }

    /// A pod as `kubectl get -o yaml` prints it: its manifest, or its workload's template, with node and status.
    /// `occupants` are those of this cluster.
    pub fn pod_tree(&self, name: &ObjectName, occupants: &Occupants) -> Option<Yaml> {
        let pod = self.cluster.pods.get(name)?;
        let base = match self.get(Kind::Pod, name) {
            Some(written) => Some(Yaml::clone(&written.tree)),
            None => self
                .workload_of(name)
                .and_then(|workload| made_pod::of_template(workload, pod)),
        };
        let is_waiting = pod.status.phase == PodPhase::Pending && pod.spec.node_name.is_empty();
        let is_seen = is_waiting && occupants.missing_scheduler(pod).is_none();
        let waits = is_seen.then(|| occupants.unschedulable_message(pod));
        Some(pod_tree::pod(base.unwrap_or_default(), pod, waits))
    }

    /// The pods of a workload.
    pub fn pods_of(&self, kind: Kind, name: &ObjectName) -> impl Iterator<Item = &Pod> {
        self.cluster.each_pod().filter(move |pod| {
            let workload = self.workload_of(&pod.id());
            workload.is_some_and(|workload| workload.kind == kind && workload.name == *name)
        })
    }

    /// The workload that controls a pod.
    ///
    /// The ReplicaSet of a Deployment and the Job of a CronJob are not stored; their owner's name is the part before the
    /// last dash.
    pub fn workload_of(&self, pod: &ObjectName) -> Option<&Stored> {
        let owner = self
            .cluster
            .pods
            .get(pod)?
            .metadata
            .owner_references
            .iter()
            .find(|owner| owner.controller)?;
        let stored =
            |kind: Kind, name: &str| self.get(kind, &ObjectName::new(pod.namespace.as_str(), name));
        let kind = Kind::ALL
            .iter()
            .copied()
            .find(|kind| kind.name() == owner.kind)?;
        if let Some(workload) = stored(kind, &owner.name) {
            return Some(workload);
        }
        let (above, _) = owner.name.rsplit_once('-')?;
        match owner.kind.as_str() {
            "ReplicaSet" => stored(Kind::Deployment, above),
            "Job" => stored(Kind::CronJob, above),
            _ => None,
        }
    }
}
