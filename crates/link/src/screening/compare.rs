//! Two names against each other: which part matches which, what that costs, and the score that follows.
//!
//! The score is a logistic function of a few counts (edits, parts that differ, parts that one name lacks, …) whose
//! weights are in `codebook/screening/weights.toml` and were fitted by `cargo run -p waybill-link --release --example
//! screen_fit`. Every count belongs to a part or to the names as wholes, so the score can be told part by part.

use serde::Serialize;

use super::distance::{How, Letters, Likeness, compare_letters, compare_parts, least_edits};
use super::normalise::{Name, Part, PartKind, skeleton};
use super::weights::{FEATURES, Feature, Weights};

/// By how much more a word that only the query has counts where its kind is not told, chosen by hand.
const UNTOLD_EXTRA: f32 = 1.5;

/// One line of a match's explanation.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Step {
    /// The part of the name that was asked for; empty where it has none.
    pub query: String,
    /// The part of the listed name; empty where it has none.
    pub entry: String,
    /// What was found.
    pub how: How,
    /// How much higher the score would be without it; below 0 where it speaks for the match.
    pub cost: f32,
}

/// A pair of runs of parts that were taken for the same.
#[derive(Debug, Clone, Copy)]
struct Pair {
    a: (usize, usize),
    b: (usize, usize),
    likeness: Likeness,
    weight: f32,
}

/// What comparing two names found, before it is weighed.
#[derive(Debug, Clone)]
pub struct Comparison {
    pairs: Vec<Pair>,
    left_a: Vec<usize>,
    left_b: Vec<usize>,
    /// The counts, in the order of [`FEATURES`].
    pub features: [f32; FEATURES],
}

/// Finds which parts of two names match and counts what differs.
pub fn compare(a: &Name, b: &Name) -> Comparison {
    let pairs = align(a, b);
    let free = |len: usize, spans: &dyn Fn(&Pair) -> (usize, usize)| -> Vec<usize> {
        (0..len).filter(|i| !pairs.iter().any(|p| spans(p).0 <= *i && *i < spans(p).1)).collect()
    };
    let left_a = free(a.parts.len(), &|p| p.a);
    let left_b = free(b.parts.len(), &|p| p.b);
    let mut comparison = Comparison { pairs, left_a, left_b, features: [0.0; FEATURES] };
    comparison.features = count(a, b, &comparison);
    comparison
}

/// The score of two names, without its explanation.
pub fn score(a: &Name, b: &Name, weights: &Weights) -> f32 {
    weights.score(&compare(a, b).features)
}

/// Pairs of parts, the likest first, no part twice. Runs of two or three parts may match as one word.
fn align(a: &Name, b: &Name) -> Vec<Pair> {
    let vowelless = a.scripts.vowelless != b.scripts.vowelless;
    let mut candidates: Vec<(f32, Pair)> = Vec::with_capacity(16);
    for (i, pa) in a.parts.iter().enumerate() {
        for (j, pb) in b.parts.iter().enumerate() {
            let likeness = compare_parts(pa, pb, vowelless);
            // Only persons are called by initials: one letter of a body's name is no word of another's.
            if likeness.is_match() && (a.person || likeness.how != How::Initial) {
                let weight = pa.kind.weight().max(pb.kind.weight());
                let place = (i as f32 / a.parts.len() as f32 - j as f32 / b.parts.len() as f32).abs();
                let rank = likeness.ratio + 0.02 * place - 0.2 * weight.min(1.0);
                candidates.push((rank, Pair { a: (i, i + 1), b: (j, j + 1), likeness, weight }));
            }
        }
    }
    let exact = candidates.iter().filter(|(_, p)| p.likeness.how == How::Same).count();
    if exact < a.parts.len().min(b.parts.len()) {
        joined_candidates(a, b, &mut candidates);
    }
    candidates.sort_by(|x, y| x.0.total_cmp(&y.0));
    let (mut used_a, mut used_b) = (0u32, 0u32);
    let mut pairs = Vec::with_capacity(a.parts.len().min(b.parts.len()));
    let bits = |(from, to): (usize, usize)| ((1u32 << to) - 1) & !((1u32 << from) - 1);
    for (_, pair) in candidates {
        if used_a & bits(pair.a) == 0 && used_b & bits(pair.b) == 0 {
            used_a |= bits(pair.a);
            used_b |= bits(pair.b);
            pairs.push(pair);
        }
    }
    pairs.sort_by_key(|p| p.a);
    pairs
}

