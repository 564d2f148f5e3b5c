//! Where a portal is published to, as the command line names it.

use std::path::PathBuf;

use super::super::exit::Failure;
use crate::write::OutputPath;

/// Where a portal is published to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A folder of this machine.
    Folder(PathBuf),
    /// A part of a bucket.
    Bucket {
        /// The name of the bucket.
        name: String,
        /// What all names in it begin with, without a slash at its end.
        prefix: String,
    },
}

impl Target {
    /// The target that `text` names.
    ///
    /// # Errors
    /// It names something that nobody can publish to here.
    pub fn of(text: &str) -> Result<Self, Failure> {
        if let Some(rest) = text.strip_prefix("s3://") {
            return bucket(rest).ok_or_else(|| {
                Failure::new(format!("`{}` names no bucket", text.escape_debug()))
                    .hint("write `s3://bucket` or `s3://bucket/folder/of/the/portal`")
            });
        }
        if let Some((scheme, _)) = text.split_once("://") {
            return Err(Failure::new(format!("nothing is published to `{}://`", scheme.escape_debug())).hint(
                "name a folder or `s3://bucket/prefix`; where a store of somebody else is says AWS_ENDPOINT_URL",
            ));
        }
        Ok(Self::Folder(PathBuf::from(text)))
    }
}

fn bucket(text: &str) -> Option<Target> {
    let (name, prefix) = text.split_once('/').unwrap_or((text, ""));
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
    let is_name = name.bytes().all(is_letter) && name.bytes().any(|byte| byte.is_ascii_alphanumeric());
    let prefix = prefix.trim_end_matches('/');
    let is_path = prefix.is_empty() || OutputPath::new(prefix).is_ok();
    (is_name && is_path).then(|| Target::Bucket { name: name.to_owned(), prefix: prefix.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_folders_and_parts_of_buckets() {
        let bucket = |name: &str, prefix: &str| Target::Bucket { name: name.into(), prefix: prefix.into() };
        for (text, wanted) in [
            ("s3://kuu", bucket("kuu", "")),
            ("s3://kuu/", bucket("kuu", "")),
            ("s3://kuu.ee/a/b/", bucket("kuu.ee", "a/b")),
            ("/srv/www", Target::Folder("/srv/www".into())),
            ("www", Target::Folder("www".into())),
        ] {
            assert_eq!(Target::of(text), Ok(wanted), "{text}");
        }
        for (text, said) in [
            ("s3://", "names no bucket"),
            ("s3:///a", "names no bucket"),
            ("s3://a@b/c", "names no bucket"),
            ("s3://kuu/../a", "names no bucket"),
            ("s3://kuu//a", "names no bucket"),
            ("gs://kuu", "`gs://`"),
            ("https://kuu.ee/", "`https://`"),
        ] {
            assert!(Target::of(text).expect_err("refused").message.contains(said), "{text}");
        }
    }
}
