//! Answers as pure functions of the site and the day. Every address is made here.

pub mod attention;
pub mod backlinks;
pub mod basis;
pub mod counts;
pub mod freshness;
pub mod links;
pub mod navigation;
pub mod parties;
pub mod parts;
pub mod readiness;
pub mod report_findings;
pub mod report_sections;
pub mod results;
pub mod routes;
pub mod schedule;
pub mod series;
pub mod tickets;
pub mod timeline;
pub mod timeliness;
pub mod title;
pub mod uat;
pub mod workdays;
pub mod working_hours;
