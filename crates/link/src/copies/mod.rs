//! Copies: the same text in several places, exact, edited, shortened, with another head, or inside a digest.
//!
//! Candidates come from an index of MinHash bands and winnowed fingerprints ([`words`], [`index`]); an alignment of
//! the two texts ([`align`]) decides, and yields what was changed. Templates share wording and differ in facts: the
//! alignment shows other figures in the same places, and they are not copies ([`decide`]).
//!
//! `gaoya` was looked at for MinHash: it brings `rand`, two hashes and an alpha of `smallvec`, and has no fingerprints
//! for one text inside another, which half of this is; what is needed of it is sixty lines.

mod align;
mod decide;
mod index;
mod words;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::Article;
use align::align;
use index::Index;
use words::{Word, keys, words};

/// What one article is to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// The same text, exact or edited.
    Copy,
    /// The text is inside the other.
    Within,
    /// The other text is inside this one.
    Contains,
    /// Both carry one long passage in texts of their own.
    Passage,
    /// The same address at another time.
    Version,
}

impl Relation {
    /// What stands between the two in a sentence: "A is a copy of B".
    pub fn words(self) -> &'static str {
        match self {
            Relation::Copy => "is a copy of",
            Relation::Within => "is inside",
            Relation::Contains => "contains",
            Relation::Passage => "has a long passage in common with",
            Relation::Version => "is a later version of",
        }
    }
}

/// That one article repeats another.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Link {
    /// The article, by document; later in the order of articles.
    pub doc: String,
    /// The article that it repeats.
    pub of: String,
    /// What `doc` is to `of`.
    pub relation: Relation,
    /// Words that both have, in runs.
    pub shared_words: u32,
    /// Words of `doc` and of `of`.
    pub words: (u32, u32),
}

/// A stretch of the difference between two texts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// Whether both have the same words here.
    pub same: bool,
    /// The words of the earlier text; empty for what was added.
    pub before: String,
    /// The words of the later text; empty for what was cut.
    pub after: String,
}

/// A text with its words.
struct Side<'a> {
    text: &'a str,
    words: Vec<Word>,
}

impl<'a> Side<'a> {
    fn new(text: &'a str) -> Self {
        Side { text, words: words(text) }
    }

    fn of(&self, word: Word) -> &'a str {
        &self.text[word.start as usize..word.end as usize]
    }

    fn slice(&self, range: &std::ops::Range<usize>) -> &'a str {
        if range.is_empty() {
            return "";
        }
        &self.text[self.words[range.start].start as usize..self.words[range.end - 1].end as usize]
    }
}

/// The difference of two texts, word by word, in order.
pub fn differences(before: &str, after: &str) -> Vec<Difference> {
    let (left, right) = (Side::new(before), Side::new(after));
    align(&left.words, &right.words)
        .into_iter()
        .map(|stretch| Difference {
            same: stretch.same,
            before: left.slice(&stretch.left).to_owned(),
            after: right.slice(&stretch.right).to_owned(),
        })
        .collect()
}

/// Whether `later` repeats `earlier`, and how; `None` for two texts, and for two fillings of one template.
pub fn compare(earlier: &Article, later: &Article) -> Option<Link> {
    let (left, right) = (Side::new(&later.body), Side::new(&earlier.body));
    compare_sides(earlier, later, (&left, &right))
}

fn compare_sides(earlier: &Article, later: &Article, (left, right): (&Side<'_>, &Side<'_>)) -> Option<Link> {
    let measures = decide::measure(left, right, &align(&left.words, &right.words));
    let same_publisher = later.publisher.is_some() && later.publisher == earlier.publisher;
    let same_address = later.url.is_some() && later.url == earlier.url;
    let apart = if later.dated && earlier.dated { later.day - earlier.day } else { 0 };
    let decided = decide::decide(&measures, apart, same_publisher);
    let relation = match decided {
        Some(Relation::Copy) if same_address => Relation::Version,
        Some(relation) => relation,
        None if same_address && measures.shared * 2 > measures.left.max(measures.right) => Relation::Version,
        None => return None,
    };
    Some(Link {
        doc: later.doc.clone(),
        of: earlier.doc.clone(),
        relation,
        shared_words: measures.shared as u32,
        words: (measures.left as u32, measures.right as u32),
    })
}

/// What is kept of an article once it is filed.
#[derive(Debug, Clone)]
struct Filed {
    doc: Box<str>,
    day: i32,
}

/// The articles seen so far, filed so that a new one finds what it repeats.
///
/// Adding costs about the same however many there are. What is found depends on the set of articles alone, not on the
/// order or the portions in which they came: articles are filed by [`Article::place`], and those that a late one
/// should have preceded are taken out and filed again.
#[derive(Debug, Clone, Default)]
pub struct Copies {
    filed: Vec<Filed>,
    index: Index,
    links: Vec<(u32, Link)>,
}

