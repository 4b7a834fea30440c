//! Any bytes through every reader of lists: `cd fuzz/link && cargo +nightly fuzz run lists`.
#![no_main]

use libfuzzer_sys::fuzz_target;
use link::screening::readers::{
    OfacFiles, read_eu_csv, read_eu_xml, read_ftm, read_ofac_csv, read_ofac_xml, read_uk_csv, read_un_xml,
};

fuzz_target!(|bytes: &[u8]| {
    let _ = read_un_xml(bytes);
    let _ = read_eu_xml(bytes);
    let _ = read_ofac_xml("ofac", bytes);
    let _ = read_eu_csv(bytes);
    let _ = read_uk_csv(bytes);
    let _ = read_ftm("ftm", bytes);
    let _ = read_ofac_csv("ofac", OfacFiles { primary: bytes, alternate: Some(bytes), addresses: Some(bytes) });
});
