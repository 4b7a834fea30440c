use proptest::prelude::*;

use super::*;

fn check_whole(document: &Document) {
    let mut end = 0;
    for block in &document.blocks {
        let span = block.span.range();
        assert!(span.start >= end && span.start < span.end, "blocks are disjoint, in order and not empty");
        let words = document.text.get(span.clone()).expect("spans lie on character boundaries");
        assert_eq!(words.trim(), words, "no white space around a block");
        assert!(!words.contains('\n'), "a block is one line");
        end = span.end;
    }
}

fn formats() -> impl Strategy<Value = Option<Format>> {
    prop_oneof![
        Just(None),
        Just(Some(Format::Text)),
        Just(Some(Format::Html)),
        Just(Some(Format::Json)),
        Just(Some(Format::JsonRow(1)))
    ]
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400), format in formats()) {
        let raw = Raw { format, ..Raw::new("a", bytes) };
        for document in documents(&raw, &Options::default()).into_iter().flatten() {
            check_whole(&document);
        }
    }

    #[test]
    fn odd_markup_is_read(page in "(<(/?)(p|div|ul|li|table|tr|td|br|h1|a|figure|figcaption|pre|span)( class=\"share\")?>|[ a-zé.\n-]{1,9}){0,60}") {
        let raw = Raw { format: Some(Format::Html), ..Raw::new("a", page.into_bytes()) };
        for document in documents(&raw, &Options::default()).into_iter().flatten() {
            check_whole(&document);
        }
    }

    #[test]
    fn no_word_of_a_plain_text_is_lost(text in "([A-Za-z\"“’:.,#*•-]{1,9}[ \t\u{a0}]{1,2}){1,9}(\n{1,3}([A-Za-z.:-]{1,12} ){1,8}){0,12}") {
        let raw = Raw { format: Some(Format::Text), ..Raw::new("a", text.clone().into_bytes()) };
        if let Some(Ok(document)) = documents(&raw, &Options::default()).pop() {
            check_whole(&document);
            let words = |t: &str| t.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
            prop_assert_eq!(words(&document.text), words(&text));
        }
    }
}

fn read(bytes: &[u8], options: &Options) -> Vec<Result<Document, ReadError>> {
    documents(&Raw { stem: Some("a".to_owned()), ..Raw::new("a.txt", bytes.to_vec()) }, options)
}

#[test]
fn a_date_is_the_callers_only_where_the_text_tells_none() {
    let options = Options { published: Some("2031-01-02".to_owned()), ..Options::default() };
    let date = |text: &str, options: &Options| {
        read(text.as_bytes(), options).remove(0).expect("a text").published.unwrap_or("none".to_owned())
    };
    assert_eq!(date("The ship left.", &Options::default()), "none");
    assert_eq!(date("The ship left.", &options), "2031-01-02");
    assert_eq!(date("For Immediate Release: June 28, 2030\n\nThe ship left.", &options), "2030-06-28");
}

#[test]
fn what_is_no_text_is_refused() {
    assert!(matches!(read(b"%PDF-1.7 abc", &Options::default())[0], Err(ReadError::NotText { .. })));
    assert!(matches!(read(b" \n 12 \n", &Options::default())[0], Err(ReadError::Empty { .. })));
    let short = Options { max_text_bytes: 10, ..Options::default() };
    assert!(matches!(
        read(b"The ship left the quay.", &short)[0],
        Err(ReadError::TextTooLong { text_bytes: 23, .. })
    ));
}

#[test]
fn the_same_text_is_the_same_hash() {
    let hash = |text: &str| read(text.as_bytes(), &Options::default()).remove(0).expect("a text").hash;
    assert_eq!(hash("The ship\tleft."), hash("The  ship left.\n"));
    assert_ne!(hash("The ship left."), hash("The ship has left."));
}
