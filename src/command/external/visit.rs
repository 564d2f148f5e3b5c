//! One address: asked, asked again where that may help, followed where it leads.

use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::rfc2822;

use super::address::joined;

/// How an address is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Method {
    /// For the head of the answer alone.
    Head,
    /// For the page. Some servers know nothing else.
    Get,
}

/// What a server says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// The status (RFC 9110, section 15).
    pub status: u16,
    /// Where it leads.
    pub location: Option<String>,
    /// When it wants to be asked again, as it is written.
    pub retry_after: Option<String>,
}

/// Why no server says anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// Nobody is called so.
    NoName,
    /// Nobody answered in time.
    Late,
    /// The address is none.
    NoAddress,
    /// The connection broke, or was refused.
    Broken(String),
}

/// What an address is worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It answers.
    Fine,
    /// It answers at another address, for good.
    Moved(String),
    /// It is surely not there; why, as the end of a sentence.
    Dead(String),
    /// Nobody is called so, twice.
    NoName,
    /// Nobody can say; why, as the end of a sentence.
    Unsure(String),
}

impl Verdict {
    /// Whether it answers, here or elsewhere.
    pub fn is_fine(&self) -> bool {
        matches!(self, Self::Fine | Self::Moved(_))
    }

    /// Whether a server said something that shows that there is a connection.
    pub fn is_answer(&self) -> bool {
        matches!(self, Self::Fine | Self::Moved(_) | Self::Dead(_))
    }

    /// Why it is surely not there, if so.
    pub fn dead(&self) -> Option<String> {
        match self {
            Self::Dead(why) => Some(why.clone()),
            Self::NoName => Some("leads to a host that nobody is called like".to_owned()),
            _ => None,
        }
    }
}

/// The world outside, so that tests can make one.
pub trait Outside: Sync {
    /// What the server of `address` says.
    fn ask(&self, method: Method, address: &str) -> Result<Answer, Trouble>;
    /// Leaves the server of `address` alone for so long.
    fn pause(&self, address: &str, time: Duration);
    /// The time.
    fn now(&self) -> Timestamp;
}

/// How patient a visit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// How often an address is tried.
    pub attempts: u32,
    /// The pause after the first attempt; it doubles with each.
    pub first_pause: Duration,
    /// A server that wants a longer pause is left alone.
    pub longest_pause: Duration,
}

/// How many redirects are followed.
const MOST_REDIRECTS: usize = 10;

/// What came of one attempt.
enum Attempt {
    Settled(Verdict),
    /// It may come out otherwise later.
    Again {
        so_far: Verdict,
        after: Option<Duration>,
    },
}

/// What `address` is worth.
pub fn visit(address: &str, outside: &impl Outside, patience: &Patience) -> Verdict {
    let mut pause = patience.first_pause;
    let mut names_missed = 0;
    let mut last = Verdict::Unsure("was not asked".to_owned());
    for left in (0..patience.attempts).rev() {
        let (so_far, after) = match attempt(address, outside) {
            Attempt::Settled(verdict) => return verdict,
            Attempt::Again { so_far, after } => (so_far, after),
        };
        names_missed += u32::from(so_far == Verdict::NoName);
        if names_missed == 2 {
            return Verdict::NoName;
        }
        last = so_far;
        let wanted = after.unwrap_or(pause);
        if left == 0 || wanted > patience.longest_pause {
            break;
        }
        outside.pause(address, wanted);
        pause *= 2;
    }
    match last {
        Verdict::NoName => Verdict::Unsure("leads to a host that was not found".to_owned()),
        other => other,
    }
}

fn attempt(address: &str, outside: &impl Outside) -> Attempt {
    let unsure = |why: String| Attempt::Settled(Verdict::Unsure(why));
    let mut way = vec![address.to_owned()];
    let mut is_for_good = true;
    loop {
        let here = way.last().map_or(address, String::as_str).to_owned();
        let answer = match ask(&here, outside) {
            Ok(answer) => answer,
            Err(trouble) => return of_trouble(trouble),
        };
        if !is_redirect(answer.status) {
            let moved = (way.len() > 1 && is_for_good).then_some(here);
            return of_status(&answer, moved, outside.now());
        }
        is_for_good &= matches!(answer.status, 301 | 308);
        let Some(next) = answer.location.and_then(|location| joined(&here, &location)) else {
            return unsure(format!("answers {} and does not say where it leads", answer.status));
        };
        if way.contains(&next) {
            return unsure("leads in a circle".to_owned());
        }
        if way.len() > MOST_REDIRECTS {
            return unsure(format!("leads on and on, more than {MOST_REDIRECTS} times"));
        }
        way.push(next);
    }
}