/// Adds pairs in which one side or both are two or three parts read as one word, and acronyms.
fn joined_candidates(a: &Name, b: &Name, candidates: &mut Vec<(f32, Pair)>) {
    for span_a in spans(a.parts.len()) {
        for span_b in spans(b.parts.len()) {
            let words = (span_a.1 - span_a.0, span_b.1 - span_b.0);
            let many = words.0 + words.1;
            if many == 2 || many > 4 || !ends_fit(&a.parts[span_a.0..span_a.1], &b.parts[span_b.0..span_b.1])
            {
                continue;
            }
            if words == (2, 2) && a.parts[span_a.0].text == b.parts[span_b.0].text {
                continue;
            }
            let run = &a.parts[span_a.0..span_a.1];
            let length: usize = run.iter().map(|p| p.text.len()).sum();
            let allowed = if words.0 == words.1 { 0.5 } else { 0.2 * length as f32 };
            if least_edits(letters_of(run), letters_of(&b.parts[span_b.0..span_b.1])) > allowed {
                continue;
            }
            let (text_a, text_b) = (text_of(a, span_a), text_of(b, span_b));
            let likeness = compare_letters(text_a.as_bytes(), text_b.as_bytes());
            if likeness.edits <= allowed {
                push_joined(a, b, (span_a, span_b, likeness.edits), candidates);
            }
        }
    }
    for (span_a, groups) in &a.joints {
        for (j, _) in b.parts.iter().enumerate().filter(|(_, p)| p.groups.iter().any(|g| groups.contains(g)))
        {
            push_joined(a, b, (*span_a, (j, j + 1), 0.3), candidates);
        }
    }
    for (span_b, groups) in &b.joints {
        for (i, _) in a.parts.iter().enumerate().filter(|(_, p)| p.groups.iter().any(|g| groups.contains(g)))
        {
            push_joined(a, b, ((i, i + 1), *span_b, 0.3), candidates);
        }
    }
    if a.scripts.sounded || b.scripts.sounded {
        sounded_runs(a, b, candidates);
    }
    acronyms(a, b, false, candidates);
    acronyms(b, a, true, candidates);
}

/// Syllables of Han or Hangul against a word that they spell by sound: `bei la ke` for `barack`.
fn sounded_runs(a: &Name, b: &Name, candidates: &mut Vec<(f32, Pair)>) {
    let sound = |text: &str| skeleton(&text.replace('r', "l"));
    let one_word = |(from, to): (usize, usize)| to - from == 1;
    for span_a in spans(a.parts.len()) {
        let text_a = text_of(a, span_a);
        let sound_a = sound(&text_a);
        for span_b in spans(b.parts.len()) {
            let syllables_joined = if a.scripts.syllabic { one_word(span_b) } else { one_word(span_a) };
            let text_b = text_of(b, span_b);
            let long = text_a.len().min(text_b.len()) >= 5 && sound_a.len() >= 3;
            if syllables_joined
                && long
                && text_a.len().abs_diff(text_b.len()) <= 2
                && sound_a == sound(&text_b)
            {
                push_joined(a, b, (span_a, span_b, 1.0), candidates);
            }
        }
    }
}

/// Runs of one to three of so many parts.
fn spans(count: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..count).flat_map(move |from| (from + 1..=(from + 3).min(count)).map(move |to| (from, to)))
}

/// The letters of a run of parts.
fn letters_of(parts: &[Part]) -> Letters {
    parts.iter().map(|p| p.letters).reduce(Letters::and).unwrap_or_default()
}

fn text_of(name: &Name, (from, to): (usize, usize)) -> String {
    name.parts[from..to].iter().map(|p| p.text.as_str()).collect()
}

/// Whether two runs of parts, read as words, are of a length and share their first or last letter.
fn ends_fit(a: &[Part], b: &[Part]) -> bool {
    let length = |parts: &[Part]| parts.iter().map(|p| p.text.len()).sum::<usize>();
    let first = |parts: &[Part]| parts.first().and_then(|p| p.text.bytes().next());
    let last = |parts: &[Part]| parts.last().and_then(|p| p.text.bytes().last());
    length(a) >= 4 && length(a).abs_diff(length(b)) <= 2 && (first(a) == first(b) || last(a) == last(b))
}

type Joint = ((usize, usize), (usize, usize), f32);

