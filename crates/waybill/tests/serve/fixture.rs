//! A small ledger with a contested deal and a hostile article, and a server over it.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ledger::{Coding, CodingKey, Entry, Ledger, Outcome, SqliteLedger};
use model::{
    ActorRef, Block, BlockKind, Category, Claim, Document, Evidence, Factuality, Goods, Kind, Source, Span,
    Stage,
};
use tempfile::TempDir;
use waybill::pipeline::{Coder, Timings};
use waybill::serve::{Options, Role, Server, Tokens, token_file};

/// What an article may bring along: markup, handlers, broken tags, overrides of direction.
pub(crate) const HOSTILE: &str = "</title><script>alert(1)</script><img src=x onerror=alert(2)> \u{202e}desrever\u{2066} \
    \"'><svg/onload=alert(3)> javascript:alert(4) {{7*7}} <!-- ]]>";

/// A document of one paragraph; `text` begins with its title.
pub(crate) fn document(name: &str, day: &str, publisher: &str, lines: [&str; 2]) -> Document {
    let text = lines.join("\n");
    let first = lines[0].len();
    let blocks = vec![
        Block { kind: BlockKind::Headline, span: Span::new(0, first) },
        Block { kind: BlockKind::Paragraph, span: Span::new(first + 1, text.len()) },
    ];
    Document {
        doc: name.to_owned(),
        url: Some(format!("https://paper.example/{name}")),
        publisher: Some(publisher.to_owned()),
        title: Some(lines[0].to_owned()),
        published: Some(day.to_owned()),
        language: Some("en".to_owned()),
        hash: blake3::hash(text.as_bytes()).to_hex().to_string(),
        text,
        blocks,
        ..Document::default()
    }
}

/// A claim that `supplier` supplied `recipient`, by the whole of the second line.
pub(crate) fn transfer(
    d: &Document,
    parties: (&str, &str),
    far: (Stage, Factuality),
    speaker: &str,
) -> Claim {
    let line = d.blocks[1].span;
    let actor = |id: &str| vec![ActorRef { id: id.to_owned(), text: id.to_owned(), span: line }];
    let goods = Goods {
        text: "howitzers".to_owned(),
        category: Category::Artillery,
        quantity: Some("40".to_owned()),
        min: Some(40),
        max: Some(40),
        span: line,
    };
    Claim {
        supplier: actor(parties.0),
        recipient: actor(parties.1),
        goods: vec![goods],
        stage: Some(far.0),
        factuality: far.1,
        source: Source { speaker: speaker.to_owned(), ..Source::author() },
        evidence: vec![Evidence { text: line.of(&d.text).to_owned(), span: line, block: 1 }],
        ..Claim::new(Kind::Transfer)
    }
}

/// A document with its claims as it is stored.
pub(crate) fn entry(document: Document, claims: Vec<Claim>) -> Entry {
    let key = CodingKey { codebook: "c".to_owned(), model: "m".to_owned() };
    let coding = Coding { key, outcome: Outcome::Coded, claims, notes: Vec::new() };
    Entry::Document { document: Box::new(document), coding }
}

fn entries() -> Vec<Entry> {
    let agreed = document(
        "sale",
        "2031-05-02",
        "The Paper",
        ["Borduria sells guns", "Borduria has agreed to sell 40 howitzers to Syldavia, Ada Poe said."],
    );
    let denied = document(
        "denial",
        "2031-05-09",
        "The Gazette",
        ["Syldavia denies it", "Syldavia has never bought howitzers from Borduria, Ben Roe said."],
    );
    let hostile = document("hostile", "2031-05-10", HOSTILE, [HOSTILE, HOSTILE]);
    let claims = [
        transfer(&agreed, ("BOR", "SYL"), (Stage::Agreed, Factuality::Certain), "Ada Poe"),
        transfer(&denied, ("BOR", "SYL"), (Stage::Agreed, Factuality::Denied), "Ben Roe"),
        transfer(&hostile, (HOSTILE, "SYL"), (Stage::Delivered, Factuality::Certain), HOSTILE),
    ];
    let documents = [agreed, denied, hostile];
    documents.into_iter().zip(claims).map(|(d, c)| entry(d, vec![c])).collect()
}

