//! Amounts of CPU and memory, added up and printed as Kubernetes prints sums (`resource.Quantity`).

use std::collections::BTreeMap;

use smol_str::SmolStr;

use super::view::{at, items, printed, text};
use crate::engine::manifest::tree::Node;
use crate::engine::order;

/// An amount, and how it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Quantity {
    thousandths: i128,
    form: Form,
}

/// Which suffixes an amount is printed with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
enum Form {
    /// `m`, `k`, `M`, …
    #[default]
    Decimal,
    /// `Ki`, `Mi`, …
    Binary,
}

const DECIMAL: [(&str, i128); 8] = [
    ("E", 1_000_000_000_000_000_000_000),
    ("P", 1_000_000_000_000_000_000),
    ("T", 1_000_000_000_000_000),
    ("G", 1_000_000_000_000),
    ("M", 1_000_000_000),
    ("k", 1_000_000),
    ("", 1_000),
    ("m", 1),
];

const BINARY: [(&str, i128); 8] = [
    ("Ei", 1000 << 60),
    ("Pi", 1000 << 50),
    ("Ti", 1000 << 40),
    ("Gi", 1000 << 30),
    ("Mi", 1000 << 20),
    ("Ki", 1000 << 10),
    ("", 1000),
    ("m", 1),
];

impl Quantity {
    /// The amount under a name; nothing when there is none or it cannot be read.
    pub fn of(amounts: &Node, name: &str) -> Quantity {
        amounts.get(name).and_then(|amount| Quantity::read(&printed(amount))).unwrap_or_default()
    }

    /// Reads an amount; what is smaller than a thousandth is left out.
    pub fn read(text: &str) -> Option<Quantity> {
        let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
        let (number, suffix) = text.split_at(end);
        let (form, unit) = match BINARY.iter().find(|(name, _)| name.ends_with('i') && *name == suffix) {
            Some((_, unit)) => (Form::Binary, *unit),
            None => (Form::Decimal, DECIMAL.iter().find(|(name, _)| *name == suffix)?.1),
        };
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        let fraction = fraction.get(..9).unwrap_or(fraction);
        let parsed = |digits: &str| if digits.is_empty() { Some(0) } else { digits.parse::<i128>().ok() };
        let tenths = 10_i128.checked_pow(u32::try_from(fraction.len()).ok()?)?;
        let thousandths =
            parsed(whole)?.checked_mul(unit)?.checked_add(parsed(fraction)?.checked_mul(unit)? / tenths)?;
        Some(Quantity { thousandths, form })
    }

    /// The amount and which part of the whole it is, in percent, cut to whole ones.
    pub fn share(self, whole: Quantity) -> String {
        let percent = match whole.thousandths {
            0 => 0,
            whole => self.thousandths.saturating_mul(100) / whole,
        };
        format!("{self} ({percent}%)")
    }

    fn add(&mut self, other: Quantity) {
        if self.thousandths == 0 {
            self.form = other.form;
        }
        self.thousandths = self.thousandths.saturating_add(other.thousandths);
    }

    fn at_least(&mut self, other: Quantity) {
        if other.thousandths > self.thousandths {
            *self = other;
        }
    }
}

/// In the largest unit that leaves a whole number.
impl std::fmt::Display for Quantity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let units: &[(&str, i128)] = match self.form {
            Form::Binary if self.thousandths >= 1_024_000 => &BINARY,
            Form::Binary | Form::Decimal => &DECIMAL,
        };
        let fits = |(_, unit): &&(&str, i128)| self.thousandths != 0 && self.thousandths % unit == 0;
        match units.iter().find(fits) {
            Some((name, unit)) => write!(f, "{}{name}", self.thousandths / unit),
            None => write!(f, "0"),
        }
    }
}

/// Amounts by the name of the resource.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Amounts(BTreeMap<SmolStr, Quantity>);

impl Amounts {
    /// What a pod asks for (`resourcehelper.PodRequests`).
    pub fn requests(pod: &Node) -> Amounts {
        Amounts::of_pod(pod, "requests")
    }

    /// What a pod may use at most (`resourcehelper.PodLimits`).
    pub fn limits(pod: &Node) -> Amounts {
        Amounts::of_pod(pod, "limits")
    }

    /// The amount of a resource.
    pub fn get(&self, resource: &str) -> Quantity {
        self.0.get(resource).copied().unwrap_or_default()
    }

    /// Adds all of them.
    pub fn add(&mut self, other: Amounts) {
        for (resource, amount) in other.0 {
            self.0.entry(resource).or_default().add(amount);
        }
    }

    /// All containers run together, with the sidecars; an init container runs alone beside the sidecars before it.
    fn of_pod(pod: &Node, field: &str) -> Amounts {
        let mut together = Amounts::default();
        for container in items(pod, "spec.containers") {
            together.add(Amounts::of_container(container, field));
        }
        let (mut sidecars, mut most) = (Amounts::default(), Amounts::default());
        for container in items(pod, "spec.initContainers") {
            let mut now = Amounts::of_container(container, field);
            if text(container, "restartPolicy") == "Always" {
                sidecars.add(now.clone());
                together.add(now);
                now = Amounts::default();
            }
            now.add(sidecars.clone());
            most.at_least(now);
        }
        together.at_least(most);
        together
    }

    fn of_container(container: &Node, field: &str) -> Amounts {
        let entries = at(container, "resources").and_then(|it| at(it, field)).map(Node::entries).unwrap_or_default();
        let amount = |entry: &crate::engine::manifest::tree::Entry| {
            Some((entry.key.clone(), Quantity::read(&printed(&entry.value))?))
        };
        Amounts(order::map(entries.iter().filter_map(amount)))
    }

    fn at_least(&mut self, other: Amounts) {
        for (resource, amount) in other.0 {
            self.0.entry(resource).or_default().at_least(amount);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_printed_in_the_largest_unit_that_fits() {
        let sum = |amounts: &[&str]| {
            let mut sum = Quantity::default();
            amounts.iter().filter_map(|text| Quantity::read(text)).for_each(|amount| sum.add(amount));
            sum.to_string()
        };
        assert_eq!(sum(&["250m", "750m"]), "1");
        assert_eq!(sum(&["128Mi", "128Mi"]), "256Mi");
        assert_eq!(sum(&["0.5", "100m"]), "600m");
        assert_eq!(sum(&["512Mi", "0.5Gi"]), "1Gi");
        assert_eq!(sum(&[]), "0");
    }

    #[test]
    fn an_init_container_counts_only_where_it_asks_for_more() {
        let pod = r#"{"spec": {"containers": [{"resources": {"requests": {"cpu": "100m"}}}],
            "initContainers": [{"resources": {"requests": {"cpu": "1"}}}]}}"#;
        let pod = Node::from(serde_json::from_str::<serde_json::Value>(pod).expect("the test writes JSON"));
        assert_eq!(Amounts::requests(&pod).get("cpu").to_string(), "1");
    }
}
