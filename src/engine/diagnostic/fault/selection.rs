//! A Service whose selector does not select what it should.

use serde::Serialize;

/// A Service whose selector does not select what it should.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "testing", derive(schemars::JsonSchema))]
#[serde(tag = "id", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum SelectionFault {
    /// A Service whose selector matches no pod of its namespace.
    SelectsNothing {
        /// The Service.
        service: String,
        /// Its selector as kubectl prints it, `app=web`.
        selector: String,
        /// The nearest selector that pods match.
        nearest: Option<String>,
        /// How many pods match that one.
        pods: usize,
    },
    /// A selector with a label that only one revision of a workload's pods has.
    SelectsOneRevision {
        /// The Service.
        service: String,
        /// The label with its value, `pod-template-hash=6887697`.
        label: String,
        /// Whether any pod has it.
        selects: bool,
        /// How many pods have the other labels of the selector.
        pods: usize,
    },
    /// Selected pods without an address of the Service's families.
    SelectedPodsOfOtherFamily {
        /// The Service.
        service: String,
        /// Its families.
        wanted: String,
        /// One of the pods.
        pod: String,
        /// The families of its addresses.
        found: String,
    },
    /// A Service that selects the pods of Jobs only.
    SelectsJobPodsOnly {
        /// The Service.
        service: String,
        /// `Job` or `CronJob`.
        kind: String,
        /// The Job.
        job: String,
    },
    /// A Service whose selector matches pods of another namespace only.
    SelectsOtherNamespace {
        /// The Service.
        service: String,
        /// Its namespace.
        service_namespace: String,
        /// Its selector.
        selector: String,
        /// The namespace of the pods.
        namespace: String,
        /// How many pods match there.
        pods: usize,
    },
    /// A Service whose selector matches the pod template of a kind that is not simulated.
    SelectsCustomWorkload {
        /// The Service.
        service: String,
        /// Its selector.
        selector: String,
        /// The kind of the object with the template.
        kind: String,
        /// Its name.
        name: String,
    },
    /// A Service whose selector no pod of the text has, beside objects whose controllers may create pods.
    SelectsPodsOfAnOperator {
        /// The Service.
        service: String,
        /// Its selector.
        selector: String,
        /// The kind of such an object.
        kind: String,
        /// Its name.
        name: String,
        /// Whether the selector names that object or its API group.
        named: bool,
    },
    /// A Service whose selector no pod matches, in a text without any pod of its namespace.
    SelectsNothingInText {
        /// The Service.
        service: String,
        /// Its selector.
        selector: String,
        /// Its namespace.
        namespace: String,
    },
    /// A Service without a selector and without written endpoints.
    NoSelectorNoEndpoints {
        /// The Service.
        service: String,
        /// A label of the pods that are likely meant, `app=web`.
        meant: Option<String>,
        /// How many have it.
        pods: usize,
    },
    /// A Service whose selector matches no pod, since those that are likely meant lack labels of it.
    PodsLackLabel {
        /// The Service.
        service: String,
        /// One of the pods.
        pod: String,
        /// The labels that they lack, `tier=web`.
        missing: String,
        /// Those labels of the selector that they have; empty if they have none.
        present: String,
        /// How many they are.
        pods: usize,
    },
    /// A Service whose selector also matches pods that do not declare the port that it leads to, beside pods that do.
    SelectsOtherProgram {
        /// The Service.
        service: String,
        /// A pod that does not declare the port.
        pod: String,
        /// How many pods are like it.
        pods: usize,
        /// How many pods are selected.
        all: usize,
        /// The port that the Service leads to.
        target: u16,
        /// A pod that declares the port.
        meant: String,
        /// A label that only the pods that declare the port have, `tier=front`.
        label: Option<String>,
    },
    /// A Service whose selector also matches pods of a Job.
    SelectsJobPods {
        /// The Service.
        service: String,
        /// `Job` or `CronJob`.
        kind: String,
        /// The Job.
        job: String,
        /// Its pods.
        pods: usize,
        /// All selected pods.
        all: usize,
    },
    /// A Service whose selector fits a workload that makes no pods: no node fits it, or it is suspended.
    WorkloadMakesNoPods {
        /// The Service.
        service: String,
        /// Kind and name of the workload.
        workload: String,
        /// Whether it is suspended.
        suspended: bool,
        /// What the scheduler would say of a Pod of it.
        why: String,
    },
    /// A Service whose selector fits a workload that is scaled to 0.
    WorkloadScaledToZero {
        /// The Service.
        service: String,
        /// Kind and name of the workload.
        workload: String,
        /// The object that is not simulated and decides how many pods there are, `ScaledObject web`; empty if there is none.
        scaler: String,
    },
    /// A Service whose selector is the labels of a workload, not of its pods.
    SelectsWorkloadLabels {
        /// The Service.
        service: String,
        /// Its selector.
        selector: String,
        /// Kind and name of the workload.
        workload: String,
        /// The labels of its pods.
        labels: String,
    },
}