fn push_joined(a: &Name, b: &Name, (span_a, span_b, edits): Joint, candidates: &mut Vec<(f32, Pair)>) {
    let mass = |name: &Name, (from, to): (usize, usize)| -> f32 {
        name.parts[from..to].iter().map(|p| p.kind.weight()).sum()
    };
    let weight = mass(a, span_a).max(mass(b, span_b));
    let length = a.parts[span_a.0..span_a.1].iter().map(|p| p.text.len()).sum::<usize>().max(1) as f32;
    let likeness = Likeness { edits: edits + 0.2, ratio: (edits + 0.2) / length, how: How::Joined };
    candidates.push((
        likeness.ratio - 0.2 * weight.min(1.0) - 0.01,
        Pair { a: span_a, b: span_b, likeness, weight },
    ));
}

/// `PLA` against the first letters of `People's Liberation Army`; two letters are enough for a person's given names.
///
/// Any three names have some ship's or firm's letters, so the letters must be all that a body's name has of its own, and
/// the words must be a body's: one of them a word that bodies have.
fn acronyms(short: &Name, long: &Name, swapped: bool, candidates: &mut Vec<(f32, Pair)>) {
    for (i, part) in short.parts.iter().enumerate() {
        let letters = part.text.as_bytes();
        let least = if short.person { 2 } else { 3 };
        let proper =
            if short.person { are_initials(short, part) } else { long.bodily && is_only_word(short, i) };
        if !proper {
            continue;
        }
        if letters.len() < least || letters.len() > 6 || letters.len() > long.parts.len() {
            continue;
        }
        for run in first_letters(long, letters.len()).filter(|run| run.letters == part.text) {
            let likeness = Likeness { edits: 0.0, ratio: 0.2, how: How::Acronym };
            let weight: f32 = long.parts[run.from..run.to].iter().map(|p| p.kind.weight()).sum();
            let weight = if short.person { weight.min(1.0) } else { weight };
            let (whole, one) = ((run.from, run.to), (i, i + 1));
            let (a, b) = if swapped { (whole, one) } else { (one, whole) };
            candidates.push((0.1, Pair { a, b, likeness, weight }));
        }
    }
}

/// A run of parts with the first letters of those that are words: `of` and `the` have none in an acronym.
pub(crate) struct FirstLetters {
    pub(crate) letters: String,
    pub(crate) from: usize,
    pub(crate) to: usize,
}

/// The runs of so many words of a name, with their first letters.
pub(crate) fn first_letters(name: &Name, count: usize) -> impl Iterator<Item = FirstLetters> {
    let words: Vec<usize> = (0..name.parts.len()).filter(|&i| is_lettered(name, i)).collect();
    let first = |&i: &usize| name.parts[i].text.chars().next().unwrap_or(' ');
    let runs: Vec<FirstLetters> = words
        .windows(count)
        .map(|run| FirstLetters {
            letters: run.iter().map(first).collect(),
            from: run[0],
            to: run[count - 1] + 1,
        })
        .collect();
    runs.into_iter()
}

/// Whether a part gives a letter to an acronym: in a body's name all words but such as `of`.
fn is_lettered(name: &Name, at: usize) -> bool {
    let part = &name.parts[at];
    let joins = !name.person && (part.kind == PartKind::Particle || part.text == "and");
    part.text.len() > 1 && part.text.is_ascii() && !joins
}

/// Whether no other part of a name is a word of its own.
fn is_only_word(name: &Name, at: usize) -> bool {
    name.parts.iter().enumerate().all(|(i, part)| i == at || part.kind != PartKind::Word)
}

/// Whether a part of a person's name can be initials written together: `JC`, but not `Al`.
fn are_initials(name: &Name, part: &Part) -> bool {
    let vowels = part.text.bytes().any(|b| matches!(b, b'a' | b'e' | b'i' | b'o' | b'u' | b'y'));
    let latin = !name.scripts.syllabic && !name.scripts.vowelless;
    latin && !vowels && name.parts.len() > 1 && part.kind == PartKind::Word && part.text.len() <= 3
}

