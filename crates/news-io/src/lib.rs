//! Where pages come from: content codings, and a fetch that reaches only what it may.
//!
//! [`fetch::Fetcher`] asks one address for one page. It resolves a name once, accepts only
//! addresses of the public internet, connects to the very address it accepted, and does the same
//! again for every redirect. [`coding`] packs and unpacks bodies under a limit, [`packer`] packs
//! streams piece by piece.

pub mod address;
pub mod coding;
pub mod fetch;
pub mod packer;
mod robots;
