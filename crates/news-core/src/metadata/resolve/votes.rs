//! Who speaks for a chosen value and who against it: what its confidence is learned from.

use super::super::claims::Voice;
use super::Candidate;
use crate::provenance::Field;

/// Number of [`Voice`]s. Each is a feature by its number: whoever adds or moves one trains anew
/// (`tools/models/train.sh`).
pub(crate) const VOICES: usize = Voice::Caller as usize + 1;

/// What each voice says of the value chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Votes {
    /// By voice: 1 where it states the same, -1 where it states something else only, 0 where it is
    /// silent.
    pub(crate) stances: [i8; VOICES],
    /// The voice that won, by its number.
    pub(crate) winner: usize,
    /// Different values that were stated.
    pub(crate) others: usize,
}

impl Votes {
    /// Counts candidates, the chosen one first; nothing is chosen out of none.
    pub(super) fn of<T: Clone>(
        ranked: &[Candidate<T>],
        same: impl Fn(&T, &T) -> bool,
    ) -> Option<Self> {
        let chosen = ranked.first()?;
        let mut votes = Self { stances: [0; VOICES], winner: chosen.voice as usize, others: 0 };
        for candidate in ranked {
            let agrees = same(&candidate.value, &chosen.value);
            votes.others += usize::from(!agrees);
            let stance = &mut votes.stances[candidate.voice as usize];
            *stance = if agrees || *stance == 1 { 1 } else { -1 };
        }
        Some(votes)
    }
}

/// A field, and who spoke for it.
pub(super) type Voted<T> = (Field<T>, Votes);

/// The votes on the fields whose confidence is learned.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Ballots {
    pub(crate) headline: Option<Votes>,
    pub(crate) authors: Option<Votes>,
    pub(crate) published: Option<Votes>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provenance::{Found, Origin, Place};

    #[test]
    fn a_voice_that_once_agrees_agrees() {
        let found = |value: &str| Found {
            value: value.to_owned(),
            raw: String::new(),
            origin: Origin { place: Place::Meta, key: String::new(), range: None },
        };
        let (a, b) = (found("a"), found("b"));
        let ranked = [
            Candidate::of(&a, Voice::JsonLd),
            Candidate::of(&b, Voice::OpenGraph),
            Candidate::of(&a, Voice::Heading),
            Candidate::of(&b, Voice::Heading),
        ];
        let votes = Votes::of(&ranked, |a, b| a == b).expect("a result");
        let stance = |voice: Voice| votes.stances[voice as usize];
        assert_eq!(stance(Voice::JsonLd), 1);
        assert_eq!(stance(Voice::OpenGraph), -1);
        assert_eq!(stance(Voice::Heading), 1);
        assert_eq!((stance(Voice::Title), votes.others), (0, 2));
    }
}
