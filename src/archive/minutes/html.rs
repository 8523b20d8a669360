//! The document as a page: one file without links to anything, readable on a screen and on paper.

use minijinja::Environment;
use minijinja::value::Serde;

use super::doc::Doc;
use crate::harmless::line;

const TEMPLATE: &str = include_str!("page.html");

/// The page.
pub(super) fn page(doc: &Doc) -> String {
    let mut templates = Environment::new();
    templates.add_filter("clean", |text: String| line(&text).into_owned());
    // The ending `.html` turns escaping on. The template is ours and a test renders it: neither call can fail.
    templates
        .add_template("page.html", TEMPLATE)
        .and_then(|()| templates.get_template("page.html"))
        .and_then(|page| page.render(Serde(doc)))
        .unwrap_or_default()
}
