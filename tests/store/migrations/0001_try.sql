-- The schema of the store's own tests.

-- reference table: a short list everybody joins to
CREATE TABLE kind (
    kind_id BIGINT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL
);

CREATE TABLE doc (
    tenant BIGINT NOT NULL,
    doc_id BIGINT NOT NULL,
    title TEXT NOT NULL,
    kind_id BIGINT REFERENCES kind (kind_id),
    cat TEXT NOT NULL,
    yr INTEGER NOT NULL,
    no BIGINT,
    formed_on TEXT,
    created_ms BIGINT,
    is_open SMALLINT NOT NULL CHECK (is_open IN (0, 1)),
    fee BIGINT,
    bytes BYTEA,
    idem_key TEXT,
    PRIMARY KEY (tenant, doc_id),
    UNIQUE (tenant, idem_key),
    UNIQUE (tenant, cat, yr, no)
);

CREATE TABLE doc_counter (
    tenant BIGINT NOT NULL,
    cat TEXT NOT NULL,
    yr INTEGER NOT NULL,
    last_no BIGINT NOT NULL,
    PRIMARY KEY (tenant, cat, yr)
);

CREATE VIEW pub_doc AS
    SELECT tenant, doc_id, title, cat, yr, no
      FROM doc
     WHERE is_open = 1;

INSERT INTO kind (kind_id, name)
VALUES (1, '通知'), (2, '公告; -- 不是注释 :not_a_parameter');
