//! Peak memory of this process, as Linux counts it.

use std::fs;

/// What `work` gives, and by how many bytes the process grew at most meanwhile.
pub(crate) fn growth<T>(work: impl FnOnce() -> T) -> Option<(T, usize)> {
    // Sets the peak to what is in use now.
    fs::write("/proc/self/clear_refs", "5").ok()?;
    let before = resident("VmRSS:")?;
    let result = work();
    Some((result, resident("VmHWM:")?.saturating_sub(before)))
}

/// A size that the system tells of this process, in bytes.
pub(crate) fn resident(name: &str) -> Option<usize> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    Some(line.trim().strip_suffix(" kB")?.parse::<usize>().ok()? * 1024)
}
