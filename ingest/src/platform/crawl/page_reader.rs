//! Makes a page of its tokens: which element is open, which cell or block a text belongs to.

use html5gum::{DefaultEmitter, HtmlString, StartTag, Token, Tokenizer};

use super::element::{attribute, is_block, is_heading, is_unseen, is_void, number};
use super::page::{Block, Page, Piece};
use super::table::{OpenCell, OpenTable};
use super::text::{BREAK, tidy};

/// No page has elements deeper than this.
const MAX_DEPTH: usize = 256;
/// No page has tables deeper than this.
const MAX_TABLES: usize = 16;
/// Cells and blocks that are read of one page; the largest standards have some thousand indicators.
const MAX_PARTS: usize = 300_000;
/// Bytes of text that joined cells may repeat on one page.
pub const REPEATED_BYTES: usize = 8 << 20;

/// Reads a page; text of elements with one of the classes is kept apart as well.
pub fn read_page(html: &str, classes: &[String]) -> Page {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let mut reader = Reader {
        page: Page::default(),
        open: Vec::new(),
        tables: Vec::new(),
        text: String::new(),
        marked: None,
        classes,
        next_element: 1,
        budget: REPEATED_BYTES,
        parts: 0,
    };
    for Ok(token) in Tokenizer::new_with_emitter(html, emitter) {
        reader.page.overfull |= reader.parts > MAX_PARTS;
        if reader.page.overfull {
            break;
        }
        match token {
            Token::StartTag(tag) => reader.start(&tag),
            Token::EndTag(tag) => reader.end(&tag.name),
            Token::String(text) => reader.text(&text),
            _ => {}
        }
    }
    reader.finish()
}

struct Element {
    name: HtmlString,
    number: u64,
}

struct Reader<'c> {
    page: Page,
    open: Vec<Element>,
    /// The open tables, each with its place among the open elements.
    tables: Vec<(usize, OpenTable)>,
    text: String,
    marked: Option<(u64, String)>,
    classes: &'c [String],
    next_element: u64,
    budget: usize,
    parts: usize,
}

