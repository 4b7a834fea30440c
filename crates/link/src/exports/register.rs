//! Deals as rows in the column order of the SIPRI Arms Transfers Database's trade register.

use model::{Factuality, Stage};

use super::values;
use crate::deals::{Deal, Event};

/// The columns, in order.
pub const COLUMNS: [&str; 9] = [
    "supplier",
    "recipient",
    "number",
    "designation",
    "category",
    "year of order",
    "years of delivery",
    "status",
    "comments",
];

/// Deals as CSV with a head line. As in the register, an uncertain value stands in brackets.
///
/// Parties are uncertain where no source is sure of any stage, or one denies what another asserts; a number also where
/// the sources differ or give a range; a year where no source is sure of what happened in it. What nobody tells is
/// empty.
pub fn register(deals: &[Deal]) -> Result<String, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(COLUMNS)?;
    for deal in deals {
        writer.write_record(row(deal))?;
    }
    let bytes = writer.into_inner().map_err(|e| e.into_error())?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn row(deal: &Deal) -> [String; 9] {
    let certain = |e: &Event| e.factuality == Factuality::Certain && !e.withdrawn;
    let sure = deal.history.iter().any(certain) && !deal.flags.contested;
    let side = |side: &Option<String>| match side {
        Some(name) => bracket(name.clone(), sure),
        None => "Unknown".to_owned(),
    };
    let numbers = values(deal, "quantity");
    let orders = years(deal, &[Stage::Agreed, Stage::Authorised]);
    let deliveries = years(deal, &[Stage::Shipped, Stage::Delivered, Stage::Used]);
    [
        side(&deal.supplier),
        side(&deal.recipient),
        bracket(numbers.join("; "), sure && numbers.len() < 2 && !numbers.iter().any(|n| n.contains(".."))),
        values(deal, "goods").join("; "),
        deal.category.to_string(),
        years_cell(&orders),
        years_cell(&deliveries),
        format!("{} ({})", deal.stage, deal.factuality),
        comments(deal),
    ]
}

fn bracket(value: String, sure: bool) -> String {
    if sure || value.is_empty() { value } else { format!("({value})") }
}

/// The years in which sources say that one of the stages was reached, each with whether one is sure of it.
fn years(deal: &Deal, stages: &[Stage]) -> Vec<(String, bool)> {
    let mut years: Vec<(String, bool)> = Vec::new();
    let holds = |e: &&Event| {
        matches!(e.factuality, Factuality::Certain | Factuality::Probable | Factuality::Possible)
    };
    for event in deal.history.iter().filter(|e| !e.withdrawn && stages.contains(&e.stage)).filter(holds) {
        let Some(year) = event.day.as_ref().and_then(|day| day.get(..4)) else { continue };
        let sure = event.factuality == Factuality::Certain;
        match years.iter_mut().find(|(known, _)| known == year) {
            Some(known) => known.1 |= sure,
            None => years.push((year.to_owned(), sure)),
        }
    }
    years.sort();
    years
}

fn years_cell(years: &[(String, bool)]) -> String {
    let cells: Vec<String> = years.iter().map(|(year, sure)| bracket(year.clone(), *sure)).collect();
    cells.join("; ")
}

fn comments(deal: &Deal) -> String {
    let mut parts = vec![format!(
        "{} documents, {} independent sources: {}",
        deal.docs.len(),
        deal.independent_sources(),
        deal.states.iter().map(|state| state.source.as_str()).collect::<Vec<_>>().join("; ")
    )];
    for (set, words) in [
        (deal.flags.contested, "contested"),
        (deal.flags.retracted, "retracted"),
        (deal.flags.no_evidence, "a source has no evidence of it"),
        (deal.flags.conditional_only, "conditional only"),
    ] {
        if set {
            parts.push(words.to_owned());
        }
    }
    for slot in ["price", "via", "by"] {
        let found = values(deal, slot);
        if !found.is_empty() {
            parts.push(format!("{slot}: {}", found.join("; ")));
        }
    }
    parts.push(deal.id.clone());
    parts.join(". ")
}

#[cfg(test)]
mod tests {
    use crate::deals::{deals, tests::all};

    #[test]
    fn writes_rows() {
        let found = deals(
            &all(&[
                "a 2030-05-01 Lys Post | Ana Tessel | NOR→VER drones agreed certain",
                "b 2031-01-20 Odrin Daily | Ben Aro | NOR→VER drones delivered probable",
                "c 2030-05-01 Odrin Daily | author | -→SOR ships sought possible",
            ]),
            &[],
        );
        let ids: Vec<&str> = found.iter().map(|deal| deal.id.as_str()).collect();
        let text = super::register(&found).unwrap().replace(ids[0], "ID1").replace(ids[1], "ID2");
        insta::assert_snapshot!(text, @r#"
        supplier,recipient,number,designation,category,year of order,years of delivery,status,comments
        Unknown,(SOR),,ships,ships,,,sought (possible),"1 documents, 1 independent sources: Odrin Daily. ID1"
        NOR,VER,,drones,drones,2030,(2031),delivered (probable),"2 documents, 2 independent sources: Ana Tessel; Ben Aro. ID2"
        "#);
    }
}
