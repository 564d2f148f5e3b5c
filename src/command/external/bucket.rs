//! A bucket of a store that understands S3. The only file that names the library that signs requests.
//!
//! A signed address holds the name of the key and a signature: nothing here tells anybody an address.

use std::thread;
use std::time::Duration;

use rusty_s3::actions::{DeleteObject, GetObject, HeadObject, PutObject, S3Action};
use rusty_s3::{Credentials, UrlStyle};

use super::address::host;
use super::client::{Client, Reply, Request, Verb};
use super::visit::Trouble;
use crate::command::exit::Failure;
use crate::command::publish::store::{Condition, Held, Object, Refusal, Store, Stored};
use crate::delivery::{media_type, policy};
use crate::digest::Digest;
use crate::render::base64::base64;

/// The longest object that is read: a manifest of more than a million files.
const LONGEST: u64 = 256 * 1024 * 1024;

/// For how long an answer is waited for, besides what its bytes need.
const TIMEOUT: Duration = Duration::from_mins(1);

/// So many bytes a second every line carries.
const SLOWEST: u64 = 32 * 1024;

/// For how long a signed request counts. Clocks may differ by some minutes.
const SIGNED_FOR: Duration = Duration::from_mins(15);

/// Where an object says the hash that it was published with.
const HASH: &str = "x-amz-meta-sha256";

/// How often something is asked for, and the pauses between; they double.
#[derive(Debug, Clone, Copy)]
struct Patience {
    attempts: u32,
    first: Duration,
    longest: Duration,
}

const PATIENCE: Patience =
    Patience { attempts: 8, first: Duration::from_millis(200), longest: Duration::from_secs(20) };

/// What the surroundings say of a store.
#[derive(Clone)]
pub struct Surroundings {
    credentials: Credentials,
    region: String,
    endpoint: String,
    is_own_endpoint: bool,
}

impl Surroundings {
    /// What the variables say that other programs for such stores read, too; `var` gives the value of one.
    ///
    /// # Errors
    /// Something is missing.
    pub fn of(var: impl Fn(&str) -> Option<String>) -> Result<Self, Failure> {
        let first = |names: &[&str]| {
            names
                .iter()
                .filter_map(|name| var(name))
                .map(|said| said.trim().to_owned())
                .find(|said| !said.is_empty())
        };
        let secret = first(&["AWS_ACCESS_KEY_ID"]).zip(first(&["AWS_SECRET_ACCESS_KEY"]));
        let (key, secret) = secret.ok_or_else(|| {
            Failure::new("no key for the store: AWS_ACCESS_KEY_ID or AWS_SECRET_ACCESS_KEY is not set")
                .hint("set both, from the secrets of the pipeline; nothing else is read")
        })?;
        let credentials = match first(&["AWS_SESSION_TOKEN"]) {
            Some(token) => Credentials::new_with_token(key, secret, token),
            None => Credentials::new(key, secret),
        };
        let own = first(&["AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"]);
        let region = first(&["AWS_REGION", "AWS_DEFAULT_REGION"]);
        // Other stores mostly have one region, which they call like the first of Amazon's.
        let region = region.or_else(|| own.is_some().then(|| "us-east-1".to_owned())).ok_or_else(|| {
            Failure::new("nobody says where the bucket is: AWS_REGION is not set")
                .hint("set AWS_REGION, as `eu-north-1`; for a store of somebody else set AWS_ENDPOINT_URL")
        })?;
        let is_own_endpoint = own.is_some();
        // Whatever is told of an address, it must not be a password.
        if own.as_ref().is_some_and(|own| own.contains('@')) {
            return Err(Failure::new(
                "the address of the store in AWS_ENDPOINT_URL holds a user name or a password",
            )
            .hint("write it without: the key is read from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"));
        }
        let endpoint = own.unwrap_or_else(|| format!("https://s3.{region}.amazonaws.com"));
        Ok(Self { credentials, region, endpoint, is_own_endpoint })
    }
}

/// Where the name of a bucket stands in an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Addressing {
    /// In the host at Amazon, in the path elsewhere
    #[default]
    Auto,
    /// In the path: `https://store.example.ee/bucket/file`
    Path,
    /// In the host: `https://bucket.store.example.ee/file`
    Host,
}

