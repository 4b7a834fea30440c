//! XML of lists, record by record, in bounded memory.
//!
//! Only the five predefined entities and character references are known; a document type declaration is refused, so
//! nothing can be expanded. Depth, the size of one piece of text, of one record and of the file have limits.

use std::cell::Cell;
use std::io::{BufRead, BufReader, Read};
use std::rc::Rc;

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};

use super::super::ScreeningError;

/// Elements may be nested so deep.
pub(crate) const MOST_DEPTH: usize = 32;
/// One tag, text or comment has at most so many bytes.
pub(crate) const MOST_PIECE_BYTES: usize = 1 << 20;
/// One record has at most so many bytes of text, and so many elements.
const MOST_RECORD_BYTES: usize = 8 << 20;
const MOST_RECORD_NODES: usize = 200_000;
/// A file has at most so many bytes.
pub(crate) const MOST_FILE_BYTES: usize = 1 << 30;

/// An element with everything in it.
#[derive(Debug, Default)]
pub(crate) struct Node {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
    pub(crate) text: String,
    pub(crate) children: Vec<Node>,
}

impl Node {
    /// The first child of a name.
    pub(crate) fn child(&self, name: &str) -> Option<&Node> {
        self.children.iter().find(|c| c.name == name)
    }

    /// The children of a name.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Node> {
        self.children.iter().filter(move |c| c.name == name)
    }

    /// The text of a child, trimmed; empty where it has none.
    pub(crate) fn text_of(&self, name: &str) -> &str {
        self.child(name).map_or("", |c| c.text.trim())
    }

    /// An attribute; empty where it has none.
    pub(crate) fn attribute(&self, name: &str) -> &str {
        self.attributes.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v.as_str())
    }
}

/// A reader that fails where one piece of XML, or all of it, is too long.
struct Capped<R> {
    inner: R,
    piece: Rc<Cell<usize>>,
    total: usize,
}

impl<R: BufRead> Read for Capped<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let n = self.fill_buf()?.read(buffer)?;
        self.consume(n);
        Ok(n)
    }
}

impl<R: BufRead> BufRead for Capped<R> {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        if self.piece.get() > MOST_PIECE_BYTES {
            return Err(std::io::Error::other(format!(
                "one tag or text has more than {MOST_PIECE_BYTES} bytes"
            )));
        }
        if self.total > MOST_FILE_BYTES {
            return Err(std::io::Error::other(format!("the file has more than {MOST_FILE_BYTES} bytes")));
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, n: usize) {
        self.piece.set(self.piece.get() + n);
        self.total += n;
        self.inner.consume(n);
    }
}

/// Which elements of a list to read whole.
pub(crate) struct Shape<'a> {
    /// What the list is called in messages.
    pub(crate) list: &'static str,
    /// The root element's name.
    pub(crate) root: &'a str,
    /// The names of the elements that are handed over, at any depth outside one another.
    pub(crate) records: &'a [&'a str],
}

/// Hands every record of a list to `take`, and the root's attributes, as a childless node, before them.
///
/// # Errors
/// Where the file is cut off, is something else, or passes a limit.
pub(crate) fn read_records(
    input: impl Read,
    shape: &Shape<'_>,
    mut take: impl FnMut(Node) -> Result<(), ScreeningError>,
) -> Result<(), ScreeningError> {
    let piece = Rc::new(Cell::new(0));
    let capped =
        Capped { inner: BufReader::with_capacity(1 << 16, input), piece: Rc::clone(&piece), total: 0 };
    let mut reader = Reader::from_reader(capped);
    let mut walk =
        Walk { shape, depth: 0, rooted: false, closed: false, open: Vec::new(), bytes: 0, nodes: 0 };
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        piece.set(0);
        let event = reader.read_event_into(&mut buffer);
        let at = reader.buffer_position();
        let event = event.map_err(|e| broken(shape.list, at, &walk, &e.to_string()))?;
        match event {
            Event::Eof => break,
            Event::Start(start) => {
                let node = node_of(&start, shape.list, at)?;
                if let Some(root) = walk.open_element(node, at)? {
                    take(root)?;
                }
            }
            Event::Empty(start) => {
                let node = node_of(&start, shape.list, at)?;
                if let Some(root) = walk.open_element(node, at)? {
                    take(root)?;
                }
                if let Some(record) = walk.close_element() {
                    take(record)?;
                }
            }
            Event::End(_) => {
                if let Some(record) = walk.close_element() {
                    take(record)?;
                }
            }
            Event::Text(text) => walk.push_text(&text.xml10_content(), at)?,
            Event::CData(text) => walk.push_text(&text.xml10_content(), at)?,
            Event::GeneralRef(reference) => {
                let named = reference.xml10_content();
                let ch = reference.resolve_char_ref().ok().flatten().or_else(|| predefined(&named));
                let ch = ch.ok_or_else(|| {
                    malformed(shape.list, at, &format!("the entity &{named}; is not known"))
                })?;
                walk.push_text(ch.encode_utf8(&mut [0; 4]), at)?;
            }
            Event::DocType(_) => {
                return Err(malformed(
                    shape.list,
                    at,
                    "it has a document type declaration, which no such list has",
                ));
            }
            Event::Comment(_) | Event::PI(_) | Event::Decl(_) => {}
        }
    }
    if !walk.rooted {
        return Err(ScreeningError::NotTheList { list: shape.list, found: "no XML element".to_owned() });
    }
    if !walk.closed {
        return Err(ScreeningError::CutOff { list: shape.list, at: reader.buffer_position() });
    }
    Ok(())
}

