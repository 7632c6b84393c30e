//! Which names of stops there is room for along the track, and where each is written.

/// Pixels between two names.
const GAP: f32 = 10.0;

/// Pixels that a name may stand out beyond the track's ends.
const OVERHANG: f32 = 8.0;

/// The radius of a stop's circle: it touches its name even where the name had to give way.
const STOP: f32 = 6.0;

/// A stop with its name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TimelineLabel {
    /// Where the stop is, in pixels from the track's beginning.
    pub at: f32,
    /// How wide its name is.
    pub width: f32,
}

/// The width of a name on the track in pixels, near enough to lay out by.
pub fn width(name: &str) -> f32 {
    let letter = |letter: char| match letter {
        'f' | 'i' | 'j' | 'l' | 'r' | 't' | ' ' | '.' | ':' => 3.5,
        'm' | 'w' | 'A'..='Z' | '0'..='9' => 7.0,
        _ if letter as u32 >= 0x1100 => 11.0,
        _ => 6.1,
    };
    name.chars().map(letter).sum()
}

/// How far from the middle of its stop each name is written; none where there is no room for it. The current stop's name
/// always has room, then the ends', which stand a little outwards, then the others' from left to right. One that has no
/// room below its stop may stand aside, as long as it touches it.
pub fn names(stops: &[TimelineLabel], current: usize, track: f32) -> Vec<Option<f32>> {
    let last = stops.len().saturating_sub(1);
    let mut taken: Vec<(f32, f32)> = Vec::new();
    let mut shifts = vec![None; stops.len()];
    for place in [current, 0, last].into_iter().chain(0..stops.len()) {
        let Some(name) = stops.get(place).filter(|_| shifts[place].is_none()) else {
            continue;
        };
        let outwards = match place {
            0 => -OVERHANG.min(name.width / 4.0),
            place if place == last => OVERHANG.min(name.width / 4.0),
            _ => 0.0,
        };
        let Some(left) = room(*name, outwards, &taken, track) else {
            continue;
        };
        taken.push((left, left + name.width));
        shifts[place] = Some(left + name.width / 2.0 - name.at);
    }
    shifts
}

/// Where a name begins: below its stop if that is free, else right beside what is in its way.
fn room(name: TimelineLabel, outwards: f32, taken: &[(f32, f32)], track: f32) -> Option<f32> {
    let wanted = (name.at - name.width / 2.0 + outwards)
        .min(track + OVERHANG - name.width)
        .max(-OVERHANG);
    let beside = taken
        .iter()
        .flat_map(|&(from, to)| [from - GAP - name.width, to + GAP]);
    let within = |left: f32| left >= -OVERHANG && left + name.width <= track + OVERHANG;
    let touches = |left: f32| left <= name.at + STOP && name.at - STOP <= left + name.width;
    let is_free = |left: f32| {
        taken
            .iter()
            .all(|&(from, to)| left >= to + GAP - 0.01 || left + name.width <= from - GAP + 0.01)
    };
    let fits = beside.filter(|left| within(*left) && touches(*left));
    let away = |left: f32| (left - wanted).abs();
    let nearer = |best: f32, next: f32| if away(next) < away(best) { next } else { best };
    [wanted]
        .into_iter()
        .chain(fits)
        .filter(|left| is_free(*left))
        .reduce(nearer)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stops(places: &[f32]) -> Vec<TimelineLabel> {
        places
            .iter()
            .map(|&at| TimelineLabel { at, width: 40.0 })
            .collect()
    }

    #[test]
    fn names_with_room_stand_below_their_stops() {
        assert_eq!(
            names(&stops(&[20.0, 100.0, 180.0]), 0, 200.0),
            [Some(-8.0), Some(0.0), Some(8.0)]
        );
    }

    #[test]
    fn a_name_in_anothers_way_moves_aside_and_still_touches_its_stop() {
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
    fn no_name_stands_out_far_beyond_the_track() {
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
