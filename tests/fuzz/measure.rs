//! What an input costs. Where the system does not tell (it does on Linux), nothing is found to be too much.

use std::fs;
use std::time::Duration;

/// The time that all threads of this process have computed so far.
pub fn computed() -> Option<Duration> {
    /// Ticks of a second in `/proc`, the same on every Linux (proc(5), `USER_HZ`).
    const TICK: Duration = Duration::from_millis(10);
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // The name of the program may hold anything; after it come the state and the other fields.
    let (_, fields) = stat.rsplit_once(')')?;
    let mut fields = fields.split_whitespace().skip(11);
    let ticks: u32 = fields.next()?.parse::<u32>().ok()? + fields.next()?.parse::<u32>().ok()?;
    Some(TICK * ticks)
}

/// The most memory that this process had since [`forget_peak`], in bytes.
pub fn peak() -> Option<u64> {
    status("VmHWM:")
}

/// The memory that this process has, in bytes.
pub fn held() -> Option<u64> {
    status("VmRSS:")
}

/// Lets [`peak`] begin anew.
pub fn forget_peak() {
    let _ = fs::write("/proc/self/clear_refs", "5");
}

fn status(key: &str) -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let value = status.lines().find_map(|line| line.strip_prefix(key))?;
    Some(value.trim().strip_suffix(" kB")?.parse::<u64>().ok()? * 1024)
}
