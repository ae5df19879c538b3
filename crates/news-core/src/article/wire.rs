//! What wire copy says about itself: dateline, credit, sign-offs, slugs and desk notes.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::metadata::{Author, Moment};
use crate::provenance::SourceRange;

/// What the copy says about itself. Everything empty: it says nothing.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Wire {
    /// Where and when the story was filed, and by which agency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dateline: Option<Dateline>,
    /// The line that credits an agency or newsroom: `(Yonhap News)`, `© Agence France-Presse`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credit: Option<Credit>,
    /// Who reported, wrote, edited or contributed, in the order of the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sign_offs: Vec<SignOff>,
    /// Marks of the transmission: `(LEAD)`, `URGENT`, `UPDATE 2`, `(END)`, in the order of the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub slugs: Vec<Slug>,
    /// What the desk tells editors or readers, in the order of the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<DeskNote>,
    /// Lines with addresses and telephone numbers, in the order of the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contacts: Vec<Contact>,
    /// Whose work the story is. `None`: nothing tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ownership: Option<Ownership>,
}

impl Wire {
    /// Whether the copy says nothing about itself.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// The opening of a story that names its place, date and agency. It stays in the block's text.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Dateline {
    /// Places as written, each with its country or state: `NAIROBI, Kenya`. Several for
    /// `PARIS/BERLIN`. Empty for `Jan. 10 (Xinhua) --`.
    pub place: Vec<String>,
    /// The day, with the year where the dateline, the publication date or the caller tells it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Moment>,
    /// The date as written: `Nov. 24`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date_text: Option<String>,
    /// The agency by its canonical name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agency: Option<String>,
    /// The agency or paper as written: `Yonhap`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agency_text: Option<String>,
    /// The whole dateline as written, closing dash included.
    pub raw: String,
    /// Index of the block whose text it opens.
    pub block: u32,
    /// First unit of the dateline in the block's text (see
    /// [`Article::offset_unit`](super::Article::offset_unit)).
    pub start: u32,
    /// One past its last unit.
    pub end: u32,
}

/// A line that says whose copy it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Credit {
    /// The agency by its canonical name. `None`: not in the agency table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agency: Option<String>,
    /// The line as written.
    pub raw: String,
    /// Where it stood.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceRange>,
}

/// Who did one part of the work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SignOff {
    /// Which part.
    pub kind: SignOffKind,
    /// The people, and organisations, that did it. Empty for initials of a desk.
    pub people: Vec<Author>,
    /// Where they worked, as written. `None`: not stated, or not the same for all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// The clause as written.
    pub raw: String,
    /// Where the line stood.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceRange>,
}

/// Part of the work that a [`SignOff`] names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum SignOffKind {
    /// Reported.
    Reporting,
    /// Reported in addition, or contributed.
    Contributor,
    /// Wrote.
    Writing,
    /// Edited.
    Editing,
    /// Translated.
    Translation,
    /// Took or made the pictures.
    Photo,
    /// Initials or codes of a desk: `ab/cd/ef`.
    Initials,
}

/// A mark of the transmission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Slug {
    /// What it says.
    pub kind: SlugKind,
    /// The number in it: 2 for `(2nd LD)` and `UPDATE 2`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<u32>,
    /// As written.
    pub raw: String,
    /// Where it stood.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceRange>,
}

/// What a [`Slug`] says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum SlugKind {
    /// A new version: `(LEAD)`, `(3rd LD)`.
    Lead,
    /// A correction.
    Correction,
    /// Withdrawn.
    Kill,
    /// An update of an earlier version: `UPDATE 2`, `RECASTS`, `ADDS`.
    Update,
    /// Written anew.
    Recast,
    /// A repetition.
    Repeat,
    /// Urgent, flash, bulletin, alert.
    Urgent,
    /// A genre: `(News Focus)`, `Roundup`, `Feature`, `FACTBOX`.
    Genre,
    /// Under embargo.
    Embargo,
    /// More follows: `(MORE)`.
    More,
    /// The end: `(END)`, `Enditem`, `-30-`.
    End,
    /// Keyword line or transmission code: `AP-WF-11-24-13 0812GMT`.
    Code,
}

/// Something that the desk tells editors or readers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DeskNote {
    /// To whom or about what.
    pub kind: DeskNoteKind,
    /// As written.
    pub raw: String,
    /// Where it stood.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceRange>,
}

/// Kinds of [`DeskNote`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum DeskNoteKind {
    /// To editors: `(ATTN: ADDS details)`, `Eds: …`.
    Editors,
    /// A correction, clarification or editor's note for readers, which is a block of the story too.
    Correction,
    /// Where it stood in print: `A version of this article appears in print on …`.
    Print,
    /// About the author or the source: `Our Standards: …`, `The writer is …`.
    About,
}

/// A line with addresses or telephone numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Contact {
    /// Mail addresses in it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub emails: Vec<String>,
    /// Telephone numbers in it, as written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub phones: Vec<String>,
    /// The line as written.
    pub raw: String,
    /// Where it stood.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceRange>,
}

/// Whose work a story is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Ownership {
    /// The publisher's own.
    Own,
    /// An agency's.
    Agency,
    /// The publisher's own with material of an agency.
    Mixed,
}
