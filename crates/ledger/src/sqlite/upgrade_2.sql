-- Format 2: what is derived across documents (copies, storylines), kept so that it need not be made for every question.
-- Nothing here is truth: it may be dropped at any time, and counts only while `state` is that of the ledger.

CREATE TABLE derived (
    what   TEXT NOT NULL,                 -- copies, stories
    number INTEGER NOT NULL,              -- order
    body   TEXT NOT NULL,                 -- JSON
    PRIMARY KEY (what, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE derived_states (
    what  TEXT PRIMARY KEY,
    state TEXT NOT NULL                   -- of the documents and codings that it was derived from
) STRICT, WITHOUT ROWID;
