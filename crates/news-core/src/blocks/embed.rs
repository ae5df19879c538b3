//! Posts, videos and documents of other platforms.

use super::{Page, address};
use crate::article::BlockKind;
use crate::dom::{NodeId, Tag, local_name};
use crate::metadata::words;

/// Hosts of platforms, by the end of the host name.
const PLATFORMS: [(&str, &str); 22] = [
    ("youtube.com", "youtube"),
    ("youtube-nocookie.com", "youtube"),
    ("youtu.be", "youtube"),
    ("vimeo.com", "vimeo"),
    ("dailymotion.com", "dailymotion"),
    ("twitter.com", "x"),
    ("x.com", "x"),
    ("instagram.com", "instagram"),
    ("facebook.com", "facebook"),
    ("tiktok.com", "tiktok"),
    ("spotify.com", "spotify"),
    ("soundcloud.com", "soundcloud"),
    ("reddit.com", "reddit"),
    ("bsky.app", "bluesky"),
    ("threads.net", "threads"),
    ("t.me", "telegram"),
    ("documentcloud.org", "documentcloud"),
    ("datawrapper.dwcdn.net", "datawrapper"),
    ("scribd.com", "scribd"),
    ("flourish.studio", "flourish"),
    ("google.com", "google"),
    ("apple.com", "apple"),
];

/// The embed that stands at `id` and the node after it.
pub(crate) fn read(page: &Page<'_>, id: NodeId) -> Option<(BlockKind, NodeId)> {
    let dom = page.dom;
    let (url, quoted) = match dom.tag(id) {
        Tag::Iframe | Tag::Embed => (source(page, id)?, None),
        Tag::Video | Tag::Audio => {
            (source(page, id).or_else(|| dom.below(id).find_map(|n| source(page, n)))?, None)
        }
        Tag::Blockquote => post(page, id)?,
        _ => return None,
    };
    let platform = platform(&url)?;
    Some((BlockKind::Embed { platform, url: Some(url), quoted }, dom.end(id).max(id + 1)))
}

fn source(page: &Page<'_>, id: NodeId) -> Option<String> {
    [local_name!("src"), local_name!("data-src")]
        .into_iter()
        .find_map(|name| address(page.base, page.dom.attr(id, name)?))
}

/// A post quoted in the page: a block quote whose class names the platform, the last link being
/// the post.
fn post(page: &Page<'_>, id: NodeId) -> Option<(String, Option<String>)> {
    let dom = page.dom;
    let class = dom.attr(id, local_name!("class"))?;
    let platforms = ["twitter", "instagram", "tiktok", "bluesky", "fb", "reddit"];
    if !words::split(class).any(|word| platforms.contains(&&*word)) {
        return None;
    }
    let cited = [local_name!("cite"), local_name!("data-instgrm-permalink")]
        .into_iter()
        .find_map(|name| dom.attr(id, name));
    let linked = || {
        dom.below(id)
            .filter(|n| dom.tag(*n) == Tag::A)
            .filter_map(|n| dom.attr(n, local_name!("href")))
            .next_back()
    };
    let url = address(page.base, cited.or_else(linked)?)?;
    Some((url, Some(dom.inner_text(id)).filter(|t| !t.is_empty())))
}

/// Name of the platform of an address, or its host.
fn platform(url: &str) -> Option<String> {
    let url = url::Url::parse(url).ok()?;
    let host = url.host_str()?.trim_start_matches("www.");
    let is_of =
        |end: &str| host == end || host.strip_suffix(end).is_some_and(|rest| rest.ends_with('.'));
    let known = PLATFORMS.iter().find(|(end, _)| is_of(end)).map(|(_, name)| *name);
    Some(known.unwrap_or(host).to_owned())
}
