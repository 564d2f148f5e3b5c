//! Answers as pure functions of the site and the day. Every address is made here.

pub mod backlinks;
pub mod counts;
pub mod freshness;
pub mod links;
pub mod navigation;
pub mod parts;
pub mod results;
pub mod routes;
pub mod schedule;
pub mod title;
