-- Documents (政府信息) with editions. A published edition never changes; a correction is a new edition.

CREATE TABLE document_category (
    tenant BIGINT NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    sort_no BIGINT NOT NULL,
    PRIMARY KEY (tenant, code)
);

-- shown_ms orders the lists: the program's moment of publication, or for imported documents the moment the old page claims.
CREATE TABLE document (
    tenant BIGINT NOT NULL,
    document_id BIGINT NOT NULL,
    unit_id BIGINT NOT NULL,
    publisher_id BIGINT NOT NULL,
    author_id BIGINT,
    origin TEXT NOT NULL CHECK (origin IN ('program', 'imported')),
    status TEXT NOT NULL CHECK (status IN ('working', 'public', 'withdrawn', 'filed', 'discarded')),
    index_number TEXT,
    category TEXT NOT NULL,
    yr INTEGER,
    latest_edition_id BIGINT NOT NULL,
    public_edition_id BIGINT,
    shown_ms BIGINT,
    first_published_ms BIGINT,
    withdrawn_ms BIGINT,
    withdrawn_kind TEXT,
    withdrawn_reason TEXT,
    withdrawn_title TEXT,
    validity TEXT NOT NULL CHECK (validity IN ('in_force', 'repealed', 'expired')),
    valid_to TEXT,
    validity_reason TEXT,
    replaced_by_id BIGINT,
    import_key TEXT,
    created_ms BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (tenant, document_id),
    FOREIGN KEY (tenant, unit_id) REFERENCES unit (tenant, unit_id),
    FOREIGN KEY (tenant, publisher_id) REFERENCES unit (tenant, unit_id)
);
CREATE UNIQUE INDEX document_index_u ON document (tenant, index_number);
CREATE UNIQUE INDEX document_import_u ON document (tenant, import_key);
CREATE INDEX document_shown_i ON document (tenant, status, shown_ms, document_id);
CREATE INDEX document_publisher_i ON document (tenant, status, publisher_id, shown_ms, document_id);
CREATE INDEX document_category_i ON document (tenant, status, category, shown_ms, document_id);
CREATE INDEX document_year_i ON document (tenant, status, yr, shown_ms, document_id);
-- Ends with the order asked for: else SQLite walks the whole key for the sake of it.
CREATE INDEX document_replaced_i ON document (tenant, replaced_by_id, document_id);
CREATE INDEX document_unit_i ON document (tenant, unit_id, document_id);

CREATE TABLE edition (
    tenant BIGINT NOT NULL,
    edition_id BIGINT NOT NULL,
    document_id BIGINT NOT NULL,
    no INTEGER NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('draft', 'in_review', 'approved', 'published', 'superseded', 'withdrawn', 'filed', 'discarded')),
    author_id BIGINT,
    title TEXT NOT NULL,
    doc_number TEXT,
    doc_number_typed TEXT,
    remark TEXT,
    theme TEXT,
    signed_on TEXT,
    printed_on TEXT,
    claimed_on TEXT,
    sign_office TEXT,
    print_office TEXT,
    attribute TEXT NOT NULL CHECK (attribute IN ('proactive', 'on_request', 'withheld')),
    ground TEXT,
    ground_reason TEXT,
    decider_id BIGINT,
    decided_ms BIGINT,
    basis TEXT,
    stage TEXT CHECK (stage IN ('decision', 'execution', 'management', 'service', 'result')),
    interpretations TEXT,
    summary TEXT,
    keywords TEXT,
    replaces TEXT,
    replaces_id BIGINT,
    valid_to TEXT,
    sent_to TEXT,
    copy_to TEXT,
    change_kind TEXT,
    change_reason TEXT,
    submissions INTEGER NOT NULL,
    submitted_ms BIGINT,
    returned_reason TEXT,
    secrecy_ms BIGINT,
    secrecy_by BIGINT,
    approved_ms BIGINT,
    published_ms BIGINT,
    published_by BIGINT,
    posted_ms BIGINT,
    posted_exact SMALLINT NOT NULL CHECK (posted_exact IN (0, 1)),
    late_reason TEXT,
    emergency_ms BIGINT,
    emergency_reason TEXT,
    withdrawn_ms BIGINT,
    body_digest TEXT,
    saved_ms BIGINT NOT NULL,
    saved_by BIGINT,
    version BIGINT NOT NULL,
    PRIMARY KEY (tenant, edition_id),
    FOREIGN KEY (tenant, document_id) REFERENCES document (tenant, document_id)
);
CREATE UNIQUE INDEX edition_no_u ON edition (tenant, document_id, no);
CREATE INDEX edition_status_i ON edition (tenant, status, edition_id);
CREATE INDEX edition_number_i ON edition (tenant, doc_number);

