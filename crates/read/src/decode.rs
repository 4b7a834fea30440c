//! Bytes → text, as a browser does it: byte order mark, the server's charset, the page's own, and at last a guess.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};

/// How far into a page its charset may be declared, in bytes (the HTML standard's prescan).
const PRESCAN: usize = 1024;

/// Decodes text of any encoding that a browser reads. `charset` is what a server or record said of it.
///
/// Bytes that are whole UTF-8 with characters beyond ASCII are UTF-8 whatever is declared: pages are stored again by
/// tools that leave the declaration alone. Bytes that fit no encoding become U+FFFD, never an error.
pub(crate) fn text(bytes: &[u8], charset: Option<&str>) -> String {
    if let Some((encoding, skip)) = Encoding::for_bom(bytes) {
        return decode(encoding, &bytes[skip..]);
    }
    if let Some(encoding) = without_mark(bytes) {
        return decode(encoding, bytes);
    }
    let declared = charset.and_then(|c| Encoding::for_label(c.trim().as_bytes())).or_else(|| prescan(bytes));
    let is_utf8 = std::str::from_utf8(bytes).is_ok();
    match declared {
        Some(encoding) if !is_utf8 || encoding == ISO_2022_JP => decode(encoding, bytes),
        _ if is_utf8 => decode(UTF_8, bytes),
        _ => {
            let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
            detector.feed(bytes, true);
            decode(detector.guess(None, Utf8Detection::Allow), bytes)
        }
    }
}

fn decode(encoding: &'static Encoding, bytes: &[u8]) -> String {
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

/// UTF-16 without a mark: every other byte of the beginning is zero.
pub(crate) fn without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(64)];
    if head.len() < 8 {
        return None;
    }
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|b| **b == 0).count();
    let half = head.len() / 2;
    match (zeros(0), zeros(1)) {
        (0, odd) if odd * 10 >= half * 9 => Some(UTF_16LE),
        (even, 0) if even * 10 >= half * 9 => Some(UTF_16BE),
        _ => None,
    }
}

/// The charset that a page declares in its first kilobyte: `<meta charset=…>`, `http-equiv`, `<?xml encoding=…`.
fn prescan(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(PRESCAN)]).to_ascii_lowercase();
    if !head.contains('<') {
        return None;
    }
    for key in ["charset", "encoding"] {
        for (at, _) in head.match_indices(key) {
            let value = head[at + key.len()..].trim_start().strip_prefix('=').map(str::trim_start);
            let Some(value) = value else { continue };
            let label: String = value
                .trim_start_matches(['"', '\''])
                .chars()
                .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.'))
                .collect();
            if let Some(encoding) = Encoding::for_label(label.as_bytes()) {
                // The standard: a page that can be scanned as bytes is not UTF-16, whatever it says.
                return Some(if encoding == UTF_16LE || encoding == UTF_16BE { UTF_8 } else { encoding });
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], charset: Option<&str>, want: &str) {
        assert_eq!(text(bytes, charset), want);
    }

    #[test]
    fn marks_and_declarations() {
        check(b"\xEF\xBB\xBFcaf\xC3\xA9", None, "café");
        check(b"\xFF\xFEc\0a\0f\0\xE9\0", None, "café");
        check(b"S\0h\0i\0p\0s\0 \0g\0o\0", None, "Ships go");
        check(b"caf\xE9", Some("iso-8859-1"), "café");
        check(
            b"<meta charset=\"windows-1251\">\xCC\xEE\xF1\xEA\xE2\xE0",
            None,
            "<meta charset=\"windows-1251\">Москва",
        );
        check(
            b"<meta http-equiv=c content=\"text/html; charset=shift_jis\">\x93\x8C\x8B\x9E",
            None,
            "<meta http-equiv=c content=\"text/html; charset=shift_jis\">東京",
        );
        check("<meta charset=latin1>café".as_bytes(), None, "<meta charset=latin1>café");
    }

    #[test]
    fn guesses() {
        check("The café in Tromsø has closed.".as_bytes(), None, "The café in Tromsø has closed.");
        check(
            b"The minister said \x93no\x94 to the caf\xE9 owners.",
            None,
            "The minister said “no” to the café owners.",
        );
    }

    #[test]
    fn broken_bytes_are_replaced() {
        check(b"<meta charset=utf-8>a\xFFb", None, "<meta charset=utf-8>a\u{FFFD}b");
    }
}