fn is_redirect(status: u16) -> bool {
    matches!(status, 301 | 302 | 303 | 307 | 308)
}

/// The head of the answer; the page itself where a server refuses that or says nothing.
fn ask(address: &str, outside: &impl Outside) -> Result<Answer, Trouble> {
    let page = || outside.ask(Method::Get, address);
    match outside.ask(Method::Head, address) {
        Ok(answer) if answer.status < 400 || matches!(answer.status, 429 | 503) => Ok(answer),
        Ok(_) | Err(Trouble::Late | Trouble::Broken(_)) => page(),
        Err(trouble) => Err(trouble),
    }
}

fn of_trouble(trouble: Trouble) -> Attempt {
    let again = |so_far| Attempt::Again { so_far, after: None };
    match trouble {
        Trouble::NoName => again(Verdict::NoName),
        Trouble::Late => again(Verdict::Unsure("did not answer in time".to_owned())),
        Trouble::Broken(why) => again(Verdict::Unsure(format!("cannot be reached: {why}"))),
        Trouble::NoAddress => {
            Attempt::Settled(Verdict::Unsure("cannot be asked for: it is no address".to_owned()))
        }
    }
}

fn of_status(answer: &Answer, moved: Option<String>, now: Timestamp) -> Attempt {
    let said = format!("answers {}", answer.status);
    match answer.status {
        200..=299 => Attempt::Settled(moved.map_or(Verdict::Fine, Verdict::Moved)),
        404 | 410 => Attempt::Settled(Verdict::Dead(said)),
        408 | 425 | 429 | 500..=599 => {
            let after = answer.retry_after.as_deref().and_then(|after| retry_after(after, now));
            Attempt::Again { so_far: Verdict::Unsure(said), after }
        }
        _ => Attempt::Settled(Verdict::Unsure(said)),
    }
}

