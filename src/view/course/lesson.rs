//! A lesson, and the engine's answers to its questions.

use crate::simulation::Simulation;
use crate::simulation::expectations::{Expectation, ExpectationsAnswer, Found};
use kubehop_engine::cluster::Config;
use kubehop_engine::cluster::config::{Creation, LoadBalancer, ProxyMode};
use kubehop_engine::resolve::events::Event;

/// A lesson without its words.
#[derive(Clone, Debug, PartialEq)]
pub struct CourseLesson {
    /// The section of the course.
    pub section: String,
    /// How many minutes it takes.
    pub minutes: u16,
    /// Who calls when it opens.
    pub from: String,
    /// What is called.
    pub to: String,
    /// What has happened to the cluster when it opens.
    pub after: Vec<Event>,
    /// The cluster's settings that differ from the usual ones.
    pub(super) cluster: Vec<Setting>,
    /// What is to be predicted, in order.
    pub predictions: Vec<Prediction>,
    /// One change that makes the check hold; the page never makes it for anyone.
    pub changes: Vec<Change>,
    /// Changes with which the check must not hold, though some call works.
    pub cheats: Vec<Cheat>,
    /// What must hold in the end.
    pub(super) check: Vec<Expectation>,
}

/// A question whose answer is to be predicted.
#[derive(Clone, Debug, PartialEq)]
pub struct Prediction {
    /// Its name in the texts.
    pub id: String,
    /// The request that asks it; `None` if it is about what a command prints.
    pub request: Option<(String, String)>,
    /// The command whose output it is about.
    pub command: Option<String>,
    /// What happens to the cluster before.
    pub after: Vec<Event>,
    /// How many connections are opened; more than one are sent one after another.
    pub connections: u64,
    /// The reason of the hop that decides, `dnat`; empty if it is the last one.
    pub decides: String,
    /// The options, in the order they are offered in.
    pub options: Vec<PredictionOption>,
}

/// An outcome that can be predicted.
#[derive(Clone, Debug, PartialEq)]
pub struct PredictionOption {
    /// Its name in the texts.
    pub id: String,
    /// What it means.
    pub(super) expectation: Expectation,
}

/// A setting of the cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Setting {
    Proxy(ProxyMode),
    Nodes(u8),
    LoadBalancer(LoadBalancer),
    Creation(Creation),
    PodRanges(Vec<ipnet::IpNet>),
    ServiceRanges(Vec<ipnet::IpNet>),
}

impl Setting {
    fn apply(&self, config: &mut Config) {
        match self {
            Setting::Proxy(mode) => config.proxy.mode = *mode,
            Setting::Nodes(nodes) => config.nodes = *nodes,
            Setting::LoadBalancer(which) => config.load_balancer = *which,
            Setting::Creation(creation) => config.creation = *creation,
            Setting::PodRanges(ranges) => config.pod_cidrs.clone_from(ranges),
            Setting::ServiceRanges(ranges) => config.service_cidrs.clone_from(ranges),
        }
    }
}

/// A change that makes a lesson's check hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A part of the manifests is replaced; it is in them exactly once.
    Edit {
        /// The part.
        replace: String,
        /// What replaces it.
        with: String,
    },
    /// A setting of the cluster.
    Setting(ClusterChange),
}

/// A wrong way to make a call work: the Service is deleted, everything is allowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cheat {
    /// What it is, in a few words.
    pub name: String,
    /// Its changes.
    pub changes: Vec<Change>,
}

/// A change of one of the cluster's settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClusterChange(pub(super) Setting);

/// A manifest does not contain the text that a lesson's change replaces, or contains it more than once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoSuchText(pub String);

impl CourseLesson {
    /// The cluster's settings when the lesson opens, from those that a person has.
    pub fn config(&self, own: &Config) -> Config {
        let mut config = Config {
            proxy: own.proxy.clone(),
            ..Config::default()
        };
        for setting in &self.cluster {
            setting.apply(&mut config);
        }
        config
    }

    /// The manifests and settings after the change.
    ///
    /// # Errors
    /// If the manifests are not those of the lesson.
    pub fn changed(&self, manifest: &str, config: &Config) -> Result<(String, Config), NoSuchText> {
        apply_all(&self.changes, manifest, config)
    }

    /// The lesson with the settings of its change, and its manifests after the change.
    pub(super) fn ended(&self, manifest: &str) -> Option<(CourseLesson, String)> {
        let (text, _) = self.changed(manifest, &Config::default()).ok()?;
        let mut lesson = self.clone();
        for change in &self.changes {
            if let Change::Setting(ClusterChange(setting)) = change {
                lesson.cluster.push(setting.clone());
            }
        }
        Some((lesson, text))
    }

    /// The expectations of the check.
    pub(crate) fn required(&self) -> &[Expectation] {
        &self.check
    }

    /// Whether the check holds in a cluster.
    pub fn check(&self, simulation: &Simulation) -> ExpectationsAnswer {
        simulation.judge(&self.check)
    }

    /// What happens in a cluster instead of each outcome that the check expects; `None` where that holds.
    pub(crate) fn found(&self, simulation: &Simulation) -> Vec<Option<Found>> {
        let check = self.check.iter();
        check.map(|one| simulation.found(one)).collect()
    }
}

impl Cheat {
    /// The manifests and settings after the cheat.
    ///
    /// # Errors
    /// If the manifests are not those of the lesson.
    pub fn changed(&self, manifest: &str, config: &Config) -> Result<(String, Config), NoSuchText> {
        apply_all(&self.changes, manifest, config)
    }
}

fn apply_all(
    changes: &[Change],
    manifest: &str,
    config: &Config,
) -> Result<(String, Config), NoSuchText> {
    let (mut text, mut config) = (manifest.to_owned(), config.clone());
    for change in changes {
        match change {
            Change::Edit { replace, with } => {
                if text.matches(replace.as_str()).count() != 1 {
                    return Err(NoSuchText(replace.clone()));
                }
                text = text.replace(replace.as_str(), with);
            }
            Change::Setting(ClusterChange(setting)) => setting.apply(&mut config),
        }
    }
    Ok((text, config))
}

impl Prediction {
    /// The options that are right in a cluster, by their index: exactly one, if the lesson is sound.
    pub fn right_options(&self, simulation: &Simulation) -> Vec<usize> {
        let options = self.options.iter().enumerate();
        let right = options.filter(|(_, option)| simulation.holds(&option.expectation));
        right.map(|(index, _)| index).collect()
    }
}