fn count(a: &Name, b: &Name, found: &Comparison) -> [f32; FEATURES] {
    let mut features = [0.0; FEATURES];
    let mut add = |feature: Feature, value: f32| features[feature as usize] += value;
    let mut matched = 0.0;
    let mut by_initial = 0.0;
    let mut worst: f32 = 0.0;
    for pair in &found.pairs {
        matched += pair.weight;
        if pair.likeness.how == How::Initial {
            by_initial += pair.weight;
        }
        pair_counts(pair, &mut add);
        let length = a.parts[pair.a.0].text.len().min(b.parts[pair.b.0].text.len());
        if length <= 4 && pair.weight > 0.4 && matches!(pair.likeness.how, How::Spelling | How::Sound) {
            add(Feature::ShortEdits, pair.likeness.edits);
        }
        if !matches!(pair.likeness.how, How::Initial | How::Acronym) && pair.weight > 0.4 {
            worst = worst.max(pair.likeness.ratio);
        }
    }
    let (own_a, own_b) = (own_mass(a, &found.left_a), own_mass(b, &found.left_b));
    let conflict = own_a.min(own_b);
    let extra = own_a.max(own_b) - conflict;
    let total = matched + own_a.max(own_b);
    let org = if a.person { 0.0 } else { 1.0 };
    add(Feature::Worst, worst);
    add(Feature::Conflict, conflict.min(2.0));
    add(Feature::ConflictShare, if total > 0.0 { conflict / total } else { 1.0 });
    add(Feature::OrgConflict, org * conflict.min(2.0));
    add(Feature::Extra, extra.min(3.0));
    add(Feature::ExtraShare, if total > 0.0 { extra / total } else { 1.0 });
    // Where nobody said that a name is a body's, a word that the listed one lacks makes it another's: `Crystal Moore` is
    // not the ship `CRYSTAL`.
    let untold = if a.person || a.told { 0.0 } else { UNTOLD_EXTRA * (own_a - own_b).clamp(0.0, 3.0) };
    add(Feature::OrgExtra, org * extra.min(3.0) + untold);
    add(Feature::Small, small_mass(a, &found.left_a) + small_mass(b, &found.left_b));
    add(Feature::Thin, (2.0 - matched).max(0.0));
    let named = matched - by_initial;
    let alone = a.person && named < 1.6 && (extra + conflict > 0.4 || named < 0.5);
    add(Feature::Lone, if alone { 1.0 } else { 0.0 });
    add(Feature::Order, inversions(&found.pairs));
    add(Feature::Number, number_conflict(a, b, found));
    add(Feature::LegalForm, legal_conflict(a, b));
    add(Feature::Syllables, syllable_conflict(a, b));
    add(Feature::Near, conflict_nearness(a, b, found));
    if conflict > 0.0 && reversed(a, b) {
        features = [0.0; FEATURES];
    }
    features
}

fn pair_counts(pair: &Pair, add: &mut impl FnMut(Feature, f32)) {
    let likeness = pair.likeness;
    match likeness.how {
        How::Initial => add(Feature::Initial, 1.0),
        How::Acronym => add(Feature::Acronym, 1.0),
        How::Nickname => add(Feature::Nickname, pair.weight.min(1.0)),
        How::Romanisation => add(Feature::Romanisation, pair.weight.min(1.0)),
        _ => {
            add(Feature::Edits, likeness.edits.min(4.0) * pair.weight.min(1.0));
            add(Feature::Ratio, likeness.ratio * pair.weight.min(1.0));
        }
    }
}

/// Mass of the parts at `left` that are a name's own.
fn own_mass(name: &Name, left: &[usize]) -> f32 {
    left.iter().map(|&i| name.parts[i].kind).filter(|k| !is_small(*k)).map(PartKind::weight).sum()
}

fn small_mass(name: &Name, left: &[usize]) -> f32 {
    left.iter().map(|&i| name.parts[i].kind).filter(|k| is_small(*k)).map(PartKind::weight).sum()
}

fn is_small(kind: PartKind) -> bool {
    matches!(kind, PartKind::Particle | PartKind::Honorific | PartKind::Number)
}

/// Share of neighbouring pairs that stand the other way round, from 0 to 1.
fn inversions(pairs: &[Pair]) -> f32 {
    let main: Vec<usize> = pairs.iter().filter(|p| p.weight > 0.4).map(|p| p.b.0).collect();
    if main.len() < 2 {
        return 0.0;
    }
    let turned = main.windows(2).filter(|w| w[0] > w[1]).count();
    turned as f32 / (main.len() - 1) as f32
}

fn number_conflict(a: &Name, b: &Name, found: &Comparison) -> f32 {
    let left =
        |name: &Name, at: &[usize]| at.iter().filter(|&&i| name.parts[i].kind == PartKind::Number).count();
    match (left(a, &found.left_a), left(b, &found.left_b)) {
        (0, 0) => 0.0,
        (0, _) | (_, 0) => 0.5,
        _ => 1.0,
    }
}

