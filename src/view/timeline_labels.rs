//! Which names of stops have room along the track, and where each is written.

/// Pixels between two names.
const GAP: f32 = 10.0;

/// Pixels by which a name may be outside of the track's ends.
const OVERHANG: f32 = 8.0;

/// The radius of a stop's circle: a name that was moved still touches it.
const STOP: f32 = 6.0;

/// A stop with its name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TimelineLabel {
    /// The position of the stop, in pixels from the track's left end.
    pub at: f32,
    /// The width of its name.
    pub width: f32,
}

/// The estimated width of a name on the track, in pixels.
pub fn width(name: &str) -> f32 {
    let letter = |letter: char| match letter {
        'f' | 'i' | 'j' | 'l' | 'r' | 't' | ' ' | '.' | ':' => 4.0,
        'm' | 'w' | 'A'..='Z' | '0'..='9' => 7.0,
        _ if letter as u32 >= 0x1100 => 11.0,
        _ => 6.5,
    };
    name.chars().map(letter).sum()
}

/// How far right of its stop's middle each name is centred; `None` if it has no room. The current stop's name comes
/// first, then those of the ends, which are moved a little outwards, then the others from left to right. A name that has
/// no room below its stop is moved aside, as long as it touches the stop.
pub fn names(stops: &[TimelineLabel], current: usize, track: f32) -> Vec<Option<f32>> {
    let last = stops.len().saturating_sub(1);
    let mut taken: Vec<(f32, f32)> = Vec::new();
    let mut shifts = vec![None; stops.len()];
    for index in [current, 0, last].into_iter().chain(0..stops.len()) {
        let Some(name) = stops.get(index) else {
            continue;
        };
        let overhang = OVERHANG.min(name.width / 4.0);
        let outwards = match index {
            0 => -overhang,
            index if index == last => overhang,
            _ => 0.0,
        };
        if shifts[index].is_none()
            && let Some(left) = left_end(*name, outwards, &taken, track)
        {
            taken.push((left, left + name.width));
            shifts[index] = Some(left + name.width / 2.0 - name.at);
        }
    }
    shifts
}

/// The left end of a name: below its stop if that is free, or else right beside what is in its way.
fn left_end(name: TimelineLabel, outwards: f32, taken: &[(f32, f32)], track: f32) -> Option<f32> {
    let wanted = (name.at - name.width / 2.0 + outwards)
        .min(track + OVERHANG - name.width)
        .max(-OVERHANG);
    let beside = taken
        .iter()
        .flat_map(|&(from, to)| [from - GAP - name.width, to + GAP])
        .filter(|left| is_on_track(*left, name, track) && touches_stop(*left, name));
    let mut best: Option<f32> = None;
    for left in [wanted].into_iter().chain(beside) {
        let is_nearer = best.is_none_or(|best| (left - wanted).abs() < (best - wanted).abs());
        if is_nearer && is_free(left, name, taken) {
            best = Some(left);
        }
    }
    best
}

fn is_on_track(left: f32, name: TimelineLabel, track: f32) -> bool {
    left >= -OVERHANG && left + name.width <= track + OVERHANG
}

fn touches_stop(left: f32, name: TimelineLabel) -> bool {
    left <= name.at + STOP && name.at - STOP <= left + name.width
}

fn is_free(left: f32, name: TimelineLabel, taken: &[(f32, f32)]) -> bool {
    let is_apart = |&(from, to): &(f32, f32)| {
        left >= to + GAP - 0.01 || left + name.width <= from - GAP + 0.01
    };
    taken.iter().all(is_apart)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stops(positions: &[f32]) -> Vec<TimelineLabel> {
        positions
            .iter()
            .map(|&at| TimelineLabel { at, width: 40.0 })
            .collect()
    }

    #[test]
    fn names_with_room_are_below_their_stops() {
        assert_eq!(
            names(&stops(&[20.0, 100.0, 180.0]), 0, 200.0),
            [Some(-8.0), Some(0.0), Some(8.0)]
        );
    }

    #[test]
    fn a_name_without_room_moves_aside_and_still_touches_its_stop() {
        assert_eq!(
            names(&stops(&[20.0, 54.0, 180.0]), 0, 200.0),
            [Some(-8.0), Some(8.0), Some(8.0)]
        );
    }

    #[test]
    fn the_current_name_is_written_and_one_with_no_room_is_not() {
        let crowded = stops(&[20.0, 90.0, 100.0, 110.0, 180.0]);
        for current in 1..4 {
            let shown = names(&crowded, current, 200.0);
            assert_eq!(shown[current], Some(0.0));
            assert!(shown[1..4].contains(&None));
        }
    }

    #[test]
    fn no_name_is_far_outside_of_the_track() {
        assert_eq!(
            names(
                &[TimelineLabel {
                    at: 195.0,
                    width: 60.0
                }],
                0,
                200.0
            ),
            [Some(-17.0)]
        );
    }
}
