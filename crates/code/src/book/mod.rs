//! The codebook: the vocabulary that an analyst edits, as tables.

/// An error in a codebook file: which file, which line, what, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum BookError {
    /// The file is not valid TOML, or has a key or value that is not known.
    #[error("{file}:{line}: {message}")]
    Invalid {
        /// The file's name.
        file: String,
        /// The line, from 1.
        line: usize,
        /// What is wrong and what to write instead.
        message: String,
    },
    /// A file could not be read.
    #[error("cannot read codebook file {file}: {cause}: check the folder given with --codebook")]
    Unreadable {
        /// The file's path.
        file: String,
        /// The system's reason.
        cause: String,
    },
}

/// The tables of the codebook.
#[derive(Debug)]
pub struct Codebook {
    /// BLAKE3 of all files, in hexadecimal: claims are cached by it.
    pub version: String,
}
