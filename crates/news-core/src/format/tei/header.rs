//! The header: what the text is, where it comes from, and who and what is named in it.

use super::super::clean::{link_target, one_line};
use super::super::xml::Xml;
use super::super::{language, value};
use super::{id, name_tag, w3c};
use crate::article::{Article, Entity, EntityKind, Kind, SignOffKind};
use crate::metadata::{Author, Moment};

pub(super) fn header(article: &Article, xml: &mut Xml) {
    xml.within("fileDesc", &[], |xml| {
        xml.within("titleStmt", &[], |xml| title_statement(article, xml));
        xml.within("publicationStmt", &[], |xml| publication(article, xml));
        xml.within("sourceDesc", &[], |xml| {
            xml.within("bibl", &[], |xml| source(article, xml));
        });
    });
    xml.within("encodingDesc", &[], |xml| {
        xml.within("appInfo", &[], |xml| {
            let attributes = [("ident", "news"), ("version", env!("CARGO_PKG_VERSION"))];
            xml.within("application", &attributes, |xml| xml.line("label", &[], "news"));
        });
    });
    xml.within("profileDesc", &[], |xml| profile(article, xml));
}

fn title_statement(article: &Article, xml: &mut Xml) {
    let meta = &article.metadata;
    let headline = one_line(value(meta.headline.as_ref()).map_or("", String::as_str));
    // A title there must be, if an empty one.
    xml.always("title", &[("type", "main")], |xml| xml.text(&headline));
    let other = value(meta.alternative_headline.as_ref()).map_or("", String::as_str);
    xml.line("title", &[("type", "alt")], other);
    authors(article, xml);
    for line in &article.wire.sign_offs {
        let Some(role) = responsibility(line.kind) else { continue };
        for person in &line.people {
            xml.within("respStmt", &[], |xml| {
                xml.line("resp", &[], role);
                xml.line("name", &[], &person.name);
            });
        }
    }
}

/// What somebody did who is named at the end of the copy. `None`: the reporters are its authors.
fn responsibility(kind: SignOffKind) -> Option<&'static str> {
    match kind {
        SignOffKind::Contributor => Some("contributor"),
        SignOffKind::Editing => Some("editor"),
        SignOffKind::Translation => Some("translator"),
        SignOffKind::Photo => Some("photographer"),
        SignOffKind::Reporting | SignOffKind::Writing | SignOffKind::Initials => None,
    }
}

fn authors(article: &Article, xml: &mut Xml) {
    for author in value(article.metadata.authors.as_ref()).into_iter().flatten() {
        xml.within("author", &[], |xml| write_author(author, xml));
    }
}

fn write_author(author: &Author, xml: &mut Xml) {
    let tag = if author.is_organisation { "orgName" } else { "persName" };
    xml.line(tag, &[], &author.name);
    xml.line("roleName", &[], author.role.as_deref().unwrap_or_default());
    xml.line("affiliation", &[], author.organisation.as_deref().unwrap_or_default());
    xml.line("email", &[], author.email.as_deref().unwrap_or_default());
}

fn publication(article: &Article, xml: &mut Xml) {
    let meta = &article.metadata;
    let publisher = value(meta.publisher.as_ref()).or(value(meta.site_name.as_ref()));
    let publisher = one_line(publisher.map_or("", String::as_str));
    if publisher.is_empty() {
        return xml.line("p", &[], "Publisher not stated.");
    }
    xml.line("publisher", &[], &publisher);
    date(value(meta.published.as_ref()), xml);
    xml.within("availability", &[], |xml| {
        xml.line("p", &[], value(meta.rights.as_ref()).map_or("", String::as_str));
    });
}

fn date(moment: Option<&Moment>, xml: &mut Xml) {
    if let Some(moment) = moment {
        let text = moment.to_string();
        xml.line("date", &[("when", &w3c(moment))], &text);
    }
}

fn source(article: &Article, xml: &mut Xml) {
    let meta = &article.metadata;
    xml.line("title", &[("level", "a")], value(meta.headline.as_ref()).map_or("", String::as_str));
    xml.line("title", &[("level", "j")], value(meta.site_name.as_ref()).map_or("", String::as_str));
    authors(article, xml);
    let agency = value(meta.agency.as_ref()).map_or("", String::as_str);
    xml.line("orgName", &[("type", "agency")], agency);
    date(value(meta.published.as_ref()), xml);
    if let Some(target) = value(meta.url.as_ref()).and_then(|url| link_target(url)) {
        xml.empty("ptr", &[("target", &target)]);
    }
    xml.line("note", &[], "Read from a page or text.");
}

fn profile(article: &Article, xml: &mut Xml) {
    let meta = &article.metadata;
    let description = value(meta.description.as_ref()).map_or("", String::as_str);
    xml.within("abstract", &[], |xml| xml.line("p", &[], description));
    let (tag, name) = (language(article), value(meta.language.as_ref()).map_or("", String::as_str));
    if !tag.is_empty() {
        xml.within("langUsage", &[], |xml| xml.line("language", &[("ident", tag)], name));
    }
    xml.within("textClass", &[], |xml| {
        xml.within("keywords", &[], |xml| {
            xml.line("term", &[("type", "kind")], kind(article.verdict.kind));
            let section = value(meta.section.as_ref()).map_or("", String::as_str);
            xml.line("term", &[("type", "section")], section);
            let tags = value(meta.tags.as_ref()).into_iter().flatten();
            tags.for_each(|tag| xml.line("term", &[], tag));
        });
    });
    xml.within("particDesc", &[], |xml| {
        xml.within("listPerson", &[], |xml| entities(article, "person", "persName", xml));
        xml.within("listOrg", &[], |xml| entities(article, "org", "orgName", xml));
    });
    xml.within("settingDesc", &[], |xml| {
        xml.within("listPlace", &[], |xml| entities(article, "place", "placeName", xml));
    });
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Opinion => "opinion",
        Kind::Analysis => "analysis",
        Kind::LiveBlog => "live blog",
        Kind::Interview => "interview",
        Kind::Gallery => "gallery",
        Kind::Video => "video",
        Kind::Podcast => "podcast",
        Kind::PressRelease => "press release",
        Kind::Sponsored => "sponsored",
        Kind::Listing => "listing",
        Kind::HomePage => "home page",
        Kind::SearchResults => "search results",
        Kind::Forum => "forum",
        Kind::Product => "product",
        Kind::ErrorPage => "error page",
        Kind::NotArticle => "no article",
        Kind::NewsStory => "news story",
    }
}

/// The entities of one sort, under the ids by which the text refers to them.
fn entities(article: &Article, tag: &'static str, name: &'static str, xml: &mut Xml) {
    let entities = article.reading.iter().flat_map(|reading| &reading.entities);
    for (index, entity) in entities.enumerate().filter(|(_, e)| name_tag(&e.kind) == name) {
        xml.within(tag, &[("xml:id", &id(index))], |xml| describe(entity, name, xml));
    }
}

fn describe(entity: &Entity, name: &'static str, xml: &mut Xml) {
    // Whoever is in the list has a name element, if an empty one.
    xml.always(name, &[], |xml| xml.text(&one_line(&entity.name)));
    match &entity.kind {
        EntityKind::Person { .. } => {
            xml.line("occupation", &[], entity.role().unwrap_or_default());
        }
        EntityKind::Organisation { acronym } => {
            xml.line(name, &[("type", "acronym")], acronym.as_deref().unwrap_or_default());
        }
        EntityKind::Place { country } => {
            xml.line("country", &[], country.as_deref().unwrap_or_default());
        }
    }
}
