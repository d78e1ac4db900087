-- Review of editions (公开审查、保密审查). The chain is data per publisher; a case is one text on its way through it.

-- publisher_id 0 holds the chain of publishers that have none of their own.
CREATE TABLE review_level (
    tenant BIGINT NOT NULL,
    publisher_id BIGINT NOT NULL,
    no INTEGER NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('content', 'secrecy', 'sign')),
    may TEXT NOT NULL,
    proof TEXT,
    PRIMARY KEY (tenant, publisher_id, no)
);

CREATE TABLE review_case (
    tenant BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    document_id BIGINT NOT NULL,
    edition_id BIGINT NOT NULL,
    submission INTEGER NOT NULL,
    unit_id BIGINT NOT NULL,
    publisher_id BIGINT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('open', 'passed', 'returned', 'recalled', 'emergency')),
    level_no INTEGER NOT NULL,
    opened_ms BIGINT NOT NULL,
    urgent_ms BIGINT,
    urgent_by BIGINT,
    urgent_reason TEXT,
    closed_ms BIGINT,
    version BIGINT NOT NULL,
    PRIMARY KEY (tenant, case_id),
    FOREIGN KEY (tenant, unit_id) REFERENCES unit (tenant, unit_id)
);
CREATE INDEX review_case_document_i ON review_case (tenant, document_id, case_id);
CREATE INDEX review_case_open_i ON review_case (tenant, status, case_id);

-- The levels as they were when the case was opened, with what was concluded at each.
CREATE TABLE review_step (
    tenant BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    no INTEGER NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('content', 'secrecy', 'sign')),
    may TEXT NOT NULL,
    proof TEXT,
    status TEXT NOT NULL CHECK (status IN ('waiting', 'passed', 'returned', 'skipped', 'caught_up')),
    person_id BIGINT,
    conclusion TEXT,
    opinion TEXT,
    ground TEXT,
    proof_done SMALLINT NOT NULL CHECK (proof_done IN (0, 1)),
    at_ms BIGINT,
    PRIMARY KEY (tenant, case_id, no),
    FOREIGN KEY (tenant, case_id) REFERENCES review_case (tenant, case_id)
);
CREATE INDEX review_step_person_i ON review_step (tenant, person_id, case_id);
