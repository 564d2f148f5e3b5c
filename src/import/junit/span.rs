//! From when until when a run lasted.

use crate::import::instant;

/// The times between which something happened, as [`instant`] tells them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Span {
    /// When it began.
    pub started: Option<String>,
    /// When it ended.
    pub ended: Option<String>,
    /// Whether some times had an offset and others had none; the latter do not count then.
    pub is_mixed: bool,
}

impl Span {
    /// Takes in something that began at `start` and took so many seconds, where that is known.
    pub fn include(&mut self, start: &str, seconds: Option<f64>) {
        let end = seconds.and_then(|seconds| instant::after(start, seconds));
        match self.started.as_deref().map(instant::has_offset) {
            Some(has_offset) if has_offset != instant::has_offset(start) => {
                self.is_mixed = true;
                if !has_offset {
                    (self.started, self.ended) = (Some(start.to_owned()), end);
                }
            }
            _ => {
                let order = |time: &String| instant::order(time);
                self.started = self.started.take().into_iter().chain([start.to_owned()]).min_by_key(order);
                self.ended = self.ended.take().into_iter().chain(end).max_by_key(order);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_reaches_from_the_first_start_to_the_last_end() {
        let mut span = Span::default();
        span.include("2026-10-12T09:00:00", Some(61.2));
        span.include("2026-10-12T08:00:00", None);
        assert_eq!(span.started.as_deref(), Some("2026-10-12T08:00:00"));
        assert_eq!(span.ended.as_deref(), Some("2026-10-12T09:01:02"));
        span.include("2026-10-12T09:00:00Z", None);
        assert_eq!((span.started.as_deref(), span.ended), (Some("2026-10-12T09:00:00Z"), None));
        assert!(span.is_mixed);
    }
}
