//! Times as `nft` prints them.

use std::fmt;

/// Seconds as `nft` prints times: `1d2h3m4s`, without what is zero.
pub(super) struct Duration(pub(super) u32);

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [
            (86_400, u32::MAX, 'd'),
            (3600, 24, 'h'),
            (60, 60, 'm'),
            (1, 60, 's'),
        ];
        for (length, bound, unit) in parts {
            let count = self.0 / length % bound;
            if count > 0 {
                write!(f, "{count}{unit}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_leave_out_what_is_zero() {
        let texts = [10_800, 100, 90_061].map(|seconds| Duration(seconds).to_string());
        assert_eq!(texts, ["3h", "1m40s", "1d1h1m1s"]);
    }
}
