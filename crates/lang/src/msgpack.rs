//! A reader of MessagePack that trusts nothing: lengths are checked against what is left, depth is bounded.

use crate::error::LangError;

/// How deep arrays and maps may be nested.
const MAX_DEPTH: u32 = 32;

/// A MessagePack value that borrows from the file.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value<'a> {
    /// Nothing.
    Nil,
    /// True or false.
    Bool(bool),
    /// A whole number; numbers above `i64::MAX` are kept by their bits.
    Int(i64),
    /// A floating-point number.
    Float(f64),
    /// A string.
    Str(&'a str),
    /// Bytes, also an extension's content, also a string that is not UTF-8.
    Bytes(&'a [u8]),
    /// A list.
    Array(Vec<Value<'a>>),
    /// Pairs in the file's order.
    Map(Vec<(Value<'a>, Value<'a>)>),
}

impl<'a> Value<'a> {
    /// Reads the one value that fills `bytes`; `file` is for messages.
    pub(crate) fn read(bytes: &'a [u8], file: &'a str) -> Result<Self, LangError> {
        let mut reader = Reader::new(bytes, file);
        let value = reader.value()?;
        reader.end()?;
        Ok(value)
    }

    /// The value under the string or byte key `key` of a map.
    pub(crate) fn get(&self, key: &str) -> Option<&Value<'a>> {
        self.map()?.iter().find(|(k, _)| k.bytes() == Some(key.as_bytes())).map(|(_, v)| v)
    }

    /// The pairs of a map.
    pub(crate) fn map(&self) -> Option<&[(Value<'a>, Value<'a>)]> {
        match self {
            Value::Map(pairs) => Some(pairs),
            _ => None,
        }
    }

    /// The items of a list.
    pub(crate) fn array(&self) -> Option<&[Value<'a>]> {
        match self {
            Value::Array(items) => Some(items),
            _ => None,
        }
    }

    /// A string.
    pub(crate) fn str(&self) -> Option<&'a str> {
        match *self {
            Value::Str(s) => Some(s),
            Value::Bytes(b) => std::str::from_utf8(b).ok(),
            _ => None,
        }
    }

    /// The bytes of a string or of bytes.
    pub(crate) fn bytes(&self) -> Option<&'a [u8]> {
        match *self {
            Value::Str(s) => Some(s.as_bytes()),
            Value::Bytes(b) => Some(b),
            _ => None,
        }
    }

    /// A whole number.
    pub(crate) fn int(&self) -> Option<i64> {
        match *self {
            Value::Int(i) => Some(i),
            _ => None,
        }
    }

    /// A whole number that is not negative and fits.
    pub(crate) fn size(&self) -> Option<usize> {
        usize::try_from(self.int()?).ok()
    }
}

/// Reads values one after the other.
pub(crate) struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    file: &'a str,
}

impl<'a> Reader<'a> {
    /// A reader at the start of `bytes`; `file` is for messages.
    pub(crate) fn new(bytes: &'a [u8], file: &'a str) -> Self {
        Reader { bytes, at: 0, file }
    }

    /// Checks that nothing is left.
    pub(crate) fn end(&self) -> Result<(), LangError> {
        if self.at == self.bytes.len() {
            Ok(())
        } else {
            Err(self.error("there is more after the end of the data"))
        }
    }

    /// Reads the head of a map and returns how many pairs follow.
    pub(crate) fn map_len(&mut self) -> Result<usize, LangError> {
        let len = match self.byte()? {
            b @ 0x80..=0x8f => usize::from(b & 0x0f),
            0xde => self.number(2)? as usize,
            0xdf => self.number(4)? as usize,
            _ => return Err(self.error("expected a map")),
        };
        self.check_len(len.saturating_mul(2))?;
        Ok(len)
    }

