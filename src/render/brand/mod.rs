//! What a portal shows of its agency: the accent colour, the logo, icons, and the picture that other sites show of it.

pub mod accent;
