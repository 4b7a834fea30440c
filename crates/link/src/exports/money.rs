//! Deals as entities of FollowTheMoney, the data model of OpenSanctions and Aleph.

use std::collections::BTreeMap;

use serde::Serialize;

use super::values;
use crate::actors::is_state;
use crate::deals::Deal;
use crate::ids::id;

/// One entity: schema, identifier and properties, each with all its values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entity {
    id: String,
    schema: &'static str,
    properties: BTreeMap<&'static str, Vec<String>>,
}

/// The entities of deals, each once, in order of identifier.
///
/// A deal is a `Contract`, who receives it the `authority`; a `ContractAward` ties it to its `supplier`. Every
/// independent source is an entity, and a `Documentation` ties each document to the contract. States are `PublicBody`
/// with a country; other actors are `LegalEntity`, since the text does not always tell a person from a firm.
pub fn follow_the_money(deals: &[Deal]) -> Vec<Entity> {
    let mut entities: BTreeMap<String, Entity> = BTreeMap::new();
    for deal in deals {
        for entity in of_deal(deal) {
            entities.entry(entity.id.clone()).or_insert(entity);
        }
    }
    entities.into_values().collect()
}

fn of_deal(deal: &Deal) -> Vec<Entity> {
    let contract = format!("waybill-{}", deal.id);
    let mut found = Vec::new();
    let mut properties: Vec<(&'static str, Vec<String>)> = vec![
        ("title", vec![title(deal)]),
        ("classification", vec![deal.category.to_string()]),
        ("status", vec![format!("{} ({})", deal.stage, deal.factuality)]),
        ("description", owned(values(deal, "goods"))),
        ("startDate", deal.days.0.iter().cloned().collect()),
        ("endDate", deal.days.1.iter().cloned().collect()),
        ("summary", vec![summary(deal)]),
    ];
    if let Some(recipient) = &deal.recipient {
        let actor = actor(recipient);
        properties.push(("authority", vec![actor.id.clone()]));
        found.push(actor);
    }
    found.push(entity(contract.clone(), "Contract", properties));
    if let Some(supplier) = &deal.supplier {
        let actor = actor(supplier);
        found.push(entity(
            format!("{contract}-award"),
            "ContractAward",
            vec![
                ("contract", vec![contract.clone()]),
                ("supplier", vec![actor.id.clone()]),
                ("status", vec![format!("{} ({})", deal.stage, deal.factuality)]),
                ("amount", owned(values(deal, "price"))),
            ],
        ));
        found.push(actor);
    }
    for doc in &deal.docs {
        let document = id("waybill-doc-", &[doc]);
        found.push(entity(document.clone(), "Document", vec![("title", vec![doc.clone()])]));
        let link = id("waybill-said-", &[&contract, doc]);
        let who: Vec<String> = deal
            .states
            .iter()
            .filter(|state| state.docs.contains(doc))
            .map(|state| state.source.clone())
            .collect();
        found.push(entity(
            link,
            "Documentation",
            vec![("document", vec![document]), ("entity", vec![contract.clone()]), ("role", who)],
        ));
    }
    found
}

fn actor(name: &str) -> Entity {
    if is_state(name) {
        let country =
            COUNTRIES.split_whitespace().find_map(|pair| pair.strip_prefix(name)).map(str::to_owned);
        let properties = vec![("name", vec![name.to_owned()]), ("country", country.into_iter().collect())];
        return entity(id("waybill-actor-", &[name]), "PublicBody", properties);
    }
    entity(id("waybill-actor-", &[name]), "LegalEntity", vec![("name", vec![name.to_owned()])])
}

