//! Gradient-boosted trees: the learned models and how they are evaluated.
//!
//! A model file is text; its first line is the command that trained it.

/// Trees evaluated before a sum far from the threshold may end the evaluation.
const FIRST_LOOK: usize = 24;
/// Distance of the sum, in log-odds, from which the remaining trees change the decision in less
/// than one case of a thousand.
const SURE: f32 = 3.5;

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

    /// The probability that the features speak for, 0 to 1; 0.5 for a model without trees. `features`
    /// are as many as the model was read for.
    pub(crate) fn score(&self, features: &[f32]) -> f32 {
        let mut sum = 0.0;
        for (i, root) in self.roots.iter().enumerate() {
            sum += self.leaf(*root as usize, features);
            if i + 1 >= FIRST_LOOK && sum.abs() > SURE {
                break;
            }
        }
        1.0 / (1.0 + (-sum).exp())
    }

    fn leaf(&self, root: usize, features: &[f32]) -> f32 {
        let mut at = root;
        loop {
            let node = &self.nodes[at];
            if node.feature == LEAF {
                return node.value;
            }
            // Arithmetic, since no processor foresees which way a branch here would go.
            let is_left = features[node.feature as usize] <= node.value;
            at += 1 + usize::from(node.left_nodes) * usize::from(!is_left);
        }
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
