//! Matches with a sanctions list, judged on the page.

use waybill::api::ask::encoded;

use crate::client::{ask, get};
use crate::fixture::{With, serve_with};
use crate::pages::{FORM, cookie, hidden};

const LIST: &str = r#"<?xml version="1.0"?><CONSOLIDATED_LIST dateGenerated="2031-01-02"><INDIVIDUALS></INDIVIDUALS><ENTITIES><ENTITY>
<FIRST_NAME>GREY HERON ARMS TRADING</FIRST_NAME><REFERENCE_NUMBER>BOe.002</REFERENCE_NUMBER></ENTITY></ENTITIES></CONSOLIDATED_LIST>"#;

#[test]
fn a_match_is_rejected_on_the_page_and_brought_back() {
    let served = serve_with(With { list: Some(LIST), ..With::default() });
    let own = format!("http://localhost:{}", served.at.port());
    let path = "/screening?name=Grey%20Heron%20Arms%20Trading%20Ltd";
    let page = get(served.at, path);
    assert!(page.body.contains("BOe.002") && page.body.contains("Someone else"), "{}", page.body);
    let (cookie, csrf) = (cookie(&page), hidden(&page.body, "csrf"));
    let send = |verdict: &str, csrf: &str, subject: &str| {
        let body =
            format!("csrf={csrf}&verdict={verdict}&subject={}&back={}", encoded(subject), encoded(path));
        ask(served.at, "POST", "/judgements", &[FORM, ("Cookie", &cookie), ("Origin", &own)], body.as_bytes())
    };
    let subject = hidden(&page.body, "subject");
    assert_eq!(send("reject", "0", &subject).code(), "cross-site");
    let kept = send("reject", &csrf, &subject);
    assert_eq!((kept.status, kept.header("location")), (303, path), "{kept:?}");
    let page = get(served.at, path).body;
    assert!(page.contains("(judged to be someone else)") && page.contains("Undo"), "{page}");
    // Another name is another question.
    let other = get(served.at, "/screening?name=Grey%20Heron%20Arms").body;
    assert!(other.contains("BOe.002") && !other.contains("judged to be"), "{other}");
    assert_eq!(send("undo", &csrf, &subject).status, 303);
    let page = get(served.at, path).body;
    assert!(page.contains("Someone else") && !page.contains("judged to be"), "{page}");
    assert_eq!(send("reject", &csrf, "un/none ~ grey heron").status, 404);
}
