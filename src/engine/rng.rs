//! The kernel's random numbers, computed from a seed and the number of the connection.
//!
//! `xt_statistic` compares 31 random bits with a threshold, `numgen random` takes a number below a bound, and
//! `MASQUERADE --random-fully` takes a source port. Endpoints and ports come from separate sequences, so that a packet
//! keeps its port whichever endpoint is chosen. The generator is SplitMix64 (Steele, Lea, Flood: "Fast Splittable
//! Pseudorandom Number Generators", 2014).

/// The random numbers of one connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rng {
    endpoint: u64,
    port: u64,
}

/// The generator's increment: the golden ratio in 64 bits.
const STEP: u64 = 0x9e37_79b9_7f4a_7c15;
/// The ports that `--random-fully` chooses from if the source port is at least 1024 (`nf_nat_core.c`).
const PORTS: std::ops::RangeInclusive<u16> = 1024..=u16::MAX;

impl Rng {
    /// A generator for the connection with this number.
    pub fn new(seed: u64, connection: u64) -> Rng {
        let start = mix(seed ^ mix(connection.wrapping_mul(STEP)));
        Rng {
            endpoint: start,
            port: mix(start ^ STEP),
        }
    }

    /// 31 random bits (`xt_statistic`).
    pub fn bits31(&mut self) -> u32 {
        (next(&mut self.endpoint) >> 33) as u32
    }

    /// A number below `bound`, or 0 if the bound is 0 (`numgen random mod`, `reciprocal_scale`).
    pub fn below(&mut self, bound: u32) -> u32 {
        ((u64::from((next(&mut self.endpoint) >> 32) as u32) * u64::from(bound)) >> 32) as u32
    }

    /// A source port for masquerading.
    pub fn port(&mut self) -> u16 {
        let count = u64::from(PORTS.end() - PORTS.start()) + 1;
        PORTS.start() + ((((next(&mut self.port) >> 32) * count) >> 32) as u16)
    }
}

fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(STEP);
    mix(*state)
}

fn mix(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_and_connection_give_the_same_numbers() {
        let draw = |seed, connection| Rng::new(seed, connection).bits31();
        assert_eq!(draw(1, 2), draw(1, 2));
        assert_ne!(draw(1, 2), draw(1, 3));
    }

    #[test]
    fn connections_spread_evenly() {
        let first = (0..30_000)
            .filter(|&connection| Rng::new(7, connection).below(3) == 0)
            .count();
        assert!(
            (9_700..10_300).contains(&first),
            "{first} of 30 000 drew 0 of 3"
        );
    }

    #[test]
    fn ports_are_never_privileged() {
        assert!((0..10_000).all(|connection| Rng::new(1, connection).port() >= 1024));
    }
}
