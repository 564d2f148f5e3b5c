//! Pages: their addresses, links, order, titles and parts, and whom they concern.

pub mod backlinks;
pub mod links;
pub mod navigation;
pub mod news;
pub mod parties;
pub mod parts;
pub mod routes;
pub mod stable_id;
pub mod title;