fn legal_conflict(a: &Name, b: &Name) -> f32 {
    if a.legal.is_empty() || b.legal.is_empty() || a.legal.iter().any(|c| b.legal.contains(c)) {
        0.0
    } else {
        1.0
    }
}

/// 1 where both names are in a syllabic script and differ: another character is another name.
fn syllable_conflict(a: &Name, b: &Name) -> f32 {
    let both = a.scripts.syllabic && b.scripts.syllabic;
    if both && a.text.split_whitespace().ne(b.text.split_whitespace()) { 1.0 } else { 0.0 }
}

/// How near the likest of the parts that found no partner are, from 0 (nothing alike) to 1.
fn conflict_nearness(a: &Name, b: &Name, found: &Comparison) -> f32 {
    let mut near: f32 = 0.0;
    for &i in &found.left_a {
        for &j in &found.left_b {
            let (pa, pb) = (&a.parts[i], &b.parts[j]);
            if is_small(pa.kind) || is_small(pb.kind) {
                continue;
            }
            near = near.max(1.0 - compare_letters(pa.text.as_bytes(), pb.text.as_bytes()).ratio);
        }
    }
    near
}

/// Whether one name is the other written backwards, as obfuscated names are; its words in either order.
fn reversed(a: &Name, b: &Name) -> bool {
    let backwards = |part: &Part| b.parts.iter().any(|p| p.text.bytes().eq(part.text.bytes().rev()));
    a.parts.len() > 1 && a.joined.len() == b.joined.len() && a.parts.iter().all(backwards)
}

/// The score of a comparison and the lines that explain it, in the order of the query's parts.
pub fn explain(a: &Name, b: &Name, found: &Comparison, weights: &Weights) -> (f32, Vec<Step>) {
    let score = weights.score(&found.features);
    let mut steps = Vec::new();
    let text = |name: &Name, (from, to): (usize, usize)| {
        name.parts[from..to].iter().map(|p| p.text.as_str()).collect::<Vec<_>>().join(" ")
    };
    for pair in &found.pairs {
        let mut own = [0.0; FEATURES];
        pair_counts(pair, &mut |feature, value| own[feature as usize] += value);
        let cost = weights.cost(&found.features, &own);
        steps.push(Step { query: text(a, pair.a), entry: text(b, pair.b), how: pair.likeness.how, cost });
    }
    explain_left(a, b, found, weights, &mut steps);
    for (feature, how) in
        [(Feature::Order, How::Order), (Feature::Number, How::Number), (Feature::LegalForm, How::LegalForm)]
    {
        let mut own = [0.0; FEATURES];
        own[feature as usize] = found.features[feature as usize];
        if own[feature as usize] > 0.0 {
            steps.push(Step {
                query: a.text.clone(),
                entry: b.text.clone(),
                how,
                cost: weights.cost(&found.features, &own),
            });
        }
    }
    let mut whole = [0.0; FEATURES];
    for feature in [Feature::Thin, Feature::Lone, Feature::Worst, Feature::ShortEdits, Feature::Syllables] {
        whole[feature as usize] = found.features[feature as usize];
    }
    if whole.iter().any(|v| *v > 0.0) {
        let cost = weights.cost(&found.features, &whole);
        steps.push(Step { query: a.text.clone(), entry: b.text.clone(), how: How::Whole, cost });
    }
    (score, steps)
}

/// Lines for the parts without a partner: pairs of them that differ, then those that one name lacks.
fn explain_left(a: &Name, b: &Name, found: &Comparison, weights: &Weights, steps: &mut Vec<Step>) {
    let join = |name: &Name, left: &[usize]| {
        left.iter().map(|&i| name.parts[i].text.as_str()).collect::<Vec<_>>().join(" ")
    };
    let (query, entry) = (join(a, &found.left_a), join(b, &found.left_b));
    if query.is_empty() && entry.is_empty() {
        return;
    }
    let mut own = [0.0; FEATURES];
    for feature in [Feature::Conflict, Feature::ConflictShare, Feature::OrgConflict, Feature::Near]
        .into_iter()
        .chain([Feature::Extra, Feature::ExtraShare, Feature::OrgExtra, Feature::Small])
    {
        own[feature as usize] = found.features[feature as usize];
    }
    let how = if found.features[Feature::Conflict as usize] > 0.0 { How::Different } else { How::Missing };
    steps.push(Step { query, entry, how, cost: weights.cost(&found.features, &own) });
}
