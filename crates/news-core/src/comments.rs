//! Readers' comments, apart from the story.

use crate::article::Comment;
use crate::content::{Measures, Segment, Story, Zone, prose_units};
use crate::dom::{Dom, NodeId, Tag, collapse};

/// Comments of the page in order; empty when it has none. They stand below the story: above it, the
/// word in a class says that the story is an opinion.
pub(crate) fn read(dom: &Dom, measures: &Measures, story: &Story) -> Vec<Comment> {
    let first = story.kept.first().copied().unwrap_or(0);
    let mut comments: Vec<(NodeId, Comment)> = Vec::new();
    let said = measures
        .segments
        .iter()
        .skip(first)
        .filter(|s| s.zone.has(Zone::COMMENTS) && !s.zone.has(Zone::FORM | Zone::META));
    for segment in said.filter(|s| prose_units(&s.counts) > 0 || is_paragraph(dom, s)) {
        let holder = holder(dom, segment.container);
        let text = collapse(&segment.nodes.clone().map(|id| dom.text(id)).collect::<String>());
        let source = dom.span(&segment.nodes);
        match comments.last_mut() {
            Some((last, comment)) if *last == holder => {
                comment.text = format!("{}\n{text}", comment.text);
                comment.source.end = source.end;
            }
            _ => comments.push((holder, Comment { text, source })),
        }
    }
    comments.into_iter().map(|(_, comment)| comment).collect()
}

fn is_paragraph(dom: &Dom, segment: &Segment) -> bool {
    dom.tag(segment.container) == Tag::P && segment.counts.link_density() < 0.5
}

/// The element of one comment: the nearest list item or article around, else the container's parent.
fn holder(dom: &Dom, container: NodeId) -> NodeId {
    let is_item = |id: &NodeId| matches!(dom.tag(*id), Tag::Li | Tag::Article | Tag::Dd | Tag::Tr);
    std::iter::once(container)
        .chain(dom.ancestors(container).take(8))
        .find(is_item)
        .unwrap_or_else(|| dom.parent(container))
}
