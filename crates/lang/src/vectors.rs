//! The table of word vectors that comes with some models.

use rustc_hash::FxHashMap;

use crate::error::LangError;
use crate::msgpack::Reader;

/// Word vectors and which word has which.
#[derive(Debug, Default)]
pub(crate) struct Vectors {
    /// All vectors, one after the other.
    pub(crate) data: Vec<f32>,
    /// How many numbers a vector has; 0 where there are none.
    pub(crate) width: usize,
    rows: FxHashMap<u64, u32>,
}

impl Vectors {
    /// Reads `vocab/vectors` (NumPy's format), `vocab/key2row` and `vocab/vectors.cfg`.
    pub(crate) fn read(vectors: &[u8], key2row: &[u8], config: &[u8]) -> Result<Self, LangError> {
        let config: serde_json::Value = serde_json::from_slice(config).unwrap_or_default();
        let mode = config.get("mode").and_then(|m| m.as_str()).unwrap_or("default");
        if mode != "default" {
            return Err(LangError::unsupported("the vectors", format!("the mode {mode}")));
        }
        let (count, width, data) = read_npy(vectors)?;
        if count == 0 || width == 0 {
            return Ok(Vectors::default());
        }
        let mut reader = Reader::new(key2row, "vocab/key2row");
        let len = reader.map_len()?;
        let mut rows = FxHashMap::with_capacity_and_hasher(len, Default::default());
        for _ in 0..len {
            let (key, row) = (reader.value()?.int(), reader.value()?.int());
            let (Some(key), Some(row)) = (key, row) else {
                return Err(LangError::damaged("vocab/key2row", "a key or a row is not a number"));
            };
            match u32::try_from(row) {
                Ok(row) if (row as usize) < count => rows.insert(key as u64, row),
                _ => {
                    return Err(LangError::damaged("vocab/key2row", format!("there is no row {row}")));
                }
            };
        }
        reader.end()?;
        let data = data.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect();
        Ok(Vectors { data, width, rows })
    }

    /// The row of the word with the number `orth`.
    pub(crate) fn row(&self, orth: u64) -> Option<u32> {
        self.rows.get(&orth).copied()
    }

    /// How many vectors there are.
    pub(crate) fn len(&self) -> usize {
        self.data.len().checked_div(self.width).unwrap_or(0)
    }
}

/// The two dimensions and the bytes of an array of little-endian 32-bit numbers in NumPy's format.
fn read_npy(bytes: &[u8]) -> Result<(usize, usize, &[u8]), LangError> {
    let damaged = |why: &str| LangError::damaged("vocab/vectors", why);
    let rest = bytes.strip_prefix(b"\x93NUMPY").ok_or_else(|| damaged("it is not NumPy's format"))?;
    let (head, data) = match rest {
        [1, _, a, b, rest @ ..] => rest
            .split_at_checked(usize::from(u16::from_le_bytes([*a, *b])))
            .ok_or_else(|| damaged("it ends early"))?,
        [2 | 3, _, a, b, c, d, rest @ ..] => rest
            .split_at_checked(u32::from_le_bytes([*a, *b, *c, *d]) as usize)
            .ok_or_else(|| damaged("it ends early"))?,
        _ => return Err(damaged("its version is not known")),
    };
    let head = std::str::from_utf8(head).map_err(|_| damaged("its head is not text"))?;
    if !head.contains("'descr': '<f4'") || !head.contains("'fortran_order': False") {
        return Err(damaged("it does not hold rows of 32-bit numbers"));
    }
    let shape = head.split_once("'shape': (").and_then(|(_, r)| r.split_once(')')).map(|(shape, _)| shape);
    let shape: Option<Vec<usize>> =
        shape.map(|s| s.split(',').filter_map(|n| n.trim().parse().ok()).collect());
    let Some(&[count, width]) = shape.as_deref() else {
        return Err(damaged("it has not two dimensions"));
    };
    if count.checked_mul(width).and_then(|n| n.checked_mul(4)) != Some(data.len()) {
        return Err(damaged("its size does not fit its shape"));
    }
    Ok((count, width, data))
}
