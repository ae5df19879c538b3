//! The rules that attribute, each with what it was measured to reach.

macro_rules! rules {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $confidence:literal;)*) => {
        /// What decided that something is said, and by whom.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Rule {
            $($(#[$doc])* $variant,)*
        }

        impl Rule {
            /// The name that outputs carry.
            pub(super) fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            /// The share right of what the rule decides: the attribution and its speaker.
            pub(super) fn confidence(self) -> f32 {
                match self {
                    $(Self::$variant => $confidence,)*
                }
            }
        }
    };
}

// (right + 1) / (all + 2) over the labelled texts and the composed cases, of which each rule has some
// tens to thousands; but the dash, what is inserted, nested and block quotes have composed cases
// alone, three at most. Printed by
// `cargo test -p news-core --test reading -- --ignored --nocapture what_rules_reach`.
rules! {
    /// "According to Lee, …".
    AccordingTo = "according_to", 0.90;
    /// "As Lee put it, …".
    AsSubjectVerb = "as_subject_verb", 0.64;
    /// A paragraph set as a block quote.
    BlockQuote = "block_quote", 0.67;
    /// A quotation that goes on from another, or has its speaker from around it.
    Carried = "carried", 0.34;
    /// "…, Lee said" behind a clause.
    ClauseSubjectVerb = "clause_subject_verb", 0.86;
    /// "—Text —dijo Clara".
    Dash = "dash", 0.75;
    /// "Lee: …" in a headline.
    HeadlineLabel = "headline_label", 0.87;
    /// "« Le bac, dit-elle, est en retard. »": its contents are pieces of one quotation.
    Inserted = "inserted", 0.75;
    /// "A: …", or an answer by its markup.
    InterviewAnswer = "interview_answer", 0.82;
    /// "Q: …", or a question by its markup.
    InterviewQuestion = "interview_question", 0.77;
    /// A quotation inside another.
    Nested = "nested", 0.80;
    /// "Lee's claim that …".
    NounOfCue = "noun_of_cue", 0.52;
    /// "… was called by Lee".
    PassiveBy = "passive_by", 0.58;
    /// "“…,” Lee said".
    QuoteSubjectVerb = "quote_subject_verb", 0.96;
    /// "“…,” said Lee".
    QuoteVerbSubject = "quote_verb_subject", 0.96;
    /// A sentence in the mood of reported speech.
    ReportedSpeech = "reported_speech", 0.44;
    /// "“…” — Lee".
    Signature = "signature", 0.97;
    /// "Lee made a point: …".
    SubjectColon = "subject_colon", 0.69;
    /// "The talks seem to fail".
    SubjectOfCue = "subject_of_cue", 0.77;
    /// "Lee described the plan as …".
    SubjectVerbAs = "subject_verb_as", 0.40;
    /// "Lee said that …".
    SubjectVerbClause = "subject_verb_clause", 0.75;
    /// "Lee said:" before a paragraph.
    SubjectVerbColon = "subject_verb_colon", 0.79;
    /// "Lee criticized the plan".
    SubjectVerbObject = "subject_verb_object", 0.57;
    /// "Lee urged them to …".
    SubjectVerbOrder = "subject_verb_order", 0.65;
    /// "Lee called for …".
    SubjectVerbPreposition = "subject_verb_preposition", 0.64;
    /// "Lee said, “…”".
    SubjectVerbQuote = "subject_verb_quote", 0.85;
    /// "Lee told them that …".
    SubjectVerbTold = "subject_verb_told", 0.85;
    /// "LEE: …".
    Transcript = "transcript", 0.68;
}

impl Rule {
    /// Whether a line by itself is speech: all its content is direct, in any language.
    pub(super) fn is_turn(self) -> bool {
        self.is_interview() || matches!(self, Self::Transcript | Self::BlockQuote | Self::Dash)
    }

    /// Whether its line names nobody: question and answer.
    pub(super) fn is_interview(self) -> bool {
        matches!(self, Self::InterviewQuestion | Self::InterviewAnswer)
    }
}
