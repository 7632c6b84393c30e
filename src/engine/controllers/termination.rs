//! How the kubelet stops a pod that was deleted: the `preStop` hook, SIGTERM, and at the end of the grace period SIGKILL.
//!
//! The hook runs before SIGTERM and its time counts as grace period. A process is assumed to exit at SIGTERM, as programs
//! do that do not handle it: what else it does, manifests do not say. (kubernetes `pkg/kubelet/kuberuntime/
//! kuberuntime_container.go`, `killContainer`.)

use crate::cluster::object::{Container, LifecycleHandler, Pod};

/// `terminationGracePeriodSeconds` where it is not written.
const GRACE_PERIOD: u64 = 30;

/// What is known of a container's `preStop` hook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PreStop {
    /// There is no hook: SIGTERM is sent at once.
    Absent,
    /// The hook waits so many seconds.
    Sleeps(u64),
    /// The hook runs a command or makes a request whose duration manifests do not say.
    Unknown,
}

impl PreStop {
    /// The hook of a container.
    pub fn of(container: &Container) -> PreStop {
        let lifecycle = container.lifecycle.as_ref();
        match lifecycle.and_then(|lifecycle| lifecycle.pre_stop.as_ref()) {
            Some(handler) => PreStop::of_handler(handler),
            None => PreStop::Absent,
        }
    }

    fn of_handler(handler: &LifecycleHandler) -> PreStop {
        if let Some(sleep) = &handler.sleep {
            return PreStop::Sleeps(sleep.seconds.max(0).unsigned_abs());
        }
        let command = handler.exec.iter().flat_map(|exec| &exec.command);
        let words: Vec<&str> = command
            .flat_map(|part| part.split([' ', '\t', '\n', ';', '&', '|', '"', '\'', '(', ')']))
            .filter(|word| !word.is_empty())
            .collect();
        let sleeps = words.windows(2).filter_map(|pair| match pair {
            [program, time] if is_sleep(program) => seconds(time),
            _ => None,
        });
        sleeps
            .reduce(u64::saturating_add)
            .map_or(PreStop::Unknown, PreStop::Sleeps)
    }

    /// The seconds that the hook is known to take.
    pub fn seconds(self) -> u64 {
        match self {
            PreStop::Sleeps(seconds) => seconds,
            PreStop::Absent | PreStop::Unknown => 0,
        }
    }
}

fn is_sleep(program: &str) -> bool {
    program.rsplit('/').next() == Some("sleep")
}

/// The argument of `sleep` in whole seconds: `10`, `1.5`, `10s`, `2m`, `1h`.
fn seconds(time: &str) -> Option<u64> {
    let digits = time.trim_end_matches(['s', 'm', 'h']);
    let unit = match &time[digits.len()..] {
        "" | "s" => 1.0,
        "m" => 60.0,
        "h" => 3600.0,
        _ => return None,
    };
    let number: f64 = digits.parse().ok()?;
    let is_duration = number.is_finite() && number >= 0.0;
    is_duration.then(|| (number * unit).min(1e9) as u64)
}

/// The container whose process has a port: the one that declares it, else the first.
pub fn container_of(pod: &Pod, port: u16) -> Option<(usize, &Container)> {
    let containers = || pod.spec.containers.iter().enumerate();
    let declares = |container: &Container| {
        let mut ports = container.ports.iter();
        ports.any(|declared| declared.container_port == port)
    };
    let declaring = containers().find(|(_, container)| declares(container));
    declaring.or_else(|| containers().next())
}

/// `terminationGracePeriodSeconds`, in seconds.
pub fn grace_period(pod: &Pod) -> u64 {
    let written = pod.spec.termination_grace_period_seconds;
    written.map_or(GRACE_PERIOD, |seconds| seconds.max(0).unsigned_abs())
}

/// For how many seconds after its deletion the process behind a port of a pod keeps running: until the hook has ended,
/// or is cut off by the grace period.
pub fn seconds_until_exit(pod: &Pod, port: u16) -> u64 {
    let hook = container_of(pod, port).map_or(PreStop::Absent, |(_, own)| PreStop::of(own));
    hook.seconds().min(grace_period(pod))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::object;

    fn hook(handler: &str) -> PreStop {
        let text = format!("lifecycle: {{preStop: {handler}}}");
        PreStop::of(&object::<Container>(&text))
    }

    #[test]
    fn a_hook_takes_as_long_as_it_sleeps() {
        for (handler, wanted) in [
            ("{sleep: {seconds: 5}}", PreStop::Sleeps(5)),
            ("{exec: {command: [sleep, '10']}}", PreStop::Sleeps(10)),
            ("{exec: {command: [/bin/sleep, 1m]}}", PreStop::Sleeps(60)),
            (
                "{exec: {command: [/bin/sh, -c, 'sleep 5; nginx -s quit && sleep 2s']}}",
                PreStop::Sleeps(7),
            ),
            ("{exec: {command: [nginx, -s, quit]}}", PreStop::Unknown),
            ("{exec: {command: [sh, -c, 'sleep $T']}}", PreStop::Unknown),
            ("{httpGet: {port: 80}}", PreStop::Unknown),
        ] {
            assert_eq!(hook(handler), wanted, "{handler}");
        }
        assert_eq!(PreStop::of(&Container::default()), PreStop::Absent);
    }

    #[test]
    fn the_grace_period_cuts_the_hook_of_the_container_with_the_port() {
        let text = "
            spec:
              terminationGracePeriodSeconds: 8
              containers:
              - {name: a, ports: [{containerPort: 80}], lifecycle: {preStop: {sleep: {seconds: 20}}}}
              - {name: b, ports: [{containerPort: 81}]}
        ";
        let pod: Pod = object(text);
        assert_eq!(seconds_until_exit(&pod, 80), 8);
        assert_eq!(seconds_until_exit(&pod, 81), 0);
        assert_eq!(seconds_until_exit(&pod, 7), 8, "the first container's");
        assert_eq!(grace_period(&Pod::default()), 30);
    }
}
