-- Format 1: documents, claims, judgements, inputs set aside.
-- `row` numbers are SQLite's own and follow the order of arrival: they never leave the ledger. `id`s follow from content.

CREATE TABLE documents (
    row         INTEGER PRIMARY KEY,
    id          TEXT NOT NULL UNIQUE,
    name        TEXT NOT NULL,            -- the first of `names`
    url         TEXT,
    publisher   TEXT,
    title       TEXT,
    author      TEXT,
    published   TEXT,                     -- day, ISO 8601
    language    TEXT,
    text        TEXT NOT NULL,
    hash        TEXT NOT NULL,            -- BLAKE3 of `text`
    ingested_at TEXT NOT NULL             -- RFC 3339
) STRICT;
CREATE INDEX documents_by_url ON documents (url) WHERE url IS NOT NULL;
CREATE INDEX documents_by_name ON documents (name);
CREATE INDEX documents_by_published ON documents (published, name);
CREATE INDEX documents_by_hash ON documents (hash);

CREATE TABLE names (
    document INTEGER NOT NULL REFERENCES documents,
    name     TEXT NOT NULL,
    PRIMARY KEY (document, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX names_by_name ON names (name);

CREATE TABLE blocks (
    document INTEGER NOT NULL REFERENCES documents,
    number   INTEGER NOT NULL,
    kind     TEXT NOT NULL,
    start    INTEGER NOT NULL,            -- bytes of `documents.text`
    "end"    INTEGER NOT NULL,
    PRIMARY KEY (document, number)
) STRICT, WITHOUT ROWID;

-- What was made of a document, and under which codebook and model: the newest coding only, for it can be made again.
CREATE TABLE codings (
    document INTEGER PRIMARY KEY REFERENCES documents,
    codebook TEXT NOT NULL,
    model    TEXT NOT NULL,
    outcome  TEXT NOT NULL,
    notes    TEXT NOT NULL,               -- JSON
    coded_at TEXT NOT NULL
) STRICT;
CREATE INDEX codings_by_key ON codings (codebook, model);

CREATE TABLE claims (
    row         INTEGER PRIMARY KEY,
    id          TEXT NOT NULL UNIQUE,
    document    INTEGER NOT NULL REFERENCES documents,
    position    INTEGER NOT NULL,         -- first byte of evidence
    kind        TEXT NOT NULL,
    stage       TEXT,
    action      TEXT,
    factuality  TEXT NOT NULL,
    speaker     TEXT NOT NULL,
    affiliation TEXT,
    starts      TEXT,                     -- first and last day of the event
    ends        TEXT,
    body        TEXT NOT NULL,            -- the claim as JSON, without empty slots
    words       TEXT NOT NULL             -- evidence and slots, for search
) STRICT;
CREATE INDEX claims_by_document ON claims (document, position);
CREATE INDEX claims_by_kind ON claims (kind, stage);

CREATE TABLE evidence (
    claim   INTEGER NOT NULL REFERENCES claims,
    number  INTEGER NOT NULL,
    block   INTEGER NOT NULL,
    start   INTEGER NOT NULL,             -- bytes of `documents.text`
    "end"   INTEGER NOT NULL,
    char_start INTEGER NOT NULL,          -- the same in Unicode scalar values, as the exports give it
    char_end   INTEGER NOT NULL,
    PRIMARY KEY (claim, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE actors (
    row INTEGER PRIMARY KEY,
    id  TEXT NOT NULL UNIQUE              -- ISO 3166-1 alpha-3 code of a state, or a name
) STRICT;
CREATE INDEX actors_by_folded_id ON actors (id COLLATE NOCASE);

CREATE TABLE claim_actors (
    actor  INTEGER NOT NULL REFERENCES actors,
    slot   TEXT NOT NULL,                 -- supplier, recipient, via, by, imposer, target, actor, parties
    claim  INTEGER NOT NULL REFERENCES claims,
    PRIMARY KEY (actor, slot, claim)
) STRICT, WITHOUT ROWID;
CREATE INDEX claim_actors_by_claim ON claim_actors (claim);

CREATE TABLE claim_goods (
    category TEXT NOT NULL,
    claim    INTEGER NOT NULL REFERENCES claims,
    PRIMARY KEY (category, claim)
) STRICT, WITHOUT ROWID;
CREATE INDEX claim_goods_by_claim ON claim_goods (claim);

-- What people hold of claims, documents, deals, actors. Only ever added to.
CREATE TABLE judgements (
    number       INTEGER PRIMARY KEY AUTOINCREMENT,
    subject_kind TEXT NOT NULL,
    subject      TEXT NOT NULL,
    verdict      TEXT NOT NULL,
    detail       TEXT NOT NULL,           -- JSON
    author       TEXT NOT NULL,
    reason       TEXT,
    at           TEXT NOT NULL
) STRICT;
CREATE INDEX judgements_by_subject ON judgements (subject_kind, subject);

CREATE TABLE set_aside (
    input     TEXT PRIMARY KEY,
    path      TEXT,
    reason    TEXT NOT NULL,
    published TEXT,
    at        TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE document_words USING fts5(
    title, text, content = 'documents', content_rowid = 'row', tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE claim_words USING fts5(
    words, content = 'claims', content_rowid = 'row', tokenize = 'porter unicode61 remove_diacritics 2'
);
