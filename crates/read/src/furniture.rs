//! What a page says around the story: prompts, buttons, related links, addresses, captions, credits.
//!
//! General rules on one line each; nothing here knows a certain site.

use std::sync::LazyLock;

use regex::{Regex, bytes};

use crate::dates;

/// Longest line, in bytes, that can be a prompt or a link. Cookie banners may be longer.
const MAX_PROMPT: usize = 220;
/// Longest caption, in bytes.
const MAX_CAPTION: usize = 500;

/// Lines that are furniture where they start so.
static STARTS: LazyLock<bytes::RegexSet> = LazyLock::new(|| {
    set(&[
        r"(?i)^(?:read|see|explore)\s+(?:related|also|next|our|the full|in full)\b",
        r"(?i)^(?:read|see|explore)\s+more(?:\s*(?:[:|>]|»|→|…).*|\s+(?:about|on|at|here|from|of our|in our|stories|news)\b.*|\.{0,3})$",
        r"(?i)^(?:also read|more from|more on this|more in\b|related\s*:|related (?:topics?|stories|story|articles?|news|links?|content|coverage|posts?|reading)\b)",
        r"(?i)^(?:you (?:may|might) (?:also )?(?:like|be interested)|recommended|most (?:read|popular|viewed|shared)|trending|up next|editors'? picks?|don't miss|latest news|top stories)\b",
        r"(?i)^(?:advertisement|advertising|sponsored|promoted|paid content)\b.{0,60}$",
        r"(?i)^(?:sign up|subscribe|sign in|log ?in|log ?out|logout|register (?:now|for|to|here)|create (?:a|an|your) (?:free )?account|already (?:a|have an?) (?:subscriber|member|account)|don't have an account|start your free|become a (?:member|subscriber)|get (?:the|our) (?:latest|newsletter|app|best)|unlock (?:this|full))\b",
        r"(?i)^(?:add (?:your|a) comment|join the (?:conversation|discussion|debate)|to join the conversation|leave a (?:comment|reply)|post a comment|(?:view|show|read|see) (?:all )?(?:\d+ )?comments|comments? ?\(\d+\)|\d+ comments?\b|comments are (?:closed|moderated)|report a? ?comment|have your say|what do you think\?|be the first to comment|you are commenting as)",
        r"(?i)^(?:share (?:this|on|via|with|to)|tweet this|email (?:this|to a friend)|print this|copy (?:the )?link|save (?:this|for later)|send (?:this|via)|follow (?:us|@)|find us on|like us on|listen to this|watch (?:live|now|the video|more)|play (?:video|audio))\b",
        r"(?i)^(?:original|source|full|short|canonical)?[ _]?(?:url|uri|link|permalink|source_uri|web address)\s*[:=]\s*\S",
        r"(?i)^(?:skip to|back to (?:top|home|news)|go to|jump to|return to (?:top|home)|next (?:article|story|post|page)|previous (?:article|story|post|page)|continue reading|(?:story|article) continues (?:below|after)|load more|show (?:more|less)|scroll (?:down|for))\b.{0,80}$",
        r"(?i)^(?:click|tap|press) (?:here|below|on|the)\b",
        r"(?i)^(?:we(?: and our partners)? use cookies|this (?:web)?site uses cookies|by (?:continuing|clicking|using|signing up)|cookie (?:policy|settings|preferences|notice)|accept (?:all|cookies)|manage (?:cookies|preferences|consent)|your privacy)\b",
        r"(?i)^(?:privacy policy|terms (?:of|and)|all rights reserved|copyright\b|©|\(c\)\s*\d{4})",
        r"(?i)^(?:if you (?:have|know) (?:a|any) (?:tip|story|correction)|got a tip|contact (?:us|the (?:author|editor|newsroom))|(?:media|press) (?:contacts?|enquir|inquir)|contacts?\s*:|for (?:more|further|media|press) (?:information|enquiries|inquiries|queries),? (?:please )?(?:contact|call|visit|email))",
        r"(?i)^(?:for immediate release|for release|embargoed until|press release\s*$)",
        r"(?i)^(?:last )?(?:updated|modified|published|posted|first published)\s*(?::|on|at|\d|an?\b)",
        r"(?i)^(?:about the (?:author|writer|office)|the author is\b.{0,80}$|this article (?:was|is) (?:originally|first|also) (?:published|appeared)|originally published)",
        r"(?i)\b(?:please )?(?:log ?in|sign ?in|subscribe|register) (?:or|and|to) (?:log ?in|sign ?in|sign ?up|subscribe|register|join|create|comment|read|continue)\b",
        r"(?i)^\(?(?:additional )?(?:reporting|writing|editing)(?: and (?:reporting|writing|editing))? by\b",
        r"(?i)^(?:download|install) (?:the|our) app\b",
        r"(?i)^(?:filed under|tags?|topics?|keywords?|categories|category|section)\s*:",
        r"(?i)^https?://\S+$",
        r"(?i)^(?:#\s?){2,}#*$|^-?#+-?$|^-\s?30\s?-$|^\[?(?:ends?|end of (?:release|statement))\]?\.?$",
        r"(?i)^\w+_\w+\s*:",
        r"(?i)^portal:\S.*\d{4}",
        r"(?i)^\[\[?(?:page|pages)\b.*\]$|^\[(?:pages?|senate|house|extensions of remarks|congressional record)\b.*\]$",
        r"(?i)^(?:story|photos?|words|text) by\b.{0,80}$",
        r"(?i)^share\s*$|^(?:min|minutes?)\s+read$|^\d+\s*-?\s*min(?:ute)?s?\s+read\b",
    ])
});

