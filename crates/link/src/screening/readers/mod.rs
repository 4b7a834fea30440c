//! Readers of sanctions lists: bytes in, entries out; a wrong or cut-off file is refused whole.

mod eu;
mod ftm;
mod ofac_csv;
mod ofac_xml;
mod table;
mod uk;
mod un;
mod xml;

use super::ScreeningError;
use super::entry::List;

pub use eu::{read_eu_csv, read_eu_xml};
pub use ftm::read_ftm;
pub use ofac_csv::{OfacFiles, read_ofac_csv};
pub use ofac_xml::read_ofac_xml;
pub use uk::read_uk_csv;
pub use un::read_un_xml;

/// Refuses a list without entries, or with one that has no name at all.
fn checked(list: List, name: &'static str) -> Result<List, ScreeningError> {
    if list.entries.is_empty() {
        return Err(ScreeningError::Empty { list: name });
    }
    if let Some(at) = list.entries.iter().position(|e| e.names.is_empty()) {
        let place = format!("entry {} of {}", at + 1, list.entries.len());
        return Err(ScreeningError::Malformed { list: name, place, reason: "it has no name".to_owned() });
    }
    Ok(list)
}
