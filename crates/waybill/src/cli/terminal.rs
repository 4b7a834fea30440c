//! Where output goes: standard output and error, with colours and width where they are a terminal.

use std::io::{BufWriter, IsTerminal, Write};

use anstyle::{AnsiColor, Style};
use model::Kind;

use super::Failure;

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Colours {
    /// On a terminal, unless NO_COLOR is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The output streams of the program.
pub(crate) struct Terminal {
    out: BufWriter<std::io::Stdout>,
    colours: bool,
    width: Option<usize>,
    err_is_terminal: bool,
}

impl Terminal {
    /// Looks at the process's streams and environment.
    pub(crate) fn new(colours: Colours) -> Self {
        let out = std::io::stdout();
        let choice = match colours {
            Colours::Auto => anstream::AutoStream::choice(&out),
            Colours::Always => anstream::ColorChoice::Always,
            Colours::Never => anstream::ColorChoice::Never,
        };
        let width = out.is_terminal().then(columns).flatten();
        Terminal {
            out: BufWriter::new(out),
            colours: choice != anstream::ColorChoice::Never,
            width,
            err_is_terminal: std::io::stderr().is_terminal(),
        }
    }

    /// Standard output.
    pub(crate) fn out(&mut self) -> &mut dyn Write {
        &mut self.out
    }

    /// Whether standard error is a terminal: progress is drawn only there.
    pub(crate) fn draws_progress(&self) -> bool {
        self.err_is_terminal
    }

    /// How many columns standard output has, if it is a terminal.
    pub(crate) fn width(&self) -> Option<usize> {
        self.width
    }

    /// `style` where colours are used, else none.
    pub(crate) fn style(&self, style: Style) -> Style {
        if self.colours { style } else { Style::new() }
    }

    /// Whether colours are used.
    pub(crate) fn has_colours(&self) -> bool {
        self.colours
    }

    /// One JSON object and the end of the line.
    pub(crate) fn json(&mut self, value: &impl serde::Serialize) -> Result<(), Failure> {
        serde_json::to_writer(&mut self.out, value)?;
        self.out.write_all(b"\n")?;
        Ok(())
    }

    /// A line to standard error that is no error.
    pub(crate) fn note(&mut self, line: &str) {
        // Where even standard error is closed there is nobody to tell.
        let _ = writeln!(std::io::stderr(), "{line}");
    }

    /// Tells why the command failed.
    pub(crate) fn error(&mut self, failure: &Failure) {
        self.note(&format!("waybill: {failure}"));
    }

    /// Writes out what is buffered.
    pub(crate) fn flush(&mut self) -> std::io::Result<()> {
        self.out.flush()
    }
}

/// `COLUMNS`, or what the terminal tells.
fn columns() -> Option<usize> {
    let told = std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok());
    told.or_else(|| terminal_size::terminal_size().map(|(width, _)| usize::from(width.0)))
}

/// The colour of a kind of claim.
pub(crate) fn kind_style(kind: Kind) -> Style {
    let colour = match kind {
        Kind::Transfer => AnsiColor::Green,
        Kind::Measure => AnsiColor::Yellow,
        Kind::Violation => AnsiColor::Red,
        Kind::Contact => AnsiColor::Cyan,
        Kind::Shortage => AnsiColor::Magenta,
    };
    colour.on_default()
}

/// Bold.
pub(crate) const BOLD: Style = Style::new().bold();

/// Dimmed.
pub(crate) const DIM: Style = Style::new().dimmed();