/// Words that make up rows of buttons.
const BUTTONS: &[&str] = &[
    "share",
    "save",
    "print",
    "email",
    "e-mail",
    "tweet",
    "facebook",
    "twitter",
    "x",
    "whatsapp",
    "linkedin",
    "reddit",
    "telegram",
    "copy",
    "link",
    "comment",
    "comments",
    "like",
    "reply",
    "follow",
    "login",
    "logout",
    "log",
    "in",
    "out",
    "register",
    "subscribe",
    "menu",
    "search",
    "home",
    "close",
    "more",
    "next",
    "previous",
    "back",
    "top",
    "advertisement",
    "ad",
    "gift",
    "messenger",
    "flipboard",
    "pinterest",
    "bookmark",
    "listen",
    "text",
    "size",
    "a",
    "a+",
    "a-",
    "|",
    "/",
    "·",
    "•",
    "and",
    "sign",
    "up",
    "read",
    "full",
    "screen",
    "play",
    "pause",
    "mute",
    "cancel",
    "ok",
    "submit",
    "yes",
    "no",
    "continue",
    "accept",
    "decline",
];

/// Parts of captions and credits.
static CAPTIONS: LazyLock<bytes::RegexSet> = LazyLock::new(|| {
    set(&[
        r"(?i)(?:^|[.\s(\[])(?:pictures?|pics?|photos?|photographs?|images?|illustrations?|graphics?|credits?|file (?:photo|picture|image)|photo(?:graph)?s? by|photo credit|image credit|picture credit)\s*(?:by|credit|:|/)\s*:?\s*\S.{0,70}$",
        r"(?i)^(?:photo|picture|image|caption|credit|photograph|graphic|map|chart|infographic|video|watch|gallery)s?\s*:",
        r"(?i)^image (?:source|caption|copyright|credit)\b",
        r"(?i)^(?:file|handout|undated)\s+(?:photo|picture|image|photograph|footage)\b",
        r"(?:^|\s)FILE\s+(?:PHOTO|PICTURE)?\s*(?:[-:]|–|—)",
        r"\((?:[A-Z][A-Za-z&.' -]{1,40}\s?[/|]\s?)?(?:AP|AFP|EPA|PA|Reuters|Getty|TASS|KCNA|Yonhap|Xinhua)?\s?(?:Photo|Photos|Images|Pictures|Handout|Pool)\b[^)]{0,60}\)\.?$",
        r"(?i)\((?:photo|image|picture|handout|courtesy|supplied|file|pool)s?\b(?: (?:by|via|courtesy|credit|from|of))?[^)]{0,80}\)\.?$",
        r"(?:Getty Images|REUTERS/[A-Z][\w.' -]+|AFP/[A-Z][\w.' -]+|AP Photo/[\w.' -]+|via Getty Images|EPA-EFE(?:/[\w.' -]+)?|Shutterstock|Alamy)\)?\.?$",
        r"[^(]\b(?:[A-Z]\S*\s){0,4}via (?:REUTERS|Reuters|AP|AFP)\.?$",
        // "(KCNA via Reuters)" after a news item names where it was read; after the words of a picture it is a credit.
        r"(?i)\b(?:photo|photograph|picture|pictured|image|footage|handout|poses?|posing|seen|looks? on)\b.*\([^()]*\bvia (?:reuters|ap|afp)\b[^()]*\)\.?$",
        r"(?i)^(?:in )?this (?:undated |file |handout )*(?:photo|picture|image|photograph)(?: (?:taken|released|provided|made|from|shows)|,)",
        r"(?i)^(?:a|an) (?:undated |file |handout )+(?:photo|picture|image|photograph)\b",
    ])
});

