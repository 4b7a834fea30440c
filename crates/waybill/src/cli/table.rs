//! Tables of text: columns as wide as their longest cell, cut to the terminal's width.

use anstyle::Style;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::terminal::DIM;
use super::{Failure, Terminal};

/// Spaces between columns.
const GAP: usize = 2;

/// Rows after which a long table is written, with columns as wide as those so far need.
const ROWS: usize = 500;

/// One cell.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cell {
    text: String,
    style: Style,
}

impl Cell {
    /// Plain words.
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Cell { text: plain(&text.into()), style: Style::new() }
    }

    /// Words in a style.
    pub(crate) fn styled(text: impl Into<String>, style: Style) -> Self {
        Cell { text: plain(&text.into()), style }
    }
}

/// Words on one line, without anything that a terminal would act on: texts come from anywhere.
pub(crate) fn plain(text: &str) -> String {
    let safe = |c: char| if c.is_whitespace() { ' ' } else { c };
    text.chars().map(safe).filter(|c| !c.is_control() && !is_bidi(*c)).collect()
}

/// Marks that turn the direction of what follows.
pub(crate) fn is_bidi(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A table that is being written.
pub(crate) struct Table {
    head: Vec<&'static str>,
    rows: Vec<Vec<Cell>>,
    written: bool,
    numeric: Vec<usize>,
}

impl Table {
    /// A table with these heads.
    pub(crate) fn new(head: &[&'static str]) -> Self {
        Table { head: head.to_vec(), rows: Vec::new(), written: false, numeric: Vec::new() }
    }

    /// The same with column `column` flush right.
    pub(crate) fn numeric(mut self, column: usize) -> Self {
        self.numeric.push(column);
        self
    }

    /// Adds a row.
    pub(crate) fn row(&mut self, cells: Vec<Cell>, terminal: &mut Terminal) -> Result<(), Failure> {
        self.rows.push(cells);
        if self.rows.len() >= ROWS { self.write(terminal) } else { Ok(()) }
    }

    /// Writes what is left.
    pub(crate) fn finish(mut self, terminal: &mut Terminal) -> Result<(), Failure> {
        self.write(terminal)
    }

    fn write(&mut self, terminal: &mut Terminal) -> Result<(), Failure> {
        let rows = std::mem::take(&mut self.rows);
        if rows.is_empty() {
            return Ok(());
        }
        let mut widths: Vec<usize> = self.head.iter().map(|h| h.width()).collect();
        for row in &rows {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = (*width).max(cell.text.width());
            }
        }
        if !self.written && self.head.iter().any(|h| !h.is_empty()) {
            let head: Vec<Cell> = self.head.iter().map(|h| Cell::styled(*h, DIM)).collect();
            self.line(&head, &widths, terminal)?;
        }
        self.written = true;
        for row in &rows {
            self.line(row, &widths, terminal)?;
        }
        Ok(())
    }

    fn line(&self, cells: &[Cell], widths: &[usize], terminal: &mut Terminal) -> Result<(), Failure> {
        let mut left = terminal.width().unwrap_or(usize::MAX);
        let mut pad = 0;
        for (n, (cell, width)) in cells.iter().zip(widths).enumerate() {
            let text = cut(&cell.text, left.saturating_sub(pad));
            let used = text.width();
            let before = if self.numeric.contains(&n) { width.saturating_sub(used) } else { 0 };
            if !text.is_empty() {
                let style = terminal.style(cell.style);
                write!(terminal.out(), "{:gap$}{style}{text}{style:#}", "", gap = pad + before)?;
                left = left.saturating_sub(pad + before + used);
                pad = 0;
            }
            pad += width.saturating_sub(used + if text.is_empty() { 0 } else { before }) + GAP;
        }
        writeln!(terminal.out())?;
        Ok(())
    }
}

/// The beginning of `text` that fits into `width` columns, with `…` where something is cut off.
pub(crate) fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = 1;
    for c in text.chars() {
        used += c.width().unwrap_or(0);
        if used > width {
            break;
        }
        out.push(c);
    }
    if width > 0 {
        out.push('…');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{cut, plain};

    #[test]
    fn what_is_too_wide_is_cut() {
        assert_eq!(cut("shells", 6), "shells");
        assert_eq!(cut("shells", 4), "she…");
        assert_eq!(cut("포탄 선적", 5), "포탄…");
        assert_eq!(cut("shells", 0), "");
    }

    #[test]
    fn nothing_reaches_the_terminal_that_it_would_act_on() {
        assert_eq!(plain("a\u{1b}[31mb\nc\u{202e}d"), "a[31mb cd");
    }
}