/// How long a server wants to be left alone: so many seconds, or until a time (RFC 9110, section 10.2.3).
fn retry_after(written: &str, now: Timestamp) -> Option<Duration> {
    let written = written.trim();
    if let Ok(seconds) = written.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = rfc2822::parse(written).ok()?.timestamp();
    Some(Duration::try_from(until - now).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;
    use std::sync::Mutex;

    use super::*;

    const PATIENCE: Patience =
        Patience { attempts: 3, first_pause: Duration::from_secs(1), longest_pause: Duration::from_mins(1) };

    /// Answers in order; the last one is given again and again.
    struct World {
        answers: HashMap<(Method, &'static str), Vec<Result<Answer, Trouble>>>,
        asked: Mutex<Vec<(Method, String)>>,
        pauses: Mutex<Vec<u64>>,
    }

    impl Outside for World {
        fn ask(&self, method: Method, address: &str) -> Result<Answer, Trouble> {
            let mut asked = self.asked.lock().expect("a list");
            let before = asked.iter().filter(|(m, a)| *m == method && a == address).count();
            asked.push((method, address.to_owned()));
            let (_, answers) =
                self.answers.iter().find(|((m, a), _)| *m == method && *a == address).expect("an answer");
            answers[before.min(answers.len() - 1)].clone()
        }

        fn pause(&self, _address: &str, time: Duration) {
            self.pauses.lock().expect("a list").push(time.as_secs());
        }

        fn now(&self) -> Timestamp {
            "2026-10-16T09:00:00Z".parse().expect("a time")
        }
    }

    // The answers stand beside troubles in one list.
    #[allow(clippy::unnecessary_wraps)]
    fn status(status: u16) -> Result<Answer, Trouble> {
        Ok(Answer { status, ..Answer::default() })
    }

    #[allow(clippy::unnecessary_wraps)]
    fn to(status: u16, location: &str) -> Result<Answer, Trouble> {
        Ok(Answer { status, location: Some(location.to_owned()), ..Answer::default() })
    }

    #[allow(clippy::unnecessary_wraps)]
    fn later(status: u16, after: &str) -> Result<Answer, Trouble> {
        Ok(Answer { status, retry_after: Some(after.to_owned()), ..Answer::default() })
    }

    type Said = Vec<(Method, &'static str, Vec<Result<Answer, Trouble>>)>;

    fn seen(said: Said) -> (Verdict, Vec<u64>) {
        let answers =
            said.into_iter().map(|(method, address, answers)| ((method, address), answers)).collect();
        let world = World { answers, asked: Mutex::default(), pauses: Mutex::default() };
        let verdict = visit("http://a/", &world, &PATIENCE);
        (verdict, world.pauses.into_inner().expect("a list"))
    }

    const HEAD: Method = Method::Head;
    const GET: Method = Method::Get;

    #[test]
    fn only_what_is_sure_is_dead() {
        let unsure = |why: &str| Verdict::Unsure(why.to_owned());
        let dead = |why: &str| Verdict::Dead(why.to_owned());
        let a = "http://a/";
        let name = || Err(Trouble::NoName);
        for (said, wanted, pauses) in [
            (vec![(HEAD, a, vec![status(200)])], Verdict::Fine, vec![]),
            (vec![(HEAD, a, vec![status(405)]), (GET, a, vec![status(200)])], Verdict::Fine, vec![]),
            (vec![(HEAD, a, vec![status(404)]), (GET, a, vec![status(200)])], Verdict::Fine, vec![]),
            (vec![(HEAD, a, vec![status(404)]), (GET, a, vec![status(404)])], dead("answers 404"), vec![]),
            (vec![(HEAD, a, vec![status(410)]), (GET, a, vec![status(410)])], dead("answers 410"), vec![]),
            (vec![(HEAD, a, vec![status(403)]), (GET, a, vec![status(403)])], unsure("answers 403"), vec![]),
            (vec![(HEAD, a, vec![Err(Trouble::Late)]), (GET, a, vec![status(200)])], Verdict::Fine, vec![]),
            (
                vec![(HEAD, a, vec![Err(Trouble::Late)]), (GET, a, vec![Err(Trouble::Late)])],
                unsure("did not answer in time"),
                vec![1, 2],
            ),
            (
                vec![(HEAD, a, vec![status(500), status(200)]), (GET, a, vec![status(500)])],
                Verdict::Fine,
                vec![1],
            ),
            (vec![(HEAD, a, vec![later(429, "7"), status(200)])], Verdict::Fine, vec![7]),
            (
                vec![(HEAD, a, vec![later(503, "Fri, 16 Oct 2026 09:00:30 GMT"), status(200)])],
                Verdict::Fine,
                vec![30],
            ),
            (vec![(HEAD, a, vec![later(429, "3600")])], unsure("answers 429"), vec![]),
            (vec![(HEAD, a, vec![name(), status(200)])], Verdict::Fine, vec![1]),
            (vec![(HEAD, a, vec![name(), name()])], Verdict::NoName, vec![1]),
            (
                vec![(HEAD, a, vec![Err(Trouble::NoAddress)])],
                unsure("cannot be asked for: it is no address"),
                vec![],
            ),
        ] {
            let shown = format!("{said:?}");
            assert_eq!(seen(said), (wanted, pauses), "{shown}");
        }
    }

    #[test]
    fn redirects_are_followed_and_told_where_they_are_for_good() {
        let (a, b) = ("http://a/", "http://a/b");
        let seen = |said| seen(said).0;
        let end = || (HEAD, b, vec![status(200)]);
        assert_eq!(seen(vec![(HEAD, a, vec![to(301, "b")]), end()]), Verdict::Moved(b.to_owned()));
        assert_eq!(seen(vec![(HEAD, a, vec![to(302, "/b")]), end()]), Verdict::Fine);
        assert_eq!(
            seen(vec![(HEAD, a, vec![to(302, "/b")]), (HEAD, b, vec![to(301, "/")])]),
            Verdict::Unsure("leads in a circle".to_owned())
        );
        assert_eq!(
            seen(vec![
                (HEAD, a, vec![to(302, "/b")]),
                (HEAD, b, vec![status(404)]),
                (GET, b, vec![status(404)])
            ]),
            Verdict::Dead("answers 404".to_owned())
        );
        assert!(matches!(seen(vec![(HEAD, a, vec![status(302)])]), Verdict::Unsure(_)));
    }
}
