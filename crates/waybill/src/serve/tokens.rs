//! Tokens that let programs and people in: kept beside the ledger, hashed, shown once.

use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::access::Role;

/// Bytes of chance in a token.
const SECRET_BYTES: usize = 32;

/// What every token begins with, so that one found in a log can be told for what it is.
const PREFIX: &str = "wb_";

/// Why tokens could not be read or kept.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// The file could not be read or written.
    #[error(
        "the tokens in {path} cannot be read or written: {source}: check that its folder exists and may be written"
    )]
    File {
        /// Which.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file is not what this program writes.
    #[error("{path} holds no tokens that this program can read ({source}): move it away and make new ones")]
    Damaged {
        /// Which.
        path: PathBuf,
        /// What was wrong.
        source: serde_json::Error,
    },
    /// There is no token with that identifier.
    #[error("there is no token {id}: `waybill token list` lists them")]
    Unknown {
        /// What was asked for.
        id: String,
    },
    /// The system gave no chance numbers.
    #[error("the system gives no random numbers: {0}")]
    Random(String),
}

/// A token as it is kept: everything but the token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Token {
    /// Short and public, to revoke it by.
    pub id: String,
    /// What it is for, in the words of whoever made it.
    pub name: String,
    /// What it allows.
    pub role: Role,
    /// BLAKE3 of the token. It is 256 bits of chance: no slow hash is needed.
    hash: String,
    /// When it was made (RFC 3339).
    pub created_at: String,
}

/// The tokens of one ledger.
#[derive(Debug, Clone, Default)]
pub struct Tokens {
    path: PathBuf,
    all: Vec<Token>,
}

/// Where the tokens of the ledger at `ledger` are kept: beside it.
pub fn token_file(ledger: &Path) -> PathBuf {
    let mut name: OsString = ledger.as_os_str().to_owned();
    name.push(".tokens.json");
    name.into()
}

impl Tokens {
    /// The tokens in `path`; none where there is no such file.
    ///
    /// # Errors
    /// Where the file cannot be read, or is no list of tokens.
    pub fn open(path: &Path) -> Result<Self, TokenError> {
        let file_error = |source| TokenError::File { path: path.to_owned(), source };
        let all = match std::fs::read(path) {
            Ok(bytes) => serde_json::from_slice(&bytes)
                .map_err(|source| TokenError::Damaged { path: path.to_owned(), source })?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(file_error(error)),
        };
        Ok(Tokens { path: path.to_owned(), all })
    }

    /// All that are in force.
    pub fn all(&self) -> &[Token] {
        &self.all
    }

    /// Makes a token and keeps its hash; what comes back is shown once and kept nowhere.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn create(&mut self, name: &str, role: Role, at: &str) -> Result<(Token, String), TokenError> {
        let secret = format!("{PREFIX}{}", random_hex::<SECRET_BYTES>()?);
        let token = Token {
            id: random_hex::<4>()?,
            name: name.to_owned(),
            role,
            hash: blake3::hash(secret.as_bytes()).to_hex().to_string(),
            created_at: at.to_owned(),
        };
        self.all.push(token.clone());
        self.save()?;
        Ok((token, secret))
    }

    /// Has a token count no longer.
    ///
    /// # Errors
    /// Where there is no such token, or the file cannot be written.
    pub fn revoke(&mut self, id: &str) -> Result<Token, TokenError> {
        let at = self.all.iter().position(|token| token.id == id);
        let at = at.ok_or_else(|| TokenError::Unknown { id: id.to_owned() })?;
        let token = self.all.remove(at);
        self.save()?;
        Ok(token)
    }

    /// The token that `secret` is, compared in the same time whatever is wrong with it.
    pub fn check(&self, secret: &str) -> Option<&Token> {
        let hash = blake3::hash(secret.as_bytes());
        let mut found = None;
        for token in &self.all {
            // `blake3::Hash` compares in constant time; no early end, so that the place in the list does not tell.
            if blake3::Hash::from_hex(&token.hash).is_ok_and(|kept| kept == hash) {
                found = Some(token);
            }
        }
        found
    }

    /// The token with this identifier.
    pub fn get(&self, id: &str) -> Option<&Token> {
        self.all.iter().find(|token| token.id == id)
    }

    /// Writes a new file beside the old one and puts it in its place: readers see the one or the other.
    fn save(&self) -> Result<(), TokenError> {
        let file_error = |source| TokenError::File { path: self.path.clone(), source };
        let folder = self.path.parent().filter(|folder| !folder.as_os_str().is_empty());
        // A temporary file is the owner's alone to read, and so is what it becomes.
        let mut file =
            tempfile::NamedTempFile::new_in(folder.unwrap_or(Path::new("."))).map_err(file_error)?;
        let bytes = serde_json::to_vec_pretty(&self.all)
            .map_err(|source| TokenError::Damaged { path: self.path.clone(), source })?;
        file.write_all(&bytes).map_err(file_error)?;
        file.persist(&self.path).map_err(|error| file_error(error.error))?;
        Ok(())
    }
}

/// A word that nobody guesses: 128 bits of chance.
///
/// # Errors
/// Where the system gives no chance numbers.
pub fn random_word() -> Result<String, super::Problem> {
    random_hex::<16>().map_err(|_| super::Problem::internal("the system gives no random numbers"))
}

/// So many bytes of chance in hexadecimal.
pub(super) fn random_hex<const N: usize>() -> Result<String, TokenError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| TokenError::Random(error.to_string()))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_shown_once_and_can_be_taken_back() {
        let folder = tempfile::tempdir().unwrap();
        let path = token_file(&folder.path().join("a.db"));
        let mut tokens = Tokens::open(&path).unwrap();
        let (token, secret) = tokens.create("desk", Role::Analyst, "2031-01-01T00:00:00Z").unwrap();
        let kept = std::fs::read_to_string(&path).unwrap();
        assert!(!kept.contains(&secret) && !kept.contains(&secret[3..]), "only its hash is kept");
        let again = Tokens::open(&path).unwrap();
        assert_eq!(again.check(&secret), Some(&token));
        assert_eq!(again.check(&secret[..secret.len() - 1]), None);
        assert_eq!(again.check(""), None);
        tokens.revoke(&token.id).unwrap();
        assert_eq!(Tokens::open(&path).unwrap().check(&secret), None);
        assert!(matches!(tokens.revoke(&token.id), Err(TokenError::Unknown { .. })));
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_reads_the_file() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db.tokens.json");
        Tokens::open(&path).unwrap().create("x", Role::Reader, "2031-01-01T00:00:00Z").unwrap();
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o077, 0);
    }
}
