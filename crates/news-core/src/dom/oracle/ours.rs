//! Our tree, with all that tests keep of it, and as readers see it.

use std::fmt::Write as _;

use crate::dom::builder::{Quirks, Shown, Space, What};
use crate::dom::name::Name;
use crate::dom::store::Prefix;
use crate::dom::tokenizer::Span;
use crate::dom::{Dom, Tag};

/// Our tree, with all that is kept for tests.
pub(super) struct Ours {
    pub(super) nodes: Vec<Shown>,
    pub(super) quirks: Quirks,
}

impl Ours {
    /// The format of html5lib's tree tests.
    pub(super) fn dump(&self) -> String {
        let mut out = String::new();
        for node in &self.nodes {
            let indent = "  ".repeat(node.depth.min(2_000));
            match &node.what {
                What::Doctype(text) => writeln!(out, "| {indent}{text}"),
                What::Comment(text) => writeln!(out, "| {indent}<!-- {text} -->"),
                What::Text(text) => writeln!(out, "| {indent}\"{text}\""),
                What::Element(space, name, attributes) => {
                    dump_element(&mut out, &indent, *space, name, attributes)
                }
            }
            .expect("a string");
        }
        out
    }

    /// All text of the page.
    pub(super) fn text(&self) -> String {
        let texts = self.nodes.iter().filter_map(|node| match &node.what {
            What::Text(text) => Some(text.as_str()),
            _ => None,
        });
        texts.collect()
    }

    /// Depth of the deepest node.
    pub(super) fn depth(&self) -> usize {
        self.nodes.iter().map(|node| node.depth + 1).max().unwrap_or(0)
    }

    /// What nodes are called, each with its bytes in the source.
    pub(super) fn sources(&self) -> Vec<(String, Span)> {
        let named = self.nodes.iter().filter_map(|node| {
            let name = match &node.what {
                What::Element(_, name, _) => name.clone(),
                What::Text(text) => format!("\"{text}\""),
                What::Comment(text) => format!("<!--{text}-->"),
                What::Doctype(_) => return None,
            };
            Some((name, node.source))
        });
        named.collect()
    }

    /// What readers see: elements by their tags, with the values of attributes, and texts.
    pub(super) fn seen(&self) -> Vec<String> {
        let mut seen = Seen::default();
        // Contents of templates stand below them here, one level higher than they are shown.
        let mut templates: Vec<usize> = Vec::new();
        for node in &self.nodes {
            templates.retain(|depth| *depth < node.depth);
            let depth = node.depth - templates.len();
            match &node.what {
                What::Doctype(_) | What::Comment(_) => {}
                What::Text(text) => seen.text(depth, text),
                What::Element(space, name, attributes) => {
                    let tag = Name::known(name.as_bytes()).map_or(Tag::Other, Tag::of);
                    let is_known = *space == Space::Html || matches!(tag, Tag::Svg | Tag::Math);
                    let tag = if is_known { tag } else { Tag::Other };
                    seen.element(depth, tag, attributes.iter().map(|a| a.2.as_str()));
                    if *space == Space::Html && name == "template" {
                        templates.push(node.depth);
                    }
                }
            }
        }
        seen.0
    }
}

/// Lines of what readers see of a tree.
#[derive(Default)]
pub(super) struct Seen(Vec<String>);

impl Seen {
    fn text(&mut self, depth: usize, text: &str) {
        let line = format!("{depth} \"");
        // Texts with a comment between them are one text or two.
        match self.0.last_mut() {
            Some(last) if last.starts_with(&line) => last.push_str(text),
            _ => self.0.push(line + text),
        }
    }

    fn element<'v>(&mut self, depth: usize, tag: Tag, values: impl Iterator<Item = &'v str>) {
        let values: Vec<&str> = values.collect();
        self.0.push(format!("{depth} {tag:?} {values:?}"));
    }

    pub(super) fn of(dom: &Dom) -> Vec<String> {
        let mut seen = Self::default();
        let mut depths = vec![0];
        for id in dom.all() {
            let parent = dom.parent(id);
            assert!(dom.contains(parent, id) && dom.end(id) <= dom.end(parent) && dom.end(id) > id);
            let depth = if parent == 0 { 0 } else { depths[parent as usize] + 1 };
            depths.push(depth);
            if dom.tag(id) == Tag::Text {
                seen.text(depth, dom.text(id));
            } else {
                seen.element(depth, dom.tag(id), dom.attributes(id).map(|a| a.value));
            }
        }
        seen.0
    }
}

fn dump_element(
    out: &mut String,
    indent: &str,
    space: Space,
    name: &str,
    attributes: &[(Prefix, String, String)],
) -> std::fmt::Result {
    let cased = |names: &'static str, name: &str| {
        let found = names.split_ascii_whitespace().find(|cased| cased.eq_ignore_ascii_case(name));
        found.map_or_else(|| name.to_owned(), str::to_owned)
    };
    let (prefix, name) = match space {
        Space::Html => ("", name.to_owned()),
        Space::Svg => ("svg ", cased(SVG_NAMES, name)),
        Space::MathMl => ("math ", name.to_owned()),
    };
    writeln!(out, "| {indent}<{prefix}{name}>")?;
    let lines = attributes.iter().map(|(prefix, name, value)| {
        let name = match space {
            Space::Html => name.clone(),
            Space::Svg => cased(SVG_ATTRIBUTES, name),
            Space::MathMl => cased("definitionURL", name),
        };
        let prefix = match prefix {
            Prefix::None => "",
            Prefix::Xlink => "xlink ",
            Prefix::Xml => "xml ",
            Prefix::Xmlns => "xmlns ",
        };
        format!("| {indent}  {prefix}{name}=\"{value}\"\n")
    });
    let mut lines: Vec<String> = lines.collect();
    lines.sort();
    out.extend(lines);
    if space == Space::Html && name == "template" {
        writeln!(out, "| {indent}  content")?;
    }
    Ok(())
}

/// Names of SVG as the standard writes them where that is not in lower case.
const SVG_NAMES: &str = "altGlyph altGlyphDef altGlyphItem animateColor animateMotion \
    animateTransform clipPath feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix \
    feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG \
    feFuncR feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset fePointLight \
    feSpecularLighting feSpotLight feTile feTurbulence foreignObject glyphRef linearGradient \
    radialGradient textPath";
const SVG_ATTRIBUTES: &str = "attributeName attributeType baseFrequency baseProfile calcMode \
    clipPathUnits diffuseConstant edgeMode filterUnits glyphRef gradientTransform gradientUnits \
    kernelMatrix kernelUnitLength keyPoints keySplines keyTimes lengthAdjust limitingConeAngle \
    markerHeight markerUnits markerWidth maskContentUnits maskUnits numOctaves pathLength \
    patternContentUnits patternTransform patternUnits pointsAtX pointsAtY pointsAtZ preserveAlpha \
    preserveAspectRatio primitiveUnits refX refY repeatCount repeatDur requiredExtensions \
    requiredFeatures specularConstant specularExponent spreadMethod startOffset stdDeviation \
    stitchTiles surfaceScale systemLanguage tableValues targetX targetY textLength viewBox viewTarget \
    xChannelSelector yChannelSelector zoomAndPan";
