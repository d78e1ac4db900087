-- Sessions of people. Only the SHA-256 of the token is kept.
CREATE TABLE session (
    tenant BIGINT NOT NULL,
    session_id BIGINT NOT NULL,
    token_hash TEXT NOT NULL,
    person_id BIGINT NOT NULL,
    created_ms BIGINT NOT NULL,
    seen_ms BIGINT NOT NULL,
    proved_ms BIGINT NOT NULL,
    address TEXT,
    browser TEXT,
    second_factor SMALLINT NOT NULL CHECK (second_factor IN (0, 1)),
    notice TEXT,
    ended_ms BIGINT,
    PRIMARY KEY (tenant, session_id),
    UNIQUE (tenant, token_hash)
);
CREATE INDEX session_person_i ON session (tenant, person_id, ended_ms);
