//! Elements → paragraphs with their roles, in the order of the page.

use std::sync::LazyLock;

use dom_query::{Document as Dom, NodeRef};
use regex::Regex;

use crate::{
    draft::squeeze,
    furniture,
    text::{self, Para, Role},
};

/// Elements whose text is not part of the page's words.
const SILENT: &[&str] = &[
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed", "button", "input",
    "select", "textarea", "option", "canvas", "audio", "video", "dialog", "head", "title",
];
/// Elements around the story that are only looked at where readability has not cut them off already.
const AROUND: &[&str] = &["nav", "aside", "footer", "header"];
/// Elements that start and end a paragraph.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "html",
    "legend",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];
/// Longest text, in bytes, of a part that its class names as an aside.
const MAX_ASIDE: usize = 1500;
/// Table cells from this length on, in bytes, are paragraphs: the table is there for the layout.
const LONG_CELL: usize = 120;

/// Class names and ids of captions and of what is not the story.
static CAPTION_CLASS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)(?:^|[\t\n _-])(?:wp-)?(?:caption|credit|photo-?credit|image-?source)(?:[\t\n _-]|$)")
});
static ASIDE_CLASS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:^|[\t\n _-])(?:related|newsletter|share|sharing|social|promo|cookies?|consent|gdpr|comments?|advert|advertisement|ad-slot|sponsored|breadcrumbs?|paywall|login|signin|signup|subscribe|subscription|recirc|most-?read|trending|read-?more|more-on|byline|timestamp|tags|skip|toolbar)(?:[\t\n _-]|$)",
    )
});

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("the pattern is fixed and was tested")
}

/// Where to look in a page that readability makes nothing of: its article, its main part, or its body.
pub(crate) fn story_root(dom: &Dom) -> NodeRef<'_> {
    for part in ["article", "main", "[role=\"main\"]", "#content", ".content"] {
        let found = dom.select(part);
        if let [only] = found.nodes() {
            return *only;
        }
    }
    dom.body().unwrap_or_else(|| dom.root())
}

/// One step of the walk.
enum Step<'d> {
    Enter(NodeRef<'d>),
    Leave(Left),
}

/// What ends when an element is left.
#[derive(Clone, Copy, Default)]
struct Left {
    block: bool,
    role: bool,
    link: bool,
    pre: bool,
    row: bool,
    cell: bool,
}

/// The paragraph being read, and where the walk is.
#[derive(Default)]
struct Walk {
    out: Vec<Para>,
    buffer: String,
    linked_bytes: usize,
    roles: Vec<Role>,
    links: usize,
    pre: usize,
    cells: Vec<String>,
    in_row: usize,
}

/// The paragraphs under `root`. `whole` is for a page that was not cut down to its story: navigation, side columns,
/// headers and footers are passed over.
pub(crate) fn paragraphs(root: &NodeRef, whole: bool) -> Vec<Para> {
    let mut walk = Walk::default();
    let mut steps = vec![Step::Enter(*root)];
    while let Some(step) = steps.pop() {
        match step {
            Step::Leave(left) => walk.leave(left),
            Step::Enter(node) if node.is_text() => walk.text(&node),
            Step::Enter(node) => {
                let name = node.node_name().map(|n| n.to_ascii_lowercase()).unwrap_or_default();
                let around = whole && AROUND.contains(&name.as_str());
                if SILENT.contains(&name.as_str()) || around || is_hidden(&node) {
                    continue;
                }
                if name == "br" {
                    walk.buffer.push('\n');
                    continue;
                }
                let left = walk.enter(&node, &name);
                steps.push(Step::Leave(left));
                steps.extend(node.children_it(true).map(Step::Enter));
            }
        }
    }
    walk.flush();
    walk.out
}

fn is_hidden(node: &NodeRef) -> bool {
    let style = node.attr("style").map(|s| s.to_ascii_lowercase().replace(' ', ""));
    node.has_attr("hidden")
        || node.attr("aria-hidden").is_some_and(|v| v.eq_ignore_ascii_case("true"))
        || style.is_some_and(|s| s.contains("display:none") || s.contains("visibility:hidden"))
}