-- Part 0 is the document itself, without a title of its own; parts 1… are what it carries. visible is set by publication.
CREATE TABLE edition_part (
    tenant BIGINT NOT NULL,
    edition_id BIGINT NOT NULL,
    no INTEGER NOT NULL,
    title TEXT,
    body TEXT,
    visible SMALLINT NOT NULL CHECK (visible IN (0, 1)),
    PRIMARY KEY (tenant, edition_id, no),
    FOREIGN KEY (tenant, edition_id) REFERENCES edition (tenant, edition_id)
);

CREATE TABLE edition_file (
    tenant BIGINT NOT NULL,
    file_id BIGINT NOT NULL,
    edition_id BIGINT NOT NULL,
    no INTEGER NOT NULL,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    digest TEXT NOT NULL,
    size_bytes BIGINT NOT NULL,
    visible SMALLINT NOT NULL CHECK (visible IN (0, 1)),
    PRIMARY KEY (tenant, file_id),
    FOREIGN KEY (tenant, edition_id) REFERENCES edition (tenant, edition_id)
);
CREATE INDEX edition_file_edition_i ON edition_file (tenant, edition_id, no);
CREATE INDEX edition_file_digest_i ON edition_file (tenant, digest, name, file_id);

CREATE TABLE edition_addressee (
    tenant BIGINT NOT NULL,
    edition_id BIGINT NOT NULL,
    no INTEGER NOT NULL,
    name TEXT NOT NULL,
    unit_id BIGINT,
    PRIMARY KEY (tenant, edition_id, no)
);

-- The copy to another body is recorded as sent in the moment of publication.
CREATE TABLE edition_cc (
    tenant BIGINT NOT NULL,
    edition_id BIGINT NOT NULL,
    no INTEGER NOT NULL,
    name TEXT NOT NULL,
    sent_ms BIGINT,
    PRIMARY KEY (tenant, edition_id, no)
);

-- Everybody who wrote at an edition: none of them may review or publish it.
CREATE TABLE edition_writer (
    tenant BIGINT NOT NULL,
    edition_id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    PRIMARY KEY (tenant, edition_id, person_id)
);

-- What was sent to review, as it was: reviewers compare with the version they saw last.
CREATE TABLE edition_submission (
    tenant BIGINT NOT NULL,
    edition_id BIGINT NOT NULL,
    no INTEGER NOT NULL,
    at_ms BIGINT NOT NULL,
    title TEXT NOT NULL,
    body TEXT,
    PRIMARY KEY (tenant, edition_id, no)
);

-- A document reached a unit: it is to be read and acknowledged.
CREATE TABLE reading (
    tenant BIGINT NOT NULL,
    document_id BIGINT NOT NULL,
    unit_id BIGINT NOT NULL,
    edition_id BIGINT NOT NULL,
    created_ms BIGINT NOT NULL,
    read_ms BIGINT,
    read_by BIGINT,
    version BIGINT NOT NULL,
    PRIMARY KEY (tenant, document_id, unit_id)
);
CREATE INDEX reading_unit_i ON reading (tenant, unit_id, read_ms, created_ms);

-- How many are public, so that a list can say its total without counting.
CREATE TABLE document_tally (
    tenant BIGINT NOT NULL,
    publisher_id BIGINT NOT NULL,
    category TEXT NOT NULL,
    yr INTEGER NOT NULL,
    n BIGINT NOT NULL,
    PRIMARY KEY (tenant, publisher_id, category, yr)
);

CREATE VIEW pub_document AS
    SELECT tenant, document_id, publisher_id, unit_id, origin, status, index_number, category, yr, public_edition_id,
           shown_ms, first_published_ms, withdrawn_ms, withdrawn_kind, withdrawn_reason, withdrawn_title,
           validity, valid_to, validity_reason, replaced_by_id
      FROM document
     WHERE status IN ('public', 'withdrawn');

CREATE VIEW pub_edition AS
    SELECT tenant, edition_id, document_id, no, status, title, doc_number, remark, theme, signed_on, printed_on, claimed_on,
           sign_office, print_office, attribute, basis, stage, interpretations, summary, keywords, replaces, replaces_id,
           sent_to, copy_to, change_kind, change_reason, published_ms, posted_ms, posted_exact, late_reason, emergency_ms, body_digest
      FROM edition
     WHERE status IN ('published', 'superseded');

CREATE VIEW pub_part AS
    SELECT tenant, edition_id, no, title, body
      FROM edition_part
     WHERE visible = 1;

CREATE VIEW pub_file AS
    SELECT tenant, file_id, edition_id, no, name, media_type, digest, size_bytes
      FROM edition_file
     WHERE visible = 1;

CREATE VIEW pub_category AS
    SELECT tenant, code, name, sort_no
      FROM document_category
     WHERE sort_no >= 0;

CREATE VIEW pub_tally AS
    SELECT tenant, publisher_id, category, yr, n
      FROM document_tally
     WHERE n > 0;