/// ISO 3166-1: alpha-3 and, after it, alpha-2, which FollowTheMoney writes in lower case.
const COUNTRIES: &str = "\
    AFGaf ALBal DZAdz ANDad AGOao ATGag ARGar ARMam AUSau AUTat AZEaz BHSbs BHRbh BGDbd BRBbb BLRby BELbe BLZbz BENbj \
    BTNbt BOLbo BIHba BWAbw BRAbr BRNbn BGRbg BFAbf BDIbi CPVcv KHMkh CMRcm CANca CAFcf TCDtd CHLcl CHNcn COLco COMkm \
    COGcg CODcd CRIcr CIVci HRVhr CUBcu CYPcy CZEcz DNKdk DJIdj DMAdm DOMdo ECUec EGYeg SLVsv GNQgq ERIer ESTee SWZsz \
    ETHet FJIfj FINfi FRAfr GABga GMBgm GEOge DEUde GHAgh GRCgr GRDgd GTMgt GINgn GNBgw GUYgy HTIht HNDhn HUNhu ISLis \
    INDin IDNid IRNir IRQiq IRLie ISRil ITAit JAMjm JPNjp JORjo KAZkz KENke KIRki PRKkp KORkr KWTkw KGZkg LAOla LVAlv \
    LBNlb LSOls LBRlr LBYly LIEli LTUlt LUXlu MDGmg MWImw MYSmy MDVmv MLIml MLTmt MHLmh MRTmr MUSmu MEXmx FSMfm MDAmd \
    MCOmc MNGmn MNEme MARma MOZmz MMRmm NAMna NRUnr NPLnp NLDnl NZLnz NICni NERne NGAng MKDmk NORno OMNom PAKpk PLWpw \
    PSEps PANpa PNGpg PRYpy PERpe PHLph POLpl PRTpt QATqa ROUro RUSru RWArw KNAkn LCAlc VCTvc WSMws SMRsm STPst SAUsa \
    SENsn SRBrs SYCsc SLEsl SGPsg SVKsk SVNsi SLBsb SOMso ZAFza SSDss ESPes LKAlk SDNsd SURsr SWEse CHEch SYRsy TWNtw \
    TJKtj TZAtz THAth TLStl TGOtg TONto TTOtt TUNtn TURtr TKMtm TUVtv UGAug UKRua AREae GBRgb USAus URYuy UZBuz VUTvu \
    VATva VENve VNMvn YEMye ZMBzm ZWEzw XKXxk HKGhk MACmo GRLgl";

fn entity(id: String, schema: &'static str, properties: Vec<(&'static str, Vec<String>)>) -> Entity {
    let properties = properties.into_iter().filter(|(_, values)| !values.is_empty()).collect();
    Entity { id, schema, properties }
}

fn owned(values: Vec<&str>) -> Vec<String> {
    values.into_iter().map(str::to_owned).collect()
}

fn title(deal: &Deal) -> String {
    let side = |side: &Option<String>| side.clone().unwrap_or_else(|| "unknown".to_owned());
    format!("{} to {}: {}", side(&deal.supplier), side(&deal.recipient), deal.category)
}

fn summary(deal: &Deal) -> String {
    let mut summary = format!("{} documents, {} independent sources", deal.docs.len(), deal.states.len());
    let flags = deal.flags;
    for (set, words) in [
        (flags.contested, "contested"),
        (flags.retracted, "retracted"),
        (flags.no_evidence, "no evidence, says a source"),
        (flags.conditional_only, "conditional only"),
    ] {
        if set {
            summary.push_str("; ");
            summary.push_str(words);
        }
    }
    summary
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deals::{deals, tests::all};

    #[test]
    fn ties_a_deal_to_its_parties_and_documents() {
        let found = deals(
            &all(&[
                "a 2030-05-01 Lys Post | Ana Tessel | Norrland Dynamics→NOR drones agreed certain",
                "b 2030-05-02 Odrin Daily | Ana Tessel | Norrland Dynamics→NOR drones agreed certain",
            ]),
            &[],
        );
        let entities = follow_the_money(&found);
        let mut schemas: Vec<&str> = entities.iter().map(|e| e.schema).collect();
        schemas.sort_unstable();
        assert_eq!(
            schemas,
            [
                "Contract",
                "ContractAward",
                "Document",
                "Document",
                "Documentation",
                "Documentation",
                "LegalEntity",
                "PublicBody"
            ]
        );
        let by_schema = |schema: &str| entities.iter().find(|e| e.schema == schema).unwrap();
        let award = by_schema("ContractAward");
        assert_eq!(award.properties["contract"], [by_schema("Contract").id.as_str()]);
        assert_eq!(award.properties["supplier"], [by_schema("LegalEntity").id.as_str()]);
        let line = crate::exports::json_lines(&[by_schema("PublicBody")]).unwrap();
        assert!(line.ends_with(
            "\"schema\":\"PublicBody\",\"properties\":{\"country\":[\"no\"],\"name\":[\"NOR\"]}}\n"
        ));
    }
}