    /// Reads one value with all that it holds.
    pub(crate) fn value(&mut self) -> Result<Value<'a>, LangError> {
        self.nested(0)
    }

    fn error(&self, why: &str) -> LangError {
        LangError::damaged(self.file, format!("{why} at byte {}", self.at))
    }

    fn byte(&mut self) -> Result<u8, LangError> {
        let byte = *self.bytes.get(self.at).ok_or_else(|| self.error("it ends early"))?;
        self.at += 1;
        Ok(byte)
    }

    fn take(&mut self, len: usize) -> Result<&'a [u8], LangError> {
        let rest = &self.bytes[self.at..];
        let taken = rest.get(..len).ok_or_else(|| self.error("it ends early"))?;
        self.at += len;
        Ok(taken)
    }

    fn number(&mut self, len: usize) -> Result<u64, LangError> {
        Ok(self.take(len)?.iter().fold(0, |n, &b| n << 8 | u64::from(b)))
    }

    fn check_len(&self, items: usize) -> Result<(), LangError> {
        if items > self.bytes.len() - self.at {
            return Err(self.error("a length is larger than what is left"));
        }
        Ok(())
    }

    fn nested(&mut self, depth: u32) -> Result<Value<'a>, LangError> {
        if depth > MAX_DEPTH {
            return Err(self.error("it is nested too deep"));
        }
        let value = match self.byte()? {
            b @ 0x00..=0x7f => Value::Int(i64::from(b)),
            b @ 0x80..=0x8f => self.map(usize::from(b & 0x0f), depth)?,
            b @ 0x90..=0x9f => self.array(usize::from(b & 0x0f), depth)?,
            b @ 0xa0..=0xbf => self.string(usize::from(b & 0x1f))?,
            0xc0 => Value::Nil,
            0xc2 => Value::Bool(false),
            0xc3 => Value::Bool(true),
            b @ 0xc4..=0xc6 => {
                let len = self.number(1 << (b - 0xc4))? as usize;
                Value::Bytes(self.take(len)?)
            }
            b @ 0xc7..=0xc9 => {
                let len = self.number(1 << (b - 0xc7))? as usize;
                self.byte()?;
                Value::Bytes(self.take(len)?)
            }
            0xca => Value::Float(f64::from(f32::from_bits(self.number(4)? as u32))),
            0xcb => Value::Float(f64::from_bits(self.number(8)?)),
            b @ 0xcc..=0xcf => Value::Int(self.number(1 << (b - 0xcc))? as i64),
            0xd0 => Value::Int(i64::from(self.number(1)? as u8 as i8)),
            0xd1 => Value::Int(i64::from(self.number(2)? as u16 as i16)),
            0xd2 => Value::Int(i64::from(self.number(4)? as u32 as i32)),
            0xd3 => Value::Int(self.number(8)? as i64),
            b @ 0xd4..=0xd8 => {
                self.byte()?;
                Value::Bytes(self.take(1 << (b - 0xd4))?)
            }
            b @ 0xd9..=0xdb => {
                let len = self.number(1 << (b - 0xd9))? as usize;
                self.string(len)?
            }
            0xdc => {
                let len = self.number(2)? as usize;
                self.array(len, depth)?
            }
            0xdd => {
                let len = self.number(4)? as usize;
                self.array(len, depth)?
            }
            0xde => {
                let len = self.number(2)? as usize;
                self.map(len, depth)?
            }
            0xdf => {
                let len = self.number(4)? as usize;
                self.map(len, depth)?
            }
            b @ 0xe0..=0xff => Value::Int(i64::from(b as i8)),
            0xc1 => return Err(self.error("a byte that means nothing")),
        };
        Ok(value)
    }

    fn string(&mut self, len: usize) -> Result<Value<'a>, LangError> {
        let bytes = self.take(len)?;
        Ok(std::str::from_utf8(bytes).map_or(Value::Bytes(bytes), Value::Str))
    }

    fn array(&mut self, len: usize, depth: u32) -> Result<Value<'a>, LangError> {
        self.check_len(len)?;
        let mut items = Vec::with_capacity(len.min(1 << 16));
        for _ in 0..len {
            items.push(self.nested(depth + 1)?);
        }
        Ok(Value::Array(items))
    }

    fn map(&mut self, len: usize, depth: u32) -> Result<Value<'a>, LangError> {
        self.check_len(len.saturating_mul(2))?;
        let mut pairs = Vec::with_capacity(len.min(1 << 16));
        for _ in 0..len {
            let key = self.nested(depth + 1)?;
            pairs.push((key, self.nested(depth + 1)?));
        }
        Ok(Value::Map(pairs))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read() {
        let bytes = b"\x83\xa1a\x01\xa1b\x92\xc0\xc3\xc4\x01c\xcb\x3f\xf0\0\0\0\0\0\0";
        let value = Value::read(bytes, "x").unwrap();
        assert_eq!(value.get("a").and_then(Value::int), Some(1));
        assert_eq!(value.get("b"), Some(&Value::Array(vec![Value::Nil, Value::Bool(true)])));
        assert_eq!(value.get("c"), Some(&Value::Float(1.0)));
    }

    #[test]
    fn lies_about_lengths_are_errors() {
        for bytes in
            [&b"\xdd\xff\xff\xff\xff"[..], b"\xdf\x7f\xff\xff\xff", b"\xc6\xff\xff\xff\xff", b"\xa5ab", b""]
        {
            assert!(Value::read(bytes, "x").is_err(), "{bytes:?}");
        }
        assert!(Value::read(&[0x91; 100], "x").is_err());
    }
}