/// A bucket.
pub struct Bucket {
    client: Client,
    place: rusty_s3::Bucket,
    credentials: Credentials,
    /// What all names begin with, nothing or with a slash at its end.
    prefix: String,
    patience: Patience,
}

impl Bucket {
    /// The part of the bucket `name` below `prefix`.
    ///
    /// # Errors
    /// The surroundings name no address of a store.
    pub fn new(
        name: &str,
        prefix: &str,
        addressing: Addressing,
        surroundings: Surroundings,
    ) -> Result<Self, Failure> {
        let Surroundings { credentials, region, endpoint, is_own_endpoint } = surroundings;
        let style = match addressing {
            Addressing::Path => UrlStyle::Path,
            // No certificate is for names with dots in them.
            Addressing::Auto if is_own_endpoint || name.contains('.') => UrlStyle::Path,
            Addressing::Auto | Addressing::Host => UrlStyle::VirtualHost,
        };
        let wrong = |why: String| {
            let host = host(&endpoint);
            Failure::new(format!("`{host}` is no address of a store for the bucket `{name}`: {why}"))
                .hint("write AWS_ENDPOINT_URL as `https://store.example.ee`; `--addressing path` leaves the host as it is")
        };
        let address = endpoint.parse().map_err(|error| wrong(format!("{error}")))?;
        let place = rusty_s3::Bucket::new(address, style, name.to_owned(), region);
        let place = place.map_err(|error| wrong(format!("{error:?}")))?;
        let prefix = if prefix.is_empty() { String::new() } else { format!("{prefix}/") };
        let client = Client::new(TIMEOUT, "publishing");
        Ok(Self { client, place, credentials, prefix, patience: PATIENCE })
    }

    /// Whether what is sent can be read on the way.
    pub fn is_plain(&self) -> bool {
        let address = self.place.base_url();
        let host = address.host_str().unwrap_or_default();
        // Of a bucket in the host its name comes first.
        let is_here = matches!(host, "localhost" | "127.0.0.1" | "[::1]") || host.ends_with(".localhost");
        address.scheme() == "http" && !is_here
    }

    fn name(&self, path: &str) -> String {
        format!("{}{path}", self.prefix)
    }