impl Reader<'_> {
    fn start(&mut self, tag: &StartTag<()>) {
        let name = tag.name.as_slice();
        match name {
            b"br" | b"hr" => return self.push_text(BREAK.encode_utf8(&mut [0; 4])),
            b"td" | b"th" => self.close_outermost(&[b"td", b"th"]),
            b"tr" => self.close_outermost(&[b"td", b"th", b"tr"]),
            b"thead" | b"tbody" | b"tfoot" => {
                self.close_outermost(&[b"td", b"th", b"tr", b"thead", b"tbody", b"tfoot"]);
            }
            b"li" => self.close_innermost(b"li"),
            _ if is_block(name) => self.close_innermost(b"p"),
            _ => {}
        }
        if is_block(name) {
            self.end_block();
        }
        if is_void(name) {
            return;
        }
        if self.open.len() >= MAX_DEPTH || name == b"table" && self.tables.len() >= MAX_TABLES {
            self.page.overfull = true;
            return;
        }
        self.open_in_table(name, tag);
        let number = self.next_element;
        self.next_element += 1;
        self.open.push(Element {
            name: tag.name.clone(),
            number,
        });
        if self.marked.is_none() && self.is_marked(tag) {
            self.marked = Some((number, String::new()));
        }
    }

    fn open_in_table(&mut self, name: &[u8], tag: &StartTag<()>) {
        if name == b"table" {
            self.tables.push((self.open.len(), OpenTable::default()));
        }
        let Some((_, table)) = self.tables.last_mut() else {
            return;
        };
        self.parts += usize::from(matches!(name, b"tr" | b"td" | b"th"));
        match name {
            b"tr" => table.open_row(&mut self.budget),
            b"td" | b"th" => table.open_cell(OpenCell {
                head: name == b"th",
                columns: number(tag, b"colspan"),
                rows: number(tag, b"rowspan"),
                ..OpenCell::default()
            }),
            b"a" => {
                if let Some(cell) = table.cell.as_mut().filter(|cell| cell.link.is_none()) {
                    cell.link = attribute(tag, b"href").map(str::to_owned);
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &HtmlString) {
        match name.as_slice() {
            b"html" => self.page.ended = true,
            b"p" | b"br" => self.push_text(BREAK.encode_utf8(&mut [0; 4])),
            _ => {}
        }
        match (name.as_slice(), self.innermost_table()) {
            (b"table", Some(at)) => self.close_from(at),
            (b"table", None) => {}
            (name, _) => self.close_innermost(name),
        }
    }

    fn innermost_table(&self) -> Option<usize> {
        self.tables.last().map(|(at, _)| *at)
    }

    /// Places of the open elements with one of the names, outermost first. What is open around a table is not closed
    /// from inside it.
    fn inside_table(&self, names: &[&[u8]]) -> impl DoubleEndedIterator<Item = usize> {
        let first = self.innermost_table().map_or(0, |table| table + 1);
        let open = self.open.iter().enumerate().skip(first);
        open.filter(|(_, open)| names.contains(&open.name.as_slice()))
            .map(|(at, _)| at)
    }

    fn close_outermost(&mut self, names: &[&[u8]]) {
        let at = self.inside_table(names).next();
        self.close_from(at.unwrap_or(usize::MAX));
    }

    fn close_innermost(&mut self, name: &[u8]) {
        let at = self.inside_table(&[name]).next_back();
        self.close_from(at.unwrap_or(usize::MAX));
    }

    fn close_from(&mut self, at: usize) {
        while self.open.len() > at {
            self.close_last();
        }
    }

    fn close_last(&mut self) {
        let Some(name) = self.open.last().map(|open| open.name.clone()) else {
            return;
        };
        if is_block(&name) {
            self.end_block();
        }
        let closed = self.open.pop();
        match (name.as_slice(), self.tables.last_mut()) {
            (b"td" | b"th", Some((_, table))) => table.close_cell(),
            (b"tr", Some((_, table))) => table.close_row(&mut self.budget),
            (b"table", Some(_)) => {
                if let Some((_, table)) = self.tables.pop() {
                    let table = table.close(&mut self.budget);
                    self.page.pieces.push(Piece::Table(table));
                }
            }
            _ => {}
        }
        if let Some(closed) = closed
            && let Some((_, text)) = self.marked.take_if(|(number, _)| *number == closed.number)
        {
            self.page.marked.push(tidy(&text));
        }
    }

    fn text(&mut self, text: &[u8]) {
        let unseen = self.open.last().is_some_and(|open| is_unseen(&open.name));
        if !unseen && let Ok(text) = std::str::from_utf8(text) {
            self.push_text(text);
        }
    }

    fn push_text(&mut self, text: &str) {
        if let Some((_, marked)) = &mut self.marked {
            marked.push_str(text);
        }
        match self.tables.last_mut().and_then(|(_, table)| table.cell.as_mut()) {
            Some(cell) => cell.text.push_str(text),
            None => self.text.push_str(text),
        }
    }

    /// Ends a block of text: a line break inside a cell, a block of its own outside of tables.
    fn end_block(&mut self) {
        let edge = BREAK.encode_utf8(&mut [0; 4]).to_owned();
        if let Some((_, marked)) = &mut self.marked {
            marked.push_str(&edge);
        }
        if let Some(cell) = self.tables.last_mut().and_then(|(_, table)| table.cell.as_mut()) {
            cell.text.push_str(&edge);
            return;
        }
        let text = tidy(&std::mem::take(&mut self.text));
        if text.is_empty() || !self.tables.is_empty() {
            return;
        }
        self.parts += 1;
        let mut around = self.open.iter().rev();
        let (element, outer) = (around.find(|open| is_block(&open.name)), around.next());
        let name = element.map_or(&b""[..], |element| element.name.as_slice());
        self.page.pieces.push(Piece::Block(Block {
            text,
            heading: is_heading(name),
            element: element.map_or(0, |element| element.number),
            paragraph: name == b"p",
            outer: outer.map_or(0, |outer| outer.number),
        }));
    }

    fn is_marked(&self, tag: &StartTag<()>) -> bool {
        let mut classes = attribute(tag, b"class").unwrap_or_default().split_whitespace();
        classes.any(|class| self.classes.iter().any(|asked| asked == class))
    }

    fn finish(mut self) -> Page {
        self.close_from(0);
        self.end_block();
        self.page
    }
}