/// Codes nothing: what is handed in through the API is kept without claims, but for one word that makes it fail.
struct Blind;

impl Coder for Blind {
    fn key(&self) -> CodingKey {
        CodingKey { codebook: "c".to_owned(), model: "m".to_owned() }
    }

    fn code(&self, _document: &Document, _timings: &Timings) -> Coding {
        Coding { key: self.key(), outcome: Outcome::NotRelevant, claims: Vec::new(), notes: Vec::new() }
    }
}

/// A server over a ledger of its own; it ends with this.
pub(crate) struct Served {
    pub(crate) at: SocketAddr,
    pub(crate) ledger: PathBuf,
    stop: Option<tokio::sync::oneshot::Sender<()>>,
    thread: Option<std::thread::JoinHandle<()>>,
    _folder: TempDir,
}

/// How a test's server differs from the usual one.
#[derive(Clone, Copy)]
pub(crate) struct With {
    pub(crate) require_token: bool,
    pub(crate) per_second: u32,
    pub(crate) allow_private: &'static [&'static str],
    /// A sanctions list that is installed.
    pub(crate) list: Option<&'static str>,
}

impl Default for With {
    fn default() -> Self {
        With { require_token: false, per_second: 100_000, allow_private: &[], list: None }
    }
}

/// Serves the small ledger.
pub(crate) fn serve() -> Served {
    serve_with(With::default())
}

/// Serves the small ledger in another way.
pub(crate) fn serve_with(with: With) -> Served {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    SqliteLedger::open(&path).unwrap().store(&entries(), "2031-06-01T00:00:00Z").unwrap();
    if with.require_token {
        token(&path, Role::Reader);
    }
    if let Some(list) = with.list {
        let file = folder.path().join("un.xml");
        std::fs::write(&file, list).unwrap();
        waybill::lists::add(file.to_str().unwrap(), &folder.path().join("lists"), "2031-06-01T00:00:00Z")
            .unwrap();
    }
    let options = Options {
        ledger: path.clone(),
        listen: "127.0.0.1:0".parse().unwrap(),
        hosts: Vec::new(),
        require_token: with.require_token,
        per_second: with.per_second,
        readers: 2,
        jobs: 1,
        lists: with.list.map(|_| folder.path().join("lists")),
        coder: Box::new(|| Ok(Box::new(Blind))),
        allow_private: with.allow_private.iter().map(|host| (*host).to_owned()).collect(),
        log: Box::new(|_| {}),
    };
    let (told, address) = std::sync::mpsc::channel();
    let (stop, stopped) = tokio::sync::oneshot::channel();
    let thread = std::thread::spawn(move || {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        runtime.block_on(async {
            let server = Server::bind(options).await.unwrap();
            told.send(server.address().unwrap()).unwrap();
            server.run(async { drop(stopped.await) }).await;
        });
    });
    let at = address.recv().unwrap();
    Served { at, ledger: path, stop: Some(stop), thread: Some(thread), _folder: folder }
}

impl Served {
    /// Tells the server to stop, and waits until it has.
    pub(crate) fn stop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            thread.join().unwrap();
        }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        drop(self.stop.take());
    }
}

/// A new token for a ledger.
pub(crate) fn token(ledger: &Path, role: Role) -> String {
    let mut tokens = Tokens::open(&token_file(ledger)).unwrap();
    tokens.create(&format!("desk {}", role.as_str()), role, "2031-01-01T00:00:00Z").unwrap().1
}

/// The same on several threads at once.
pub(crate) fn at_once(threads: usize, work: impl Fn(usize) + Send + Sync + 'static) {
    let work = Arc::new(work);
    let all: Vec<_> = (0..threads)
        .map(|n| {
            let work = Arc::clone(&work);
            std::thread::spawn(move || work(n))
        })
        .collect();
    all.into_iter().for_each(|thread| thread.join().unwrap());
}
