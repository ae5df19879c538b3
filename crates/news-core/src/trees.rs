//! Gradient-boosted trees: the learned models and how they are evaluated.
//!
//! A model file is text; its first line is the command that trained it.

/// Sum, in log-odds, from which a decision stands after the first tree; it falls by the tree, to [`SURE_AT_LAST`], as
/// fewer are left that could change it. Over half a million segments of hosts held out, one decision in two
/// thousand changes, and no page's F1 in the third place (`docs/accuracy.md`).
const SURE: f32 = 2.5;
const SURE_AT_LAST: f32 = 1.4;

/// The file of a model as the build packs it.
#[allow(unused_macros, reason = "the build packs")]
macro_rules! packed {
    ($name:literal) => {
        include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".trees"))
    };
}
#[allow(unused_imports, reason = "the build packs")]
pub(crate) use packed;

/// Boosted trees.
#[derive(Debug, Default, Clone)]
pub struct Model {
    nodes: Vec<Node>,
    roots: Vec<u32>,
}

#[derive(Debug, Clone, Copy)]
struct Node {
    /// Index of the feature; [`LEAF`] for a leaf.
    feature: u16,
    /// Nodes between this one and the right child; the left child is the next node.
    left_nodes: u16,
    /// Threshold, or value of the leaf.
    value: f32,
}

const LEAF: u16 = u16::MAX;

impl Model {
    /// Reads a model file: a tree a line, nodes parted by `;` in preorder, an inner node being
    /// `feature threshold index-of-right-child`, a leaf `value`. Trees that do not parse, or use a feature beyond `features`, are left out.
    #[must_use]
    pub fn read(file: &str, features: usize) -> Self {
        let mut model = Self::default();
        for line in file.lines().filter(|line| !line.starts_with('#')) {
            let nodes: Option<Vec<Node>> =
                line.split(';').enumerate().map(|(i, n)| read_node(i, n, features)).collect();
            if let Some(nodes) = nodes.filter(|nodes| is_tree(nodes)) {
                model.roots.push(model.nodes.len() as u32);
                model.nodes.extend(nodes);
            }
        }
        model
    }

    /// The trees of a model file as the build packs them, so that no process reads their text: of each tree the
    /// number of its nodes, four bytes, then eight bytes a node. Trees that use a feature beyond `features` are
    /// left out.
    #[allow(dead_code, reason = "the build packs")]
    pub(crate) fn unpack(mut file: &[u8], features: usize) -> Self {
        let mut model = Self::default();
        while let Some((count, rest)) = file.split_first_chunk() {
            let bytes = u32::from_le_bytes(*count) as usize * 8;
            let Some((nodes, rest)) = rest.split_at_checked(bytes) else { break };
            let start = model.nodes.len();
            model.nodes.extend(nodes.as_chunks().0.iter().copied().map(Node::unpack));
            let tree = &model.nodes[start..];
            let fits = |node: &Node| node.feature == LEAF || usize::from(node.feature) < features;
            if tree.iter().all(fits) && is_tree(tree) {
                model.roots.push(start as u32);
            } else {
                model.nodes.truncate(start);
            }
            file = rest;
        }
        model
    }

    /// The same file as [`unpack`](Self::unpack) reads it.
    #[allow(dead_code, reason = "the build packs")]
    pub(crate) fn pack(&self) -> Vec<u8> {
        let ends = self.roots.iter().skip(1).map(|root| *root as usize).chain([self.nodes.len()]);
        let mut file = Vec::new();
        for (root, end) in self.roots.iter().zip(ends) {
            let nodes = &self.nodes[*root as usize..end];
            file.extend((nodes.len() as u32).to_le_bytes());
            file.extend(nodes.iter().copied().flat_map(Node::pack));
        }
        file
    }

    /// The probability that the features speak for, 0 to 1; 0.5 for a model without trees. `features`
    /// are as many as the model was read for.
    pub(crate) fn probability(&self, features: &[f32]) -> f32 {
        probability(self.roots.iter().map(|root| self.leaf(*root, features)).sum())
    }

    /// The same for a model that only has to decide: the sum is left where the trees to come will not change its
    /// side, so that what is far from the threshold is less far from it here.
    pub(crate) fn decision(&self, features: &[f32]) -> f32 {
        let (mut sum, mut sure) = (0.0, SURE);
        let fall = (SURE - SURE_AT_LAST) / self.roots.len().max(1) as f32;
        for root in &self.roots {
            sum += self.leaf(*root, features);
            if f32::abs(sum) > sure {
                break;
            }
            sure -= fall;
        }
        probability(sum)
    }

    /// The value of the leaf that the features lead to; no feature has the number of a leaf.
    fn leaf(&self, root: u32, features: &[f32]) -> f32 {
        let mut at = root as usize;
        loop {
            let node = &self.nodes[at];
            let Some(feature) = features.get(usize::from(node.feature)) else { return node.value };
            at += 1 + usize::from(node.left_nodes) * usize::from(*feature > node.value);
        }
    }
}

fn probability(log_odds: f32) -> f32 {
    1.0 / (1.0 + (-log_odds).exp())
}

#[allow(dead_code, reason = "the build packs")]
impl Node {
    fn unpack(bytes: [u8; 8]) -> Self {
        let number = u64::from_le_bytes(bytes);
        Self {
            feature: number as u16,
            left_nodes: (number >> 16) as u16,
            value: f32::from_bits((number >> 32) as u32),
        }
    }

    fn pack(self) -> [u8; 8] {
        let value = u64::from(self.value.to_bits());
        let number = u64::from(self.feature) | u64::from(self.left_nodes) << 16 | value << 32;
        number.to_le_bytes()
    }
}

fn read_node(index: usize, text: &str, features: usize) -> Option<Node> {
    let mut parts = text.split(' ');
    let (first, second) = (parts.next()?, parts.next());
    let Some(threshold) = second else {
        return Some(Node { feature: LEAF, left_nodes: 0, value: first.parse().ok()? });
    };
    let right: usize = parts.next()?.parse().ok()?;
    Some(Node {
        feature: first.parse().ok().filter(|f| usize::from(*f) < features)?,
        left_nodes: u16::try_from(right.checked_sub(index + 1)?).ok()?,
        value: threshold.parse().ok()?,
    })
}

/// Whether every step from an inner node stays inside the tree and goes forward.
fn is_tree(nodes: &[Node]) -> bool {
    nodes
        .iter()
        .enumerate()
        .all(|(i, n)| n.feature == LEAF || i + 1 + usize::from(n.left_nodes) < nodes.len())
}
