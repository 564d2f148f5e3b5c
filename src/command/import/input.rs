//! The foreign files, in memory.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use crate::command::exit::Failure;
use crate::import::format::Format;
use crate::import::gzip;

/// A foreign file.
pub struct Input {
    /// Its name, for messages.
    pub name: String,
    /// Its name without folder and endings; that of the format where there is none.
    pub stem: String,
    /// The folder from which its attachments are seen.
    pub folder: PathBuf,
    /// Its bytes, decompressed.
    pub bytes: Vec<u8>,
}

/// Reads the files that the user names, as seen from `beside`.
///
/// # Errors
/// The first file that cannot be read or decompressed.
pub fn read(files: &[PathBuf], format: Format, beside: &Path) -> Result<Vec<Input>, Failure> {
    let mut inputs = Vec::new();
    for file in files {
        if file.as_os_str() == "-" {
            inputs.push(standard_input(format, beside)?);
        } else if beside.join(file).is_dir() {
            inputs.extend(folder(file, format, beside)?);
        } else {
            inputs.push(one(file, beside)?);
        }
    }
    Ok(inputs)
}

fn standard_input(format: Format, beside: &Path) -> Result<Input, Failure> {
    let name = "standard input".to_owned();
    let mut bytes = Vec::new();
    let read = std::io::stdin().lock().take(gzip::LARGEST + 1).read_to_end(&mut bytes);
    read.map_err(|error| Failure::new(format!("standard input cannot be read: {error}")))?;
    if bytes.len() as u64 > gzip::LARGEST {
        return Err(too_large(&name));
    }
    let bytes = unpacked(&name, bytes)?;
    Ok(Input { name, stem: format.name().to_owned(), folder: beside.to_owned(), bytes })
}

/// The files of a folder that the format reads, by name.
fn folder(folder: &Path, format: Format, beside: &Path) -> Result<Vec<Input>, Failure> {
    let shown = folder.display();
    if !format.is_folder() {
        return Err(Failure::new(format!(
            "`{shown}` is a folder, and `{}` is read from files",
            format.name()
        ))
        .hint(format!("name the files, such as `{shown}/*`")));
    }
    let failure =
        |error: std::io::Error| Failure::new(format!("the folder `{shown}` cannot be read: {error}"));
    let mut paths: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(beside.join(folder)).map_err(failure)? {
        let name = entry.map_err(failure)?.file_name();
        if format.reads(&name.to_string_lossy()) && beside.join(folder).join(&name).is_file() {
            paths.push(folder.join(name));
        }
    }
    paths.sort();
    if paths.is_empty() {
        return Err(Failure::new(format!("the folder `{shown}` holds no file of `{}`", format.name())));
    }
    let stem = stem_of(folder).unwrap_or_else(|| format.name().to_owned());
    let inputs =
        paths.iter().map(|path| one(path, beside).map(|input| Input { stem: stem.clone(), ..input }));
    inputs.collect()
}

fn one(file: &Path, beside: &Path) -> Result<Input, Failure> {
    let name = file.display().to_string();
    let path = beside.join(file);
    let failure = |error: std::io::Error| Failure::new(format!("`{name}` cannot be read: {error}"));
    if fs::metadata(&path).map_err(failure)?.len() > gzip::LARGEST {
        return Err(too_large(&name));
    }
    let bytes = unpacked(&name, fs::read(&path).map_err(failure)?)?;
    let folder = path.parent().unwrap_or(beside).to_owned();
    Ok(Input { stem: stem_of(file).unwrap_or_default(), name, folder, bytes })
}

fn too_large(name: &str) -> Failure {
    Failure::new(format!("`{name}` is larger than {} MB", gzip::LARGEST / 1024 / 1024))
}

fn unpacked(name: &str, bytes: Vec<u8>) -> Result<Vec<u8>, Failure> {
    match gzip::unpack(&bytes) {
        Ok(std::borrow::Cow::Owned(unpacked)) => Ok(unpacked),
        Ok(std::borrow::Cow::Borrowed(_)) => Ok(bytes),
        Err(fault) => Err(Failure::new(format!("`{name}`: {}", fault.message))),
    }
}

/// `sit-04` of `out/sit-04.xml.gz`.
fn stem_of(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_string_lossy().into_owned();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    (!stem.is_empty()).then(|| stem.to_owned())
}
