//! Identifiers that follow from content.

/// `prefix` and twelve hexadecimal digits of the BLAKE3 hash of `parts`.
pub(crate) fn id(prefix: &str, parts: &[&str]) -> String {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(part.as_bytes());
        hasher.update(&[0]);
    }
    format!("{prefix}{}", &hasher.finalize().to_hex()[..12])
}
