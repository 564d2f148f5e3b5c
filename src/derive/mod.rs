//! Answers as pure functions of the site and the day. Every address is made here.

pub mod attention;
pub mod basis;
pub mod decision;
pub mod defects;
pub mod environment;
pub mod gate;
pub mod guidance;
pub mod page;
pub mod report;
pub mod run;
pub mod schedule;
pub mod week;
