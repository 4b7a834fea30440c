//! Opens a model of which the input has changed a file, or a wheel that is the input itself.
#![no_main]

#[path = "../../crates/lang/tests/tiny/mod.rs"]
#[allow(dead_code, reason = "the tests use more of it")]
mod tiny;

use lang::Model;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let [file, how, rest @ ..] = data else { return };
    let bytes = if *file == 255 { rest.to_vec() } else { changed(*file, *how, rest) };
    if let Ok(model) = Model::from_wheel(bytes) {
        let parse = model.parse("Don't (ab) a.m. 10km-a l'eau...\n\n :-)");
        assert_eq!(parse.sentences().map(|s| s.range().len()).sum::<usize>(), parse.len());
    }
});

/// A wheel with one file replaced by the input, or with some of its bytes changed or cut off.
fn changed(file: u8, how: u8, rest: &[u8]) -> Vec<u8> {
    let mut files = tiny::files();
    let count = files.len();
    if let Some(bytes) = files.values_mut().nth(usize::from(file) % count) {
        match how % 4 {
            0 => *bytes = rest.to_vec(),
            1 => {
                for change in rest.chunks_exact(3) {
                    let at = usize::from(u16::from_le_bytes([change[0], change[1]])) % bytes.len();
                    bytes[at] = change[2];
                }
            }
            2 => {
                let at = rest.len() * 31 % (bytes.len() + 1);
                bytes.splice(at..at, rest.iter().copied());
            }
            _ => bytes.truncate(rest.len()),
        }
    }
    tiny::wheel(&files, zip::CompressionMethod::Stored)
}
