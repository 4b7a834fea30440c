//! What can go wrong when a model is opened.

use std::path::PathBuf;

/// Why a model could not be opened. Parsing itself cannot fail.
#[derive(Debug, thiserror::Error)]
pub enum LangError {
    /// The wheel or folder could not be read.
    #[error("cannot read {path}: {source}")]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file is no zip archive that we can read.
    #[error("cannot read {path} as a wheel: {why}; fetch it again, or name an unpacked folder")]
    Wheel {
        /// The wheel.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// There is no spaCy pipeline in the wheel or folder.
    #[error("no spaCy pipeline in {path}: {why}; name a wheel (.whl) or a folder with config.cfg in it")]
    NotAModel {
        /// The wheel or folder.
        path: PathBuf,
        /// What is missing.
        why: String,
    },
    /// The pipeline has a component that we cannot run.
    #[error("component `{name}` of this model is not supported")]
    UnsupportedComponent {
        /// The component's factory, as the model's configuration names it.
        name: String,
    },
    /// A component or setting is known, but this variant of it is not.
    #[error("{part} of this model is not supported: {what}")]
    Unsupported {
        /// The component, layer or file.
        part: String,
        /// What about it we cannot run.
        what: String,
    },
    /// A file of the model is not what it should be.
    #[error("{file} of this model is damaged: {why}")]
    Damaged {
        /// The file's path inside the model.
        file: String,
        /// What is wrong, and where.
        why: String,
    },
    /// A file of the model is larger than we are willing to read.
    #[error("{file} of this model is larger than {limit_bytes} bytes")]
    TooLarge {
        /// The file's path inside the model.
        file: String,
        /// The limit.
        limit_bytes: u64,
    },
}

impl LangError {
    /// A damaged file: `file` with the reason `why`.
    pub(crate) fn damaged(file: &str, why: impl Into<String>) -> Self {
        LangError::Damaged { file: file.to_owned(), why: why.into() }
    }

    /// An unsupported variant: `part` with the reason `what`.
    pub(crate) fn unsupported(part: &str, what: impl Into<String>) -> Self {
        LangError::Unsupported { part: part.to_owned(), what: what.into() }
    }
}