/// "By Jane Doe", "By Jane Doe in Valletta", "By Jane Doe and John Roe, Agency".
static BYLINE: LazyLock<Regex> = LazyLock::new(|| {
    one(r"^(?:By|BY|by)\s*:?\s+((?:[A-Z][\p{L}.'’-]*\s?){2,5}(?:(?:,| and| in| \|)\s*[A-Z][\p{L}.'’ ,-]*)*)$")
});

/// "Jane Q. Doe, Secretary of State" as a line of its own.
static NAME_AND_OFFICE: LazyLock<Regex> =
    LazyLock::new(|| one(r"^(?:[A-Z][\p{L}'’-]*\.?\s){1,3}[A-Z][\p{L}'’-]+,\s(?:[\p{L}'’-]+\s?){1,8}$"));

/// "Date: '2010-10-31'" and its like at the top of an exported file; a bare "06.28.05", which may be any of three days.
static HEADER_FIELD: LazyLock<Regex> =
    LazyLock::new(|| one(r"^[A-Z][A-Za-z]*(?:_[A-Za-z]+)*:\s*'[^']*'$|^\d{1,2}[./-]\d{1,2}[./-]\d{2,4}$"));

/// "2:06 p.m. EDT", "(The briefing was concluded at 3:09 p.m.)".
static CLOCK: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"(?i)^\(?(?:the (?:briefing|call|hearing|meeting) (?:was )?(?:concluded|ended|began) at )?\d{1,2}[:.]\d{2}(?:\s*[ap]\.?m\.?)?(?:\s+[A-Z]{2,4})?\.?\)?$",
    )
});

/// "Jane Doe is a reporter in Valletta" would be a sentence: only lines without one of these are labels.
const SENTENCE_ENDS: &[char] = &['.', '!', '?', '”', '"', '…', '。'];

/// Patterns over ASCII classes: Unicode's tables would take a third of a second to build.
fn set(patterns: &[&str]) -> bytes::RegexSet {
    let mut builder = bytes::RegexSetBuilder::new(patterns);
    builder.unicode(false).build().expect("the patterns are fixed and were tested")
}

fn one(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is fixed and was tested")
}

/// Whether the line ends as a sentence does.
pub(crate) fn ends_sentence(line: &str) -> bool {
    let line = line.trim_end_matches([')', ']', '’', '\'']);
    line.ends_with(SENTENCE_ENDS)
}

/// Whether the line is a prompt, a button, a link, an address, an end mark: nothing of the story.
pub(crate) fn is_furniture(line: &str) -> bool {
    if !line.chars().any(char::is_alphanumeric) || is_button_row(line) || CLOCK.is_match(line) {
        return true;
    }
    let banner = line.to_ascii_lowercase();
    if line.len() > MAX_PROMPT {
        return line.len() < 1200 && banner.contains("cookies") && banner.contains("consent");
    }
    is_row_of_notes(line) || STARTS.is_match(line.as_bytes()) || HEADER_FIELD.is_match(line)
}

fn is_button_row(line: &str) -> bool {
    let mut words = line.split_whitespace().map(str::to_lowercase).peekable();
    line.len() <= 80 && words.peek().is_some() && words.all(|w| BUTTONS.contains(&w.as_str()))
}

/// Whether the line is a row such as "By Ada Example · Published 3 May 2031 · 4 min read".
fn is_row_of_notes(line: &str) -> bool {
    let parts: Vec<&str> = line.split(['·', '|', '•']).map(str::trim).filter(|p| !p.is_empty()).collect();
    let is_note = |p: &&&str| {
        byline(p).is_some()
            || STARTS.is_match(p.as_bytes())
            || is_button_row(p)
            || dates::whole_line(p).is_some()
    };
    parts.len() >= 2 && line.len() <= 160 && parts.iter().filter(is_note).count() * 2 >= parts.len()
}

