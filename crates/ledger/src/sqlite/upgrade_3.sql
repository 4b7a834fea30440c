-- Format 3: what alerts look out for and what they still have to tell, and claims in the order in which lists give them.

CREATE INDEX documents_in_order ON documents (ifnull(published, ''), name, id);
CREATE INDEX claims_in_order ON claims (document, position, id);
DROP INDEX claims_by_document;

-- A search that is saved, or a deal that is followed; with an address, a webhook is told of what is new.
CREATE TABLE watches (
    id      TEXT PRIMARY KEY,
    kind    TEXT NOT NULL,                -- search, deal
    subject TEXT NOT NULL,                -- the words, or the deal's identifier
    name    TEXT NOT NULL,
    owner   TEXT NOT NULL,                -- whose it is: the name of the token
    address TEXT,                         -- of the webhook
    secret  TEXT,                         -- that its calls are signed with
    at      TEXT NOT NULL,
    seen_document INTEGER NOT NULL,       -- the last ones, by order of arrival, that were looked at
    seen_claim    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Calls of webhooks that have not been answered yet; one that was given up stays, with the reason.
CREATE TABLE calls (
    number   INTEGER PRIMARY KEY AUTOINCREMENT,
    watch    TEXT NOT NULL,
    body     TEXT NOT NULL,               -- JSON, as it is sent
    tries    INTEGER NOT NULL,
    due      INTEGER NOT NULL,            -- seconds since 1970 of the next try
    error    TEXT,                        -- of the last try
    given_up INTEGER NOT NULL
) STRICT;
CREATE INDEX calls_by_due ON calls (given_up, due);
