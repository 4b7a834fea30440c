//! Readers of sanctions lists: bytes in, entries out; a wrong or cut-off file is refused whole.

mod ofac_csv;
mod un;
mod xml;

use super::ScreeningError;
use super::entry::List;

pub use ofac_csv::{OfacFiles, read_ofac_csv};
pub use un::read_un_xml;

/// Refuses a list without entries, or with one that has no name at all.
fn checked(list: List, name: &'static str) -> Result<List, ScreeningError> {
    if list.entries.is_empty() {
        return Err(ScreeningError::Empty { list: name });
    }
    if let Some(at) = list.entries.iter().position(|e| e.names.is_empty()) {
        let place = format!("entry {} of {}", at + 1, list.entries.len());
        return Err(ScreeningError::Malformed {
            list: name,
            place,
            reason: "it has no name".to_owned(),
        });
    }
    Ok(list)
}
