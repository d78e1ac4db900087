-- What accounts need beside the ground tables: earlier passwords, and changes of administrators that wait for a second person.

CREATE TABLE password_past (
    tenant BIGINT NOT NULL,
    past_id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    password TEXT NOT NULL,
    made_ms BIGINT NOT NULL,
    PRIMARY KEY (tenant, past_id),
    FOREIGN KEY (tenant, person_id) REFERENCES person (tenant, person_id)
);
CREATE INDEX password_past_person_i ON password_past (tenant, person_id, past_id);

CREATE TABLE role_change (
    tenant BIGINT NOT NULL,
    change_id BIGINT NOT NULL,
    verb TEXT NOT NULL CHECK (verb IN ('give', 'take', 'unbind')),
    person_id BIGINT NOT NULL,
    role TEXT,
    unit_id BIGINT,
    held_id BIGINT,
    from_day TEXT,
    to_day TEXT,
    proposed_by BIGINT NOT NULL,
    proposed_ms BIGINT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('waiting', 'done', 'refused')),
    decided_by BIGINT,
    decided_ms BIGINT,
    version BIGINT NOT NULL,
    PRIMARY KEY (tenant, change_id),
    FOREIGN KEY (tenant, person_id) REFERENCES person (tenant, person_id)
);
CREATE INDEX role_change_waiting_i ON role_change (tenant, status, change_id);
