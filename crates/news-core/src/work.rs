//! A count of steps, so that a page that costs too much is stopped, and at the same place each time.
//!
//! Time cannot do that: it differs from run to run. Stages pay before they work, by what they have
//! counted already: nodes, segments, bytes of JSON, paragraphs. What is not paid for is not done, and a
//! warning says so.

use std::cell::Cell;

use crate::error::{Warning, WarningCode};
use crate::options::Limits;

/// What things cost, in units of about ten nanoseconds on one core of a server of 2022. `docs/limits.md`
/// tells how they were measured.
pub(crate) mod cost {
    /// A node of the tree: reading its claims and measuring it.
    pub(crate) const NODE: u64 = 20;
    /// A segment: its features, the model, the rules, its block.
    pub(crate) const SEGMENT: u64 = 200;
    /// A byte of JSON: parsed, and its values looked at.
    pub(crate) const JSON_BYTE: u64 = 4;
    /// A byte of a story's text: sentences, times, names, quotes.
    pub(crate) const TEXT_BYTE: u64 = 60;
    /// A capital letter of a story's text, beside its byte: the word may be a name.
    pub(crate) const CAPITAL: u64 = 300;
    /// A paragraph of a story's text, beside its bytes.
    pub(crate) const PARAGRAPH: u64 = 500;
}

/// The steps that are left for a page.
#[derive(Debug)]
pub(crate) struct Work {
    limit: u64,
    left: Cell<u64>,
}

impl Work {
    pub(crate) fn new(limits: &Limits) -> Self {
        Self { limit: limits.work, left: Cell::new(limits.work) }
    }

    /// Pays for work that is done already, as far as there is something left.
    pub(crate) fn spend(&self, units: u64) {
        self.left.set(self.left.get().saturating_sub(units));
    }

    /// Pays for work ahead; where less is left, nothing is paid, and the work is not to be done.
    pub(crate) fn pay(&self, units: u64) -> bool {
        let left = self.left.get().checked_sub(units);
        left.map(|left| self.left.set(left)).is_some()
    }

    /// Pays for as many of `count` things as can be paid for, and tells how many.
    pub(crate) fn pay_for(&self, count: usize, each: u64) -> usize {
        let many = self.left.get().checked_div(each).map_or(count, |many| count.min(many as usize));
        self.spend(many as u64 * each);
        many
    }

    /// What is said where something was not paid for.
    pub(crate) fn warning(&self, what: &str) -> Warning {
        let message = format!("the work limit of {} units was reached: {what}", self.limit);
        Warning::new(WarningCode::WorkLimit, message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_left_is_not_paid() {
        let work = Work::new(&Limits { work: 100, ..Limits::default() });
        assert!(work.pay(60) && !work.pay(41));
        assert_eq!((work.pay_for(9, 7), work.pay_for(9, 7), work.pay_for(3, 0)), (5, 0, 3));
        work.spend(1_000);
        assert!(work.pay(0) && !work.pay(1));
    }
}