    /// Signs the action and carries it out, again and again where that may help.
    fn ask<'a, A: S3Action<'a>>(
        &self,
        mut action: A,
        verb: Verb<'_>,
        headers: &[(&'static str, String)],
        bytes: u64,
    ) -> Result<Reply, Refusal> {
        for (name, value) in headers {
            action.headers_mut().insert(*name, value.clone());
        }
        let timeout = TIMEOUT + Duration::from_secs(bytes / SLOWEST);
        let attempt = || {
            let address = action.sign(SIGNED_FOR + timeout);
            self.client.exchange(&Request { verb, address: address.as_str(), headers, timeout })
        };
        attempts(self.patience, thread::sleep, attempt)
    }
}

/// What `attempt` gives, made until it is something to rely on.
fn attempts(
    patience: Patience,
    sleep: impl Fn(Duration),
    attempt: impl Fn() -> Result<Reply, Trouble>,
) -> Result<Reply, Refusal> {
    let mut pause = patience.first;
    let mut last = String::new();
    for at in 0..patience.attempts {
        let mut wanted = None;
        match attempt() {
            Ok(reply) if passes(&reply) => {
                let code = code(&reply.body).map(|code| format!(" {code}")).unwrap_or_default();
                last = format!("answers {}{code}", reply.status);
                wanted = reply.header("retry-after").and_then(|said| said.trim().parse().ok());
            }
            Ok(reply) => return Ok(reply),
            Err(Trouble::NoName) => last = String::from("nobody is called like its host"),
            Err(Trouble::NoAddress) => last = String::from("its address is none"),
            Err(Trouble::Late) => last = String::from("no answer in time"),
            Err(Trouble::Broken(why)) => last = why,
        }
        if at + 1 < patience.attempts {
            sleep(wanted.map_or(pause, Duration::from_secs).min(patience.longest));
            pause = (pause * 2).min(patience.longest);
        }
    }
    Err(Refusal::Tired(last))
}

/// Whether another attempt may have another answer.
fn passes(reply: &Reply) -> bool {
    const PASSING: [&str; 7] = [
        "BadDigest",
        "IncompleteBody",
        "InternalError",
        "RequestTimeout",
        "SlowDown",
        "XAmzContentChecksumMismatch",
        "OperationAborted",
    ];
    let coded = || code(&reply.body).is_some_and(|code| PASSING.contains(&code.as_str()));
    matches!(reply.status, 408 | 425 | 429 | 500 | 502..=599) || reply.status >= 400 && coded()
}

/// The word by which a store says why. Of what else it says some repeats the request, with what is signed.
fn code(body: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(body);
    let (_, rest) = text.split_once("<Code>")?;
    let (code, _) = rest.split_once("</Code>")?;
    let is_word =
        !code.is_empty() && code.len() < 64 && code.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_word.then(|| code.to_owned())
}

fn refused(reply: &Reply) -> Refusal {
    let region = reply.header("x-amz-bucket-region").filter(|region| {
        region.len() < 64 && region.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    });
    Refusal::Refused { status: reply.status, code: code(&reply.body), region: region.map(str::to_owned) }
}

/// What the answer says of an object that was to be written on this condition.
fn written(reply: &Reply, condition: Condition<'_>) -> Result<(), Refusal> {
    match (reply.status, condition) {
        (200..=204, _) => Ok(()),
        (409 | 412, Condition::Absent | Condition::Tagged(_)) => Err(Refusal::Condition),
        // Somebody deleted the one that was to have the tag.
        (404, Condition::Tagged(_)) if !is_without_bucket(reply) => Err(Refusal::Condition),
        _ => Err(refused(reply)),
    }
}

fn is_without_bucket(reply: &Reply) -> bool {
    code(&reply.body).is_some_and(|code| code == "NoSuchBucket")
}

/// Nothing where nothing is; that a whole bucket is missing is another thing.
fn found(reply: Reply) -> Result<Option<Reply>, Refusal> {
    match reply.status {
        200 => Ok(Some(reply)),
        404 if !is_without_bucket(&reply) => Ok(None),
        _ => Err(refused(&reply)),
    }
}

impl Store for Bucket {
    fn get(&self, path: &str) -> Result<Option<Stored>, Refusal> {
        let name = self.name(path);
        let action = GetObject::new(&self.place, Some(&self.credentials), &name);
        let plain = [("accept-encoding", "identity".to_owned())];
        let reply = found(self.ask(action, Verb::Get(LONGEST), &plain, LONGEST / 64)?)?;
        if reply.as_ref().is_some_and(|reply| reply.is_cut) {
            return Err(Refusal::TooLong);
        }
        Ok(reply.map(|reply| Stored { tag: reply.header("etag").map(str::to_owned), bytes: reply.body }))
    }

    fn held(&self, path: &str) -> Result<Option<Held>, Refusal> {
        let name = self.name(path);
        let action = HeadObject::new(&self.place, Some(&self.credentials), &name);
        let reply = found(self.ask(action, Verb::Head, &[], 0)?)?;
        Ok(reply.map(|reply| Held {
            sha256: reply.header(HASH).and_then(Digest::from_hex),
            bytes: reply.header("content-length").and_then(|length| length.parse().ok()),
        }))
    }

    fn put(&self, path: &str, object: &Object<'_>) -> Result<(), Refusal> {
        let name = self.name(path);
        let mut headers = vec![
            ("cache-control", policy::cache_control(path).to_owned()),
            ("content-type", media_type(path).to_owned()),
            // Such a store takes nothing else than what was hashed.
            ("x-amz-checksum-sha256", base64(object.sha256.bytes())),
            (HASH, object.sha256.hex()),
        ];
        match object.condition {
            Condition::Always => {}
            Condition::Absent => headers.push(("if-none-match", "*".to_owned())),
            Condition::Tagged(tag) => headers.push(("if-match", tag.to_owned())),
        }
        let put = |headers: &[(&'static str, String)]| {
            let action = PutObject::new(&self.place, Some(&self.credentials), &name);
            self.ask(action, Verb::Put(object.load), headers, object.bytes)
        };
        let mut reply = put(&headers)?;
        // Stores that know no conditions say so; what they are for is only a second look.
        if reply.status == 501 && object.condition != Condition::Always {
            headers.retain(|(name, _)| !name.starts_with("if-"));
            reply = put(&headers)?;
        }
        written(&reply, object.condition)
    }

    fn delete(&self, path: &str) -> Result<(), Refusal> {
        let name = self.name(path);
        let action = DeleteObject::new(&self.place, Some(&self.credentials), &name);
        let reply = self.ask(action, Verb::Delete, &[], 0)?;
        match reply.status {
            200..=204 => Ok(()),
            _ => found(reply).map(|_| ()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::collections::VecDeque;

    use super::*;

    fn surroundings(set: &[(&str, &str)]) -> Result<Surroundings, Failure> {
        let set: Vec<(String, String)> =
            set.iter().map(|(name, said)| ((*name).into(), (*said).into())).collect();
        Surroundings::of(|name| set.iter().find(|(own, _)| own == name).map(|(_, said)| said.clone()))
    }

    const KEY: [(&str, &str); 2] =
        [("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE"), ("AWS_SECRET_ACCESS_KEY", "s3cret")];

    #[test]
    fn what_is_missing_in_the_surroundings_is_told() {
        let failure = |set: &[(&str, &str)]| surroundings(set).err().expect("refused").message;
        assert!(failure(&[]).contains("AWS_ACCESS_KEY_ID"));
        assert!(failure(&[KEY[0], ("AWS_SECRET_ACCESS_KEY", " ")]).contains("AWS_SECRET_ACCESS_KEY"));
        assert!(failure(&KEY).contains("AWS_REGION"));
    }

    #[test]
    fn a_bucket_stands_in_the_host_or_in_the_path() {
        let address = |name: &str, addressing, more: &[(&str, &str)]| {
            let set = [&KEY[..], more].concat();
            let bucket =
                Bucket::new(name, "a/b", addressing, surroundings(&set).expect("enough")).expect("a bucket");
            format!("{}{}", bucket.place.base_url(), bucket.name("index.html"))
        };
        let (region, own) =
            (("AWS_DEFAULT_REGION", "eu-north-1"), ("AWS_ENDPOINT_URL", "http://127.0.0.1:9000"));
        let (auto, path, host) = (Addressing::Auto, Addressing::Path, Addressing::Host);
        for (name, addressing, more, wanted) in [
            ("kuu", auto, region, "https://kuu.s3.eu-north-1.amazonaws.com/a/b/index.html"),
            ("kuu", path, region, "https://s3.eu-north-1.amazonaws.com/kuu/a/b/index.html"),
            ("kuu.ee", auto, region, "https://s3.eu-north-1.amazonaws.com/kuu.ee/a/b/index.html"),
            ("kuu", auto, own, "http://127.0.0.1:9000/kuu/a/b/index.html"),
            ("kuu", host, ("AWS_ENDPOINT_URL_S3", "https://s.ee"), "https://kuu.s.ee/a/b/index.html"),
        ] {
            assert_eq!(address(name, addressing, &[more]), wanted);
        }
        let by_host =
            Bucket::new("kuu", "", host, surroundings(&[&KEY[..], &[own]].concat()).expect("enough"));
        assert!(by_host.err().expect("no host").message.contains("127.0.0.1"));
    }

    #[test]
    fn whether_others_can_read_on_the_way_is_known() {
        let is_plain = |endpoint: &str, addressing| {
            let set = [&KEY[..], &[("AWS_ENDPOINT_URL", endpoint)]].concat();
            Bucket::new("kuu", "", addressing, surroundings(&set).expect("enough"))
                .expect("a bucket")
                .is_plain()
        };
        for (endpoint, addressing, wanted) in [
            ("http://s.ee", Addressing::Path, true),
            ("HTTP://s.ee:9000", Addressing::Host, true),
            ("http://[2001:db8::1]:9000", Addressing::Path, true),
            ("https://s.ee", Addressing::Path, false),
            ("Http://LOCALHOST:9000", Addressing::Path, false),
            ("http://localhost:9000", Addressing::Host, false),
            ("http://[::1]:9000", Addressing::Path, false),
            ("http://127.0.0.1:9000", Addressing::Path, false),
        ] {
            assert_eq!(is_plain(endpoint, addressing), wanted, "{endpoint}");
        }
    }

    #[test]
    fn no_password_in_an_address_is_told() {
        for endpoint in [
            "https://user:geheim@s.ee",
            "https:/user:geheim@s.ee",
            "user:geheim@s.ee",
            "https://u:ge/heim@s.ee",
        ] {
            let failure = surroundings(&[&KEY[..], &[("AWS_ENDPOINT_URL", endpoint)]].concat()).err();
            let told = format!("{:?}", failure.expect("refused"));
            assert!(!told.contains("geheim") && !told.contains("s.ee"), "{told}");
        }
        let set = [&KEY[..], &[("AWS_ENDPOINT_URL", "s3.ee/geheim?geheim")]].concat();
        let failure = Bucket::new("kuu", "", Addressing::Path, surroundings(&set).expect("enough")).err();
        let failure = failure.expect("refused");
        assert!(failure.message.starts_with("`s3.ee` is no address"), "{}", failure.message);
        assert!(!format!("{failure:?}").contains("geheim"));
    }

    #[test]
    fn who_lost_what_was_to_be_written_over_is_told_so() {
        let answer = |status, code: &str| reply(status, &format!("<Error><Code>{code}</Code></Error>"));
        let tagged = Condition::Tagged("1");
        let written = |reply: Reply, condition| super::written(&reply, condition);
        assert_eq!(written(reply(200, ""), tagged), Ok(()));
        assert_eq!(written(answer(412, "PreconditionFailed"), tagged), Err(Refusal::Condition));
        assert_eq!(written(answer(404, "NoSuchKey"), tagged), Err(Refusal::Condition));
        for (lost, condition) in
            [("NoSuchBucket", tagged), ("NoSuchKey", Condition::Absent), ("NoSuchKey", Condition::Always)]
        {
            let refused = written(answer(404, lost), condition);
            assert!(matches!(refused, Err(Refusal::Refused { status: 404, .. })), "{lost}");
        }
    }

    /// What comes of these answers, and the pauses between, in milliseconds.
    fn seen(answers: Vec<Result<Reply, Trouble>>) -> (Result<u16, Refusal>, Vec<u128>) {
        let patience = Patience { attempts: 4, ..PATIENCE };
        let (answers, pauses) = (RefCell::new(VecDeque::from(answers)), RefCell::new(Vec::new()));
        let next = || answers.borrow_mut().pop_front().expect("asked no more");
        let reply = attempts(patience, |pause| pauses.borrow_mut().push(pause.as_millis()), next);
        (reply.map(|reply| reply.status), pauses.into_inner())
    }

    fn reply(status: u16, body: &str) -> Reply {
        Reply { status, body: body.into(), ..Reply::default() }
    }

    #[test]
    fn what_may_pass_is_tried_again_after_longer_and_longer_pauses() {
        let broken = || Err(Trouble::Broken("reset".to_owned()));
        let late = "<Error><Code>RequestTimeout</Code></Error>";
        assert_eq!(seen(vec![Ok(reply(200, ""))]), (Ok(200), vec![]));
        assert_eq!(seen(vec![Ok(reply(500, "")), broken(), Ok(reply(200, ""))]), (Ok(200), vec![200, 400]));
        assert_eq!(seen(vec![Ok(reply(400, late)), Ok(reply(200, ""))]), (Ok(200), vec![200]));
        assert_eq!(seen(vec![Ok(reply(403, ""))]), (Ok(403), vec![]));
        let slow =
            Reply { status: 503, headers: vec![("retry-after".into(), "3".into())], ..Reply::default() };
        assert_eq!(seen(vec![Ok(slow), Ok(reply(204, ""))]), (Ok(204), vec![3000]));
        let tired = seen(vec![broken(), broken(), broken(), Ok(reply(503, "<Code>SlowDown</Code>"))]);
        assert_eq!(tired, (Err(Refusal::Tired("answers 503 SlowDown".to_owned())), vec![200, 400, 800]));
    }

    #[test]
    fn of_a_refusal_only_the_word_is_kept() {
        let body =
            "<Error><Code>SignatureDoesNotMatch</Code><AWSAccessKeyId>AKIDEXAMPLE</AWSAccessKeyId></Error>";
        let reply = Reply { status: 403, body: body.into(), ..Reply::default() };
        let failure = refused(&reply).failure("cannot write `a`");
        assert!(failure.message.ends_with("403 SignatureDoesNotMatch"), "{}", failure.message);
        assert!(!format!("{failure:?}").contains("AKIDEXAMPLE"));
        assert_eq!(code(b"<Code>a b</Code>"), None);
    }
}
