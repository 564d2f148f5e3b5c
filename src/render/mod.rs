//! The plan of pages, and page to bytes.
//!
//! 1. [`Portal::new`] computes what many pages share.
//! 2. [`plan`] lists every file of the portal; that is cheap.
//! 3. [`Page::render`] makes the bytes of one; that is pure, so pages are made in parallel, one by one
//!    on request, or in a test.

pub mod atom;
pub mod base64;
mod blocks;
pub mod brand;
pub mod calendar;
pub mod chart;
mod clamp;
pub mod export;
mod frame;
pub mod message;
mod names;
mod pages;
mod passages;
mod plan;
mod portal;
mod prose;
pub mod reference;
pub mod search;
mod style_sheet;
mod symbols;
pub mod template;
pub mod theme;
mod versions;

pub use names::encode;
pub use pages::faults;
pub use plan::{Content, Drawn, Page, RunFile, plan};
pub use portal::{Carrier, Portal, Tongue};
pub use template::RenderFault;
pub use theme::Theme;
pub use versions::{live_block, names_digest};
