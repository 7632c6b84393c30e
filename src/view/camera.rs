//! How the picture is looked at: moved and scaled.

use super::scene::{Point, View};

/// From user units of the scene to CSS pixels of its region: scaled, then moved.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Camera {
    /// CSS pixels for one user unit.
    pub scale: f32,
    /// Where the scene's left edge is, in CSS pixels.
    pub x: f32,
    /// Where the scene's top edge is, in CSS pixels.
    pub y: f32,
}

/// The least and the most enlargement by hand.
const LIMITS: (f32, f32) = (0.2, 5.0);

/// Fitting never enlarges more than this: a small cluster on a large screen is not to look like a poster.
const FIT: f32 = 2.0;

impl Camera {
    /// The whole scene in a region, centred across; the Network view from its top, the Concept view, which is mostly
    /// wide, a little above the middle.
    pub fn fit(scene: (f32, f32), region: (f32, f32), view: View) -> Camera {
        let ratio = |room: f32, size: f32| {
            if size > 0.0 && room > 0.0 {
                room / size
            } else {
                1.0
            }
        };
        let scale = ratio(region.0, scene.0)
            .min(ratio(region.1, scene.1))
            .clamp(LIMITS.0, FIT);
        let y = match view {
            View::Network => 0.0,
            View::Concept => ((region.1 - scene.1 * scale) / 3.0).max(0.0),
        };
        Camera {
            scale,
            x: ((region.0 - scene.0 * scale) / 2.0).max(0.0),
            y,
        }
    }

    /// Moved by so many pixels.
    pub fn moved(self, dx: f32, dy: f32) -> Camera {
        Camera {
            x: self.x + dx,
            y: self.y + dy,
            ..self
        }
    }

    /// Enlarged by a factor about a point of the region, which stays where it is.
    pub fn zoomed(self, factor: f32, about: Point) -> Camera {
        let scale = (self.scale * factor).clamp(LIMITS.0, LIMITS.1);
        let kept = scale / self.scale;
        Camera {
            scale,
            x: about.x - (about.x - self.x) * kept,
            y: about.y - (about.y - self.y) * kept,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_point_under_the_finger_stays_there() {
        let camera = Camera {
            scale: 1.0,
            x: 10.0,
            y: 20.0,
        };
        let about = Point { x: 110.0, y: 70.0 };
        let near = camera.zoomed(2.0, about);
        let of = |camera: Camera| {
            (
                (about.x - camera.x) / camera.scale,
                (about.y - camera.y) / camera.scale,
            )
        };
        assert_eq!(of(near), of(camera));
    }

    #[test]
    fn a_scene_fits_its_region() {
        let camera = Camera::fit((700.0, 1400.0), (700.0, 700.0), View::Network);
        assert_eq!((camera.scale, camera.x), (0.5, 175.0));
    }
}
