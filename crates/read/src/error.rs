//! What can go wrong between bytes and a document.

use std::path::PathBuf;

/// Why an input was set aside. One bad input never stops the others.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The file or folder could not be opened or read.
    #[error("{path}: {source}", path = path.display())]
    Io {
        /// What was asked for.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The input holds more bytes than the cap allows, before or after decompression.
    #[error("{origin} is larger than {cap_bytes} bytes: split it, or raise the cap")]
    TooLarge {
        /// Which input.
        origin: String,
        /// The cap, in bytes.
        cap_bytes: u64,
    },
    /// The main text is longer than the cap allows.
    #[error(
        "{origin}: the text is {text_bytes} bytes long and the cap is {cap_bytes}: cut it into its articles"
    )]
    TextTooLong {
        /// Which input.
        origin: String,
        /// How long the text is, in bytes.
        text_bytes: usize,
        /// The cap, in bytes.
        cap_bytes: usize,
    },
    /// The input looked like JSON and is not.
    #[error("{origin}, line {line}: not JSON ({reason}): one object with `text`, or one a line, is expected")]
    Json {
        /// Which input.
        origin: String,
        /// Line of the error, from 1.
        line: usize,
        /// What the parser said.
        reason: String,
    },
    /// A JSON object without a text.
    #[error("{origin}: the object has no `text` (nor `body`, `content`, `html`) and no `title`")]
    NoText {
        /// Which input.
        origin: String,
    },
    /// There is nothing to read: no letter in the whole input.
    #[error("{origin}: no words were found in it")]
    Empty {
        /// Which input.
        origin: String,
    },
    /// Pictures, archives, office files: no text that can be read.
    #[error("{origin}: not a text ({what}): export it as text or HTML first")]
    NotText {
        /// Which input.
        origin: String,
        /// What it seems to be.
        what: &'static str,
    },
    /// Compressed data that is cut off or damaged.
    #[error("{origin}: the compressed data is damaged ({source}): fetch the file again")]
    Compression {
        /// Which input.
        origin: String,
        /// What the decompressor said.
        source: std::io::Error,
    },
}

impl ReadError {
    /// The input that this error is about, for a list of what was set aside.
    pub fn origin(&self) -> String {
        match self {
            ReadError::Io { path, .. } => path.display().to_string(),
            ReadError::TooLarge { origin, .. }
            | ReadError::TextTooLong { origin, .. }
            | ReadError::Json { origin, .. }
            | ReadError::NoText { origin }
            | ReadError::Empty { origin }
            | ReadError::NotText { origin, .. }
            | ReadError::Compression { origin, .. } => origin.clone(),
        }
    }
}
