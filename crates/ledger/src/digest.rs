//! The content of a ledger in one canonical form, to compare ledgers with.

use std::ops::ControlFlow;

use crate::{ClaimFilter, Ledger, LedgerError, Moment};

/// Writes every document, claim, judgement and input set aside as lines, in one order whatever the history.
///
/// When something was read or judged is left out: it differs from run to run, the content does not.
pub fn dump(ledger: &dyn Ledger, line: &mut dyn FnMut(&str)) -> Result<(), LedgerError> {
    let keep_all = |value: serde_json::Value, line: &mut dyn FnMut(&str)| {
        line(&value.to_string());
        ControlFlow::Continue(())
    };
    ledger.documents(&Moment::default(), &mut |d| {
        let value = serde_json::json!({
            "document": d.id, "names": d.names, "content": d.document, "outcome": d.outcome.as_str(),
            "key": d.key, "notes": d.notes,
        });
        keep_all(value, line)
    })?;
    let mut claims = Vec::new();
    ledger.claims(&ClaimFilter { all_versions: true, ..ClaimFilter::default() }, &mut |c| {
        claims.push(
            serde_json::json!({ "claim": c.id, "document": c.document, "content": c.claim }).to_string(),
        );
        ControlFlow::Continue(())
    })?;
    claims.sort_unstable();
    claims.iter().for_each(|c| line(c));
    let mut judged: Vec<String> = ledger
        .judgements(None)?
        .into_iter()
        .map(|j| serde_json::json!({ "judgement": j.judgement }).to_string())
        .collect();
    judged.sort_unstable();
    judged.iter().for_each(|j| line(j));
    for aside in ledger.set_aside()? {
        line(&serde_json::json!({ "set_aside": aside.input, "reason": aside.reason }).to_string());
    }
    Ok(())
}

/// BLAKE3 of [`dump`], in hexadecimal: equal for ledgers of equal content.
pub fn digest(ledger: &dyn Ledger) -> Result<String, LedgerError> {
    let mut hasher = blake3::Hasher::new();
    dump(ledger, &mut |line| {
        hasher.update(line.as_bytes());
        hasher.update(b"\n");
    })?;
    Ok(hasher.finalize().to_hex().to_string())
}