/// What an element's name and class say of the text in it.
fn role_of(node: &NodeRef, name: &str) -> Option<Role> {
    let by_name = match name {
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Some(Role::Heading),
        "li" | "dd" => Some(Role::Item),
        "figcaption" | "caption" => Some(Role::Caption),
        "nav" | "footer" | "aside" => Some(Role::Aside),
        _ => None,
    };
    if matches!(name, "html" | "body" | "article" | "main") {
        return None;
    }
    let mut names = node.attr("class").map(|c| c.to_string()).unwrap_or_default();
    names.push(' ');
    names.push_str(node.attr("id").as_deref().unwrap_or_default());
    let short = || node.text().len() <= MAX_ASIDE;
    if CAPTION_CLASS.is_match(&names) && short() {
        return Some(Role::Caption);
    }
    if ASIDE_CLASS.is_match(&names) && short() {
        return Some(Role::Aside);
    }
    by_name
}

impl Walk {
    fn enter(&mut self, node: &NodeRef, name: &str) -> Left {
        let mut left =
            Left { block: BLOCKS.contains(&name), link: name == "a", pre: name == "pre", ..Left::default() };
        if left.block {
            self.flush();
        }
        let role = role_of(node, name).filter(|r| left.block || (name == "span" && *r == Role::Caption));
        left.role = role.is_some();
        self.roles.extend(role);
        left.row = name == "tr";
        left.cell = matches!(name, "td" | "th");
        if left.row {
            self.end_row();
            self.in_row += 1;
        }
        self.links += usize::from(left.link);
        self.pre += usize::from(left.pre);
        left
    }

    fn leave(&mut self, left: Left) {
        if left.cell && self.in_row > 0 && self.buffer.len() < LONG_CELL {
            let cell = squeeze(&std::mem::take(&mut self.buffer));
            self.linked_bytes = 0;
            self.cells.extend(Some(cell).filter(|c| !c.is_empty()));
        }
        if left.block {
            self.flush();
        }
        if left.row {
            self.end_row();
            self.in_row = self.in_row.saturating_sub(1);
        }
        if left.role {
            self.roles.pop();
        }
        self.links -= usize::from(left.link);
        self.pre -= usize::from(left.pre);
    }

    /// A row with one short cell is a line of text; with several it is data, and nothing is claimed from it.
    fn end_row(&mut self) {
        let cells = std::mem::take(&mut self.cells);
        match cells.as_slice() {
            [] => {}
            [only] => self.out.push(Para::new(only, self.role())),
            many => self.out.push(Para::new(&many.join(" | "), Role::Aside)),
        }
    }

    fn text(&mut self, node: &NodeRef) {
        let words = node.text();
        if self.links > 0 {
            self.linked_bytes += words.trim().len();
        }
        if self.pre > 0 {
            self.buffer.push_str(&words);
        } else {
            self.buffer.extend(words.chars().map(|c| if c == '\n' || c == '\r' { ' ' } else { c }));
        }
    }

    /// The outermost role that takes the text out of the story, or else the innermost role.
    fn role(&self) -> Role {
        let out = self.roles.iter().find(|r| matches!(r, Role::Aside | Role::Caption));
        out.or_else(|| self.roles.last()).copied().unwrap_or_default()
    }

    fn flush(&mut self) {
        let text = std::mem::take(&mut self.buffer);
        let linked = std::mem::take(&mut self.linked_bytes);
        if text.trim().is_empty() {
            return;
        }
        let mut role = self.role();
        let all_link = linked > 0 && linked * 10 >= squeeze(&text).len() * 9;
        if all_link && !furniture::ends_sentence(text.trim()) && role != Role::Caption {
            role = Role::Aside;
        }
        if self.pre > 0 {
            self.out.extend(text::paragraphs(&text));
            return;
        }
        for part in parts(&text) {
            self.out.push(Para::new(&part, role));
        }
    }
}

/// Cuts a text at its `<br>`s where a paragraph ends: at two in a row, after a full stop, before a list marker.
fn parts(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut open = false;
    for line in text.split('\n').map(squeeze) {
        if line.is_empty() {
            open = false;
            continue;
        }
        let is_item = Para::new(&line, Role::Plain).marker_bytes > 0;
        match out.last_mut() {
            Some(last) if open && !is_item && !furniture::ends_sentence(last) && !last.ends_with(':') => {
                last.push(' ');
                last.push_str(&line);
            }
            _ => out.push(line),
        }
        open = true;
    }
    out
}