impl Copies {
    /// Nothing filed yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds articles, in any order, and returns what links there now are that an added or refiled one has.
    ///
    /// `fetch` gives an article that was added before, by document; what it does not give is not compared.
    pub fn add(&mut self, batch: Vec<Article>, fetch: &mut dyn FnMut(&str) -> Option<Article>) -> Vec<Link> {
        let mut articles: FxHashMap<String, Article> =
            batch.into_iter().map(|a| (a.doc.clone(), a)).collect();
        let Some(first) = articles.values().map(|a| (a.day, a.doc.clone())).min() else {
            return Vec::new();
        };
        self.take_out_from((first.0, &first.1), &mut articles, fetch);
        let mut order: Vec<(i32, String)> = articles.values().map(|a| (a.day, a.doc.clone())).collect();
        order.sort_unstable();
        let from = self.filed.len() as u32;
        for (_, doc) in &order {
            self.file(&articles[doc], &mut |wanted| match articles.get(wanted) {
                Some(article) => Some(article.clone()),
                None => fetch(wanted),
            });
        }
        self.links.iter().filter(|(number, _)| *number >= from).map(|(_, link)| link.clone()).collect()
    }

    fn take_out_from(
        &mut self,
        place: (i32, &str),
        articles: &mut FxHashMap<String, Article>,
        fetch: &mut dyn FnMut(&str) -> Option<Article>,
    ) {
        while let Some(last) = self.filed.pop_if(|last| (last.day, &*last.doc) >= place) {
            let number = self.filed.len() as u32;
            while self.links.pop_if(|(of, _)| *of == number).is_some() {}
            // An article of the batch that was filed before is the same one: the same document is not added twice.
            let known = articles.get(&*last.doc).cloned().or_else(|| fetch(&last.doc));
            if let Some(article) = known {
                self.index.remove(number, &keys(&words(&article.body)));
                articles.insert(article.doc.clone(), article);
            }
        }
    }

    fn file(&mut self, article: &Article, fetch: &mut dyn FnMut(&str) -> Option<Article>) {
        let number = self.filed.len() as u32;
        let side = Side::new(&article.body);
        let keys = keys(&side.words);
        for candidate in self.index.candidates(&keys) {
            let Some(other) = fetch(&self.filed[candidate as usize].doc) else {
                continue;
            };
            let against = Side::new(&other.body);
            if let Some(link) = compare_sides(&other, article, (&side, &against)) {
                self.links.push((number, link));
            }
        }
        self.index.add(number, &keys);
        self.filed.push(Filed { doc: article.doc.as_str().into(), day: article.day });
    }

    /// How many articles are filed.
    pub fn len(&self) -> usize {
        self.filed.len()
    }

    /// Whether nothing is filed.
    pub fn is_empty(&self) -> bool {
        self.filed.is_empty()
    }

    /// How many keys the index holds.
    pub fn keys(&self) -> usize {
        self.index.len()
    }

    /// All links, by the order of articles.
    pub fn links(&self) -> impl Iterator<Item = &Link> {
        self.links.iter().map(|(_, link)| link)
    }

    /// The groups of two and more articles that repeat each other, each in the order of articles.
    pub fn groups(&self) -> Vec<Vec<String>> {
        let order: Vec<&str> = self.filed.iter().map(|filed| &*filed.doc).collect();
        groups(&order, self.links())
    }
}

/// The groups that links make of documents; members and groups come in the order of `docs`.
pub fn groups<'a>(docs: &[&str], links: impl Iterator<Item = &'a Link>) -> Vec<Vec<String>> {
    let number: FxHashMap<&str, usize> = docs.iter().enumerate().map(|(i, &doc)| (doc, i)).collect();
    let mut sets = crate::sets::Sets::new(docs.len());
    for link in links {
        if let (Some(&a), Some(&b)) = (number.get(link.doc.as_str()), number.get(link.of.as_str())) {
            sets.join(a, b);
        }
    }
    let all = sets.groups().into_iter().filter(|group| group.len() > 1);
    all.map(|group| group.into_iter().map(|i| docs[i].to_owned()).collect()).collect()
}

