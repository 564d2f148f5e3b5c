//! Reads Git repositories, by the program `git` and nothing else: no checkout, no connection.
//!
//! 1. [`program`] starts `git`, one process for each question, and nothing that a repository's own
//!    configuration or the surroundings would start besides.
//! 2. [`revision`] finds the trees that a tag, branch, commit or glob names, and reads none of them.
//! 3. [`tree`] reads a tree's files from the object store; [`links`] says where symbolic links lead in it.
//! 4. [`renames`] tells which files moved from one tree to another.
//! 5. [`history`] tells since when each file is there, and when it changed; [`state`](state()) which commit is checked out.
//!
//! What cannot be answered is a [`GitFault`], which knows the command that mends it.

pub mod answers;
mod fault;
mod history;
mod links;
mod program;
mod renames;
mod revision;
mod state;
#[cfg(test)]
mod tests;
mod tree;

pub use fault::GitFault;
pub use history::{Commit, FileHistory, History, Told, history, lines_hash, of_tree};
pub use renames::renames;
pub use revision::{at, find, folder_at, head, refs, standing};
pub use state::{State, state};
pub use tree::GitTree;
