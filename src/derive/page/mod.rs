//! Pages: their addresses, links, order, titles and parts, their dates, and whom they concern.

pub mod backlinks;
pub mod dates;
pub mod forge;
pub mod links;
pub mod navigation;
pub mod news;
pub mod origin;
pub mod outline;
pub mod outside;
pub mod parties;
pub mod parts;
pub mod redirects;
pub mod routes;
pub mod stable_id;
pub mod title;
pub mod translation;
pub mod vanished;