/// Whether the line is a picture's caption or credit.
pub(crate) fn is_caption(line: &str) -> bool {
    line.len() <= MAX_CAPTION && CAPTIONS.is_match(line.as_bytes())
}

/// The names in a byline such as "By Jane Doe in Valletta", or "By Jane Doe · 3 May 2031".
pub(crate) fn byline(line: &str) -> Option<&str> {
    let line = line.split(['·', '|', '•']).next().unwrap_or(line).trim();
    if line.len() > 120 || ends_sentence(line) {
        return None;
    }
    BYLINE.captures(line)?.get(1).map(|m| m.as_str().trim())
}

/// Whether the line says that a release follows: its headline stands below.
pub(crate) fn is_release_label(line: &str) -> bool {
    static LABEL: LazyLock<Regex> = LazyLock::new(|| {
        one(
            r"(?i)^(?:for (?:immediate )?release|press (?:release|statement)|news release|media release)\b.{0,40}$",
        )
    });
    LABEL.is_match(line)
}

/// Whether the line is a person with an office, as above a statement: "Jane Q. Doe, Minister of Trade".
pub(crate) fn is_name_and_office(line: &str) -> bool {
    line.len() <= 110 && NAME_AND_OFFICE.is_match(line)
}

/// The address that a line such as "Original URL: https://…" gives.
pub(crate) fn address(line: &str) -> Option<&str> {
    static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
        one(
            r"(?i)^(?:original|source|full|canonical)?[ _]?(?:url|uri|link|permalink)\s*[:=]\s*(https?://\S+)$",
        )
    });
    ADDRESS.captures(line)?.get(1).map(|m| m.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, want: &str) {
        let kind = match (is_furniture(line), is_caption(line)) {
            (true, _) => "furniture",
            (_, true) => "caption",
            _ => "story",
        };
        assert_eq!(kind, want, "{line}");
    }

    #[test]
    fn prompts_and_buttons() {
        for line in [
            "Read related topics: Shipping",
            "Add your comment to this story",
            "To join the conversation, please Don't have an account? Register",
            "Share on Facebook",
            "Share  Save  Print",
            "Original URL: https://news.example/a",
            "Sign up to our newsletter",
            "12 comments",
            "© 2031 Harbour Post. All rights reserved.",
            "5 min read",
            "Advertisement",
            "# # #",
            "-###-",
            "______",
            "Log in",
            "We use cookies to make this site better.",
            "Reporting by Ada Example; Editing by Bo Example",
            "FOR IMMEDIATE RELEASE",
            "3:50 P.M. EDT",
            "Skip to main content",
            "By Ada Example · Published 21 March 2031 · 4 min read",
            "To add a comment, please Log in or Register",
            "(Reporting by Ada Example; editing by Bo Example)",
            "Media contact: press@example.org",
        ] {
            check(line, "furniture");
        }
    }

    #[test]
    fn captions_and_credits() {
        for line in [
            "The freighter in the harbour. Picture: Harbour Post",
            "A crane lifts a crate (AP Photo/Ada Example)",
            "FILE PHOTO: A crane lifts a crate",
            "Workers at the yard. Photograph: Ada Example/Harbour Post",
            "Image caption, A crane lifts a crate",
            "In this photo released by the navy, a crane lifts a crate.",
            "A crane lifts a crate. REUTERS/Ada Example",
            "A convoy near the border. (Photo by Bo Example)",
        ] {
            check(line, "caption");
        }
    }

    #[test]
    fn the_story_stays() {
        for line in [
            "Share prices of the yard fell after the contract was cancelled.",
            "The ship left on Monday. (BBC)",
            "Read more than one account and the picture changes.",
            "Related charges were dropped in May.",
            "Registered in Panama, the ship was searched.",
            "Photos of the crates were shown to the council.",
            "Tags on the crates read \"machine parts\".",
            "Yes, we have seen the report.",
            "Signed contracts were found.",
            "Follow-on deliveries are due in June.",
            "QUESTION: Thank you. Can you confirm the delivery?",
        ] {
            check(line, "story");
        }
    }

    #[test]
    fn people() {
        assert_eq!(byline("By Ada Example in Valletta"), Some("Ada Example in Valletta"));
        assert_eq!(byline("By Monday the ship had left."), None);
        assert!(is_name_and_office("Ada B. Example, Minister of Trade"));
        assert!(!is_name_and_office("Ada Example, who was there, saw two ships leave."));
    }
}
