//! What people held of claims, deals and actors, as values: kept for ever, the later overruling the earlier.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A judgement as it was written down.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Judged {
    /// Its number: later ones are higher.
    pub number: i64,
    /// When (RFC 3339).
    pub at: String,
    /// Who holds it.
    pub author: String,
    /// What it is about: `claim`, `deal` or `actor`.
    pub subject_kind: String,
    /// Its identifier.
    pub subject: String,
    /// `accept`, `reject`, `merge`, `split` or `undo`.
    pub verdict: String,
    /// What the verdict needs: `{"with": ID}` to merge or to part two, `{"claims": [ID, …]}` to split a deal.
    pub detail: Value,
}

/// What is held of a claim or a deal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// A person has checked it and lets it stand.
    Accepted,
    /// A person has checked it and it does not count.
    Rejected,
}

/// The judgements that are in force, oldest first.
///
/// `undo` takes back the newest judgement on the same subject that is not taken back yet.
pub fn in_force(all: &[Judged]) -> Vec<Judged> {
    let mut ordered: Vec<&Judged> = all.iter().collect();
    ordered.sort_by_key(|judged| judged.number);
    let mut standing: Vec<Judged> = Vec::new();
    for judged in ordered {
        if judged.verdict != "undo" {
            standing.push(judged.clone());
            continue;
        }
        let same =
            |other: &Judged| other.subject_kind == judged.subject_kind && other.subject == judged.subject;
        if let Some(at) = standing.iter().rposition(same) {
            standing.remove(at);
        }
    }
    standing
}

/// What is held of the subject, by the newest judgement in `standing` that accepts or rejects it.
pub fn verdict_on(standing: &[Judged], kind: &str, is: impl Fn(&str) -> bool) -> Option<Verdict> {
    standing.iter().rev().filter(|j| j.subject_kind == kind && is(&j.subject)).find_map(|j| {
        match j.verdict.as_str() {
            "accept" => Some(Verdict::Accepted),
            "reject" => Some(Verdict::Rejected),
            _ => None,
        }
    })
}

/// The pairs of one kind that were merged (or, with `split`, parted), oldest first, with the judgement's number.
pub fn pairs<'a>(standing: &'a [Judged], kind: &str, verdict: &str) -> Vec<(i64, &'a str, &'a str)> {
    let wanted = standing.iter().filter(|j| j.subject_kind == kind && j.verdict == verdict);
    wanted.filter_map(|j| Some((j.number, j.subject.as_str(), j.detail.get("with")?.as_str()?))).collect()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn judged(number: i64, kind: &str, subject: &str, verdict: &str, detail: Value) -> Judged {
        Judged {
            number,
            at: format!("2030-01-{number:02}T00:00:00Z"),
            author: "ana".into(),
            subject_kind: kind.into(),
            subject: subject.into(),
            verdict: verdict.into(),
            detail,
        }
    }

    #[test]
    fn undo_takes_back_the_newest() {
        let all = [
            judged(1, "claim", "c1", "reject", Value::Null),
            judged(2, "claim", "c1", "accept", Value::Null),
            judged(3, "claim", "c1", "undo", Value::Null),
        ];
        let standing = in_force(&all);
        assert_eq!(verdict_on(&standing, "claim", |s| s == "c1"), Some(Verdict::Rejected));
        assert_eq!(verdict_on(&standing, "claim", |s| s == "c2"), None);
    }
}