/// The chain of versions that each address has: addresses in order, versions in the order of `articles`.
///
/// Only texts that grew out of each other (a link says so) are versions; a page that holds many items is not.
pub fn versions(links: &[Link]) -> Vec<Vec<String>> {
    let only: Vec<&Link> = links.iter().filter(|link| link.relation == Relation::Version).collect();
    let mut docs: Vec<&str> = Vec::new();
    for link in &only {
        for doc in [link.of.as_str(), link.doc.as_str()] {
            if !docs.contains(&doc) {
                docs.push(doc);
            }
        }
    }
    groups(&docs, only.into_iter())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const STORY: &str = "The freighter Halden left the port of Odrin on Tuesday night with forty crates of rifle \
        ammunition for the army of Verania, three dock workers told the Harbour Gazette. The defence ministry in \
        Odrin would not say who had paid for the cargo. A spokesman for the Veranian embassy said that his country \
        buys no arms abroad and that the crates held tractor parts. The ship is due in the port of Lys within a week.";
    const NOTICE: &str = "The agency notified the legislature today of a possible sale to the government of Verania \
        of 40 light patrol vehicles and related equipment for an estimated cost of 12 million crowns. The proposed \
        sale will support the foreign policy of the state by helping a friendly country to secure its borders. The \
        principal contractor will be Norrland Motors of Odrin. There are no offset agreements known at this time.";

    fn article(doc: &str, day: i32, body: &str) -> Article {
        Article {
            doc: doc.into(),
            day,
            dated: true,
            url: None,
            publisher: Some(format!("paper {doc}")),
            title: String::new(),
            body: body.into(),
        }
    }

    fn check(body: &str, day: i32, other: &str, expected: Option<Relation>) {
        let found = compare(&article("a", 10, other), &article("b", day, body));
        assert_eq!(found.map(|link| link.relation), expected);
    }

    #[test]
    fn edits_and_new_heads_are_copies() {
        check(STORY, 10, STORY, Some(Relation::Copy));
        check(
            &STORY.replace("forty", "about 40").replace("would not say", "declined to say"),
            11,
            STORY,
            Some(Relation::Copy),
        );
        let cut = STORY.split_once("A spokesman").unwrap().0;
        check(cut, 10, STORY, Some(Relation::Within));
        let digest = format!(
            "Markets closed higher in Lys as grain prices fell for a third day in a row. {STORY} The national football \
             team named its squad for the spring games, with two players back from injury. Rain is expected in the \
             north, and the mountain passes stay shut until the end of the week at the least. {}",
            "The museum of the sea opens its new wing to visitors in the coming month, the city said. "
                .repeat(4)
        );
        check(&digest, 12, STORY, Some(Relation::Contains));
    }

    #[test]
    fn templates_are_not_copies() {
        let other = NOTICE.replace("40 light", "65 light").replace("12 million", "31 million");
        check(&other, 17, NOTICE, None);
        check(&other.replace("Verania", "Sorland"), 10, NOTICE, None);
        check("The freighter Halden sank off Lys.", 10, STORY, None);
    }

    #[test]
    fn one_address_has_versions_where_the_text_grew() {
        let mut earlier = article("a", 10, STORY);
        let mut later =
            article("b", 11, &format!("{STORY} Customs officers later opened two of the crates."));
        earlier.url = Some("https://harbour.example/halden".into());
        later.url = earlier.url.clone();
        let link = compare(&earlier, &later).unwrap();
        assert_eq!(link.relation, Relation::Version);
        assert_eq!(versions(&[link]), [["a", "b"]]);
    }

    #[test]
    fn differences_read_in_order() {
        let shown: Vec<String> =
            differences("Forty crates left on Tuesday.", "Forty crates left late on Tuesday.")
                .into_iter()
                .map(|d| format!("{}|{}|{}", d.same, d.before, d.after))
                .collect();
        assert_eq!(
            shown,
            ["true|Forty crates left|Forty crates left", "false||late", "true|on Tuesday|on Tuesday"]
        );
    }

    /// Twelve articles over four days: two stories with copies, and a notice with other figures.
    fn week() -> Vec<Article> {
        let mut all = Vec::new();
        for i in 0..4 {
            let figures = NOTICE
                .replace("40 light", &format!("{} light", 50 + i))
                .replace("12 million", &format!("{i}7 million"));
            all.push(article(&format!("notice{i}"), 10 + i, &figures));
            all.push(article(
                &format!("story{i}"),
                10 + i,
                &STORY.replace("within a week", ["soon", "on Friday", "shortly", "next"][i as usize]),
            ));
            all.push(article(
                &format!("other{i}"),
                10 + i,
                &STORY.replace("Halden", "Skerry").split(' ').rev().collect::<Vec<_>>().join(" "),
            ));
        }
        all
    }

    #[test]
    fn groups_are_the_stories() {
        let mut copies = Copies::new();
        copies.add(week(), &mut |_| None);
        assert_eq!(
            copies.groups(),
            [["other0", "other1", "other2", "other3"], ["story0", "story1", "story2", "story3"]]
        );
    }

    proptest! {
        #[test]
        fn any_order_in_any_portions_gives_the_same(order in Just((0..12).collect::<Vec<usize>>()).prop_shuffle(), cut in 0usize..12) {
            let all = week();
            let mut whole = Copies::new();
            whole.add(all.clone(), &mut |_| None);
            let mut parts = Copies::new();
            let mut known: FxHashMap<String, Article> = FxHashMap::default();
            for portion in [&order[..cut], &order[cut..]] {
                let batch: Vec<Article> = portion.iter().map(|&i| all[i].clone()).collect();
                known.extend(batch.iter().map(|a| (a.doc.clone(), a.clone())));
                parts.add(batch, &mut |doc| known.get(doc).cloned());
            }
            prop_assert_eq!(whole.links().collect::<Vec<_>>(), parts.links().collect::<Vec<_>>());
            prop_assert_eq!(whole.groups(), parts.groups());
        }
    }
}
