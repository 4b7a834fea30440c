use model::BlockKind;

use super::*;

const PAGE: &str = r#"<!DOCTYPE html><html lang="en-GB"><head><title>Freighter leaves with crates - Harbour Post</title>
<meta property="og:site_name" content="Harbour Post"><link rel="canonical" href="https://news.example/a/1">
<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":"Harbour Post"},
{"@type":"NewsArticle","headline":"Freighter leaves with crates","datePublished":"2031-03-04T22:10:00-05:00",
"author":[{"@type":"Person","name":"Ada Example"},{"@type":"Person","name":"Bo Example"}],"publisher":{"name":"Harbour Post"}}]}</script>
</head><body><div id="cookie-banner" class="cookie consent"><p>We use cookies to make this site better. <button>Accept</button></p></div>
<nav><ul><li><a href="/">Home</a></li><li><a href="/sea">Sea</a></li></ul></nav>
<article><h1>Freighter leaves with crates</h1><p class="byline">By Ada Example</p>
<p>The freighter Blue Heron left the northern quay on Monday with eleven crates, the harbour master said, and he had
seen no papers for any of them.</p>
<figure><img src="a.jpg" alt="A crane"><figcaption>A crane at the northern quay.</figcaption></figure>
<p>The council, which meets on Friday, wants to know what was in the crates, who had bought it, and where it went.</p>
<h2>What the customs office found</h2>
<ul><li>Two crates were opened in February.</li><li>Both held machine parts, the office said.</li></ul>
<div class="newsletter-signup"><p>Get the best of the harbour in your inbox every week.</p></div>
<p>"We have nothing to add," a spokesman for the customs office said when he was asked about the other nine crates.</p>
<table><tr><th>Crate</th><th>Opened</th></tr><tr><td>1</td><td>yes</td></tr></table>
<p>A second ship, with crates of the same size, is expected at the quay before the end of the month, he said.</p>
<div class="related"><h3>Related</h3><ul><li><a href="/b">Council meets</a></li><li><a href="/c">Crane breaks</a></li></ul></div>
</article><footer><p>© 2031 Harbour Post</p></footer></body></html>"#;

fn of_kind(doc: &Document, kind: BlockKind) -> Vec<&str> {
    doc.blocks.iter().filter(|b| b.kind == kind).map(|b| doc.block_text(b)).collect()
}

#[test]
fn a_page_with_clutter() {
    let doc = document(PAGE, Some("a"), Draft::default());
    assert_eq!(doc.title.as_deref(), Some("Freighter leaves with crates"));
    assert_eq!(doc.publisher.as_deref(), Some("Harbour Post"));
    assert_eq!(doc.author.as_deref(), Some("Ada Example, Bo Example"));
    assert_eq!(doc.published.as_deref(), Some("2031-03-04"));
    assert_eq!(doc.url.as_deref(), Some("https://news.example/a/1"));
    assert_eq!(doc.language.as_deref(), Some("en"));
    assert_eq!(
        of_kind(&doc, BlockKind::Headline),
        ["Freighter leaves with crates", "What the customs office found"]
    );
    assert_eq!(of_kind(&doc, BlockKind::Caption), ["A crane at the northern quay."]);
    let bullets = of_kind(&doc, BlockKind::Bullet);
    assert_eq!(bullets, ["Two crates were opened in February.", "Both held machine parts, the office said."]);
    let story = of_kind(&doc, BlockKind::Paragraph);
    assert_eq!(story.len(), 4, "{story:#?}");
    assert!(story[0].starts_with("The freighter Blue Heron"));
    assert!(story[3].ends_with("he said."));
}

#[test]
fn a_short_statement() {
    let page = "<html><body><nav><a href=/>Home</a></nav><main><h1>Statement on the Blue Heron</h1>\
        <p>The ministry has granted no licence for the goods.</p><p>It has no further comment.</p></main></body></html>";
    let doc = document(page, Some("a"), Draft::default());
    assert_eq!(
        doc.text,
        "Statement on the Blue Heron\nThe ministry has granted no licence for the goods.\nIt has no further comment."
            .replacen("Heron\n", "Heron\nStatement on the Blue Heron\n", usize::from(doc.blocks.len() == 4)),
    );
    assert_eq!(of_kind(&doc, BlockKind::Paragraph).len(), 2);
    assert_eq!(of_kind(&doc, BlockKind::Headline).len(), 1);
    assert_eq!(doc.published, None);
}

#[test]
fn dates_of_time_elements() {
    let date = |body: &str| {
        let page = format!("<html><body>{body}</body></html>");
        document(&page, None, Draft::default()).published
    };
    assert_eq!(
        date("<article><time datetime=\"2031-05-06\">May</time><p>The ship left.</p></article>").as_deref(),
        Some("2031-05-06")
    );
    assert_eq!(
        date("<p>The ship left.</p><time datetime=\"2031-05-06\"></time>").as_deref(),
        Some("2031-05-06")
    );
    let two =
        "<p>The ship left.</p><time datetime=\"2031-05-06\"></time><time datetime=\"2031-05-07\"></time>";
    assert_eq!(date(two), None);
}

#[test]
fn breaks_make_paragraphs() {
    let page = "<html><body><div>The ship left on Monday.<br><br>It carried eleven crates<br>and grain.<br>- One point<br>- Two \
                points</div></body></html>";
    let doc = document(page, Some("a"), Draft::default());
    assert_eq!(
        doc.text,
        "The ship left on Monday.\nIt carried eleven crates and grain.\n- One point\n- Two points"
    );
}

#[test]
fn deep_nesting_is_read_as_text() {
    let page = format!(
        "<html><body>{}The ship left.{}</body></html>",
        "<div>".repeat(50_000),
        "</div>".repeat(50_000)
    );
    assert_eq!(document(&page, Some("a"), Draft::default()).text, "The ship left.");
}