fn predefined(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => return None,
    })
}

/// An error of the XML reader: a file that ends inside something is cut off, anything else is malformed.
fn broken(list: &'static str, at: u64, walk: &Walk<'_>, reason: &str) -> ScreeningError {
    let ended = ["not found before end", "not closed", "unclosed", "end of input", "EOF", "end-of-file"]
        .iter()
        .any(|w| reason.contains(w));
    if ended && walk.rooted { ScreeningError::CutOff { list, at } } else { malformed(list, at, reason) }
}

pub(crate) fn malformed(list: &'static str, at: u64, reason: &str) -> ScreeningError {
    ScreeningError::Malformed { list, place: format!("byte {at}"), reason: reason.to_owned() }
}

fn node_of(start: &BytesStart<'_>, list: &'static str, at: u64) -> Result<Node, ScreeningError> {
    let mut node = Node { name: start.local_name().as_ref().to_string(), ..Node::default() };
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|e| malformed(list, at, &e.to_string()))?;
        let value = attribute
            .normalized_value(XmlVersion::Implicit1_0)
            .map_err(|e| malformed(list, at, &e.to_string()))?;
        node.attributes.push((attribute.key.local_name().as_ref().to_string(), value.into_owned()));
    }
    Ok(node)
}

/// Where in the file the reader is.
struct Walk<'a> {
    shape: &'a Shape<'a>,
    depth: usize,
    rooted: bool,
    closed: bool,
    /// The elements of the record that is being read, the outermost first.
    open: Vec<Node>,
    bytes: usize,
    nodes: usize,
}

impl Walk<'_> {
    /// Enters an element; returns the root's attributes where it is the root.
    fn open_element(&mut self, node: Node, at: u64) -> Result<Option<Node>, ScreeningError> {
        let list = self.shape.list;
        self.depth += 1;
        if self.depth > MOST_DEPTH {
            return Err(malformed(list, at, &format!("elements are nested more than {MOST_DEPTH} deep")));
        }
        if self.depth == 1 {
            if self.rooted || node.name != self.shape.root {
                let found = format!("the element <{}>", node.name);
                return Err(ScreeningError::NotTheList { list, found });
            }
            self.rooted = true;
            return Ok(Some(node));
        }
        if self.open.is_empty() {
            if self.shape.records.contains(&node.name.as_str()) {
                (self.bytes, self.nodes) = (0, 0);
                self.open.push(node);
            }
            return Ok(None);
        }
        self.nodes += 1;
        self.bytes += node.attributes.iter().map(|(n, v)| n.len() + v.len()).sum::<usize>();
        self.check_record(at)?;
        self.open.push(node);
        Ok(None)
    }

    /// Leaves an element; returns it where it is a record.
    fn close_element(&mut self) -> Option<Node> {
        self.depth = self.depth.saturating_sub(1);
        self.closed |= self.depth == 0;
        let node = self.open.pop()?;
        match self.open.last_mut() {
            Some(parent) => {
                parent.children.push(node);
                None
            }
            None => Some(node),
        }
    }

    fn push_text(&mut self, text: &str, at: u64) -> Result<(), ScreeningError> {
        if self.open.is_empty() {
            return Ok(());
        }
        self.bytes += text.len();
        self.check_record(at)?;
        if let Some(node) = self.open.last_mut() {
            node.text.push_str(text);
        }
        Ok(())
    }

    fn check_record(&self, at: u64) -> Result<(), ScreeningError> {
        if self.bytes > MOST_RECORD_BYTES || self.nodes > MOST_RECORD_NODES {
            let reason =
                format!("one record has more than {MOST_RECORD_BYTES} bytes or {MOST_RECORD_NODES} elements");
            return Err(malformed(self.shape.list, at, &reason));
        }
        Ok(())
    }
}
