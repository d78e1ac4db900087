-- The ground everything stands on: tenants, units, people, roles, settings, series, events, audit, outbox, form keys.

-- reference table: the list of tenants itself
CREATE TABLE tenant (
    tenant BIGINT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    host TEXT,
    created_ms BIGINT NOT NULL
);

CREATE TABLE unit (
    tenant BIGINT NOT NULL,
    unit_id BIGINT NOT NULL,
    above_id BIGINT,
    kind TEXT NOT NULL CHECK (kind IN ('bureau', 'section', 'school', 'imported')),
    name TEXT NOT NULL,
    short_name TEXT NOT NULL,
    name_sort TEXT,
    agency_code TEXT,
    publishes SMALLINT NOT NULL CHECK (publishes IN (0, 1)),
    phone TEXT,
    sort_no BIGINT NOT NULL,
    closed_on TEXT,
    version BIGINT NOT NULL,
    PRIMARY KEY (tenant, unit_id)
);
CREATE INDEX unit_above_i ON unit (tenant, above_id, sort_no);

-- Every name a unit goes by, its own among them: 股, 股室 and 科室 are the same thing in such texts.
CREATE TABLE unit_alias (
    tenant BIGINT NOT NULL,
    alias TEXT NOT NULL,
    unit_id BIGINT NOT NULL,
    PRIMARY KEY (tenant, alias),
    FOREIGN KEY (tenant, unit_id) REFERENCES unit (tenant, unit_id)
);
CREATE INDEX unit_alias_unit_i ON unit_alias (tenant, unit_id);

-- Closure of the tree, each unit above itself: rights held above reach below.
CREATE TABLE unit_above (
    tenant BIGINT NOT NULL,
    unit_id BIGINT NOT NULL,
    above_id BIGINT NOT NULL,
    PRIMARY KEY (tenant, unit_id, above_id)
);
CREATE INDEX unit_above_above_i ON unit_above (tenant, above_id, unit_id);

CREATE TABLE person (
    tenant BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    login TEXT NOT NULL,
    name TEXT NOT NULL,
    unit_id BIGINT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('invited', 'active', 'locked', 'left')),
    password TEXT,
    password_ms BIGINT,
    activation TEXT,
    activation_ms BIGINT,
    totp_seed TEXT,
    totp_step BIGINT,
    recovery TEXT,
    failures BIGINT NOT NULL,
    locked_until_ms BIGINT,
    last_seen_ms BIGINT,
    version BIGINT NOT NULL,
    PRIMARY KEY (tenant, person_id),
    UNIQUE (tenant, login),
    FOREIGN KEY (tenant, unit_id) REFERENCES unit (tenant, unit_id)
);
CREATE INDEX person_unit_i ON person (tenant, unit_id);

CREATE TABLE role (
    tenant BIGINT NOT NULL,
    role TEXT NOT NULL,
    name TEXT NOT NULL,
    admin TEXT CHECK (admin IN ('system', 'security', 'audit')),
    sort_no BIGINT NOT NULL,
    PRIMARY KEY (tenant, role)
);

CREATE TABLE role_may (
    tenant BIGINT NOT NULL,
    role TEXT NOT NULL,
    may TEXT NOT NULL,
    PRIMARY KEY (tenant, role, may),
    FOREIGN KEY (tenant, role) REFERENCES role (tenant, role)
);

CREATE TABLE role_held (
    tenant BIGINT NOT NULL,
    held_id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    role TEXT NOT NULL,
    unit_id BIGINT NOT NULL,
    from_day TEXT NOT NULL,
    to_day TEXT,
    given_by BIGINT,
    version BIGINT NOT NULL,
    PRIMARY KEY (tenant, held_id),
    FOREIGN KEY (tenant, person_id) REFERENCES person (tenant, person_id),
    FOREIGN KEY (tenant, role) REFERENCES role (tenant, role),
    FOREIGN KEY (tenant, unit_id) REFERENCES unit (tenant, unit_id)
);
CREATE INDEX role_held_person_i ON role_held (tenant, person_id);

CREATE TABLE setting (
    tenant BIGINT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (tenant, name)
);

CREATE TABLE day_override (
    tenant BIGINT NOT NULL,
    day TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('holiday', 'makeup', 'work')),
    name TEXT NOT NULL,
    basis TEXT,
    PRIMARY KEY (tenant, day)
);

CREATE TABLE series (
    tenant BIGINT NOT NULL,
    pattern TEXT NOT NULL,
    agency TEXT NOT NULL,
    category TEXT NOT NULL,
    yr INTEGER NOT NULL,
    last_no BIGINT NOT NULL,
    PRIMARY KEY (tenant, pattern, agency, category, yr)
);

CREATE TABLE event (
    tenant BIGINT NOT NULL,
    event_id BIGINT NOT NULL,
    at_ms BIGINT NOT NULL,
    kind TEXT NOT NULL,
    actor_id BIGINT,
    actor_kind TEXT NOT NULL CHECK (actor_kind IN ('nobody', 'person', 'system')),
    subject TEXT NOT NULL,
    subject_id BIGINT NOT NULL,
    detail TEXT,
    PRIMARY KEY (tenant, event_id)
);
CREATE INDEX event_subject_i ON event (tenant, subject, subject_id, event_id);

CREATE TABLE outbox (
    tenant BIGINT NOT NULL,
    outbox_id BIGINT NOT NULL,
    topic TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    subject_id BIGINT NOT NULL,
    created_ms BIGINT NOT NULL,
    done_ms BIGINT,
    PRIMARY KEY (tenant, outbox_id)
);
CREATE INDEX outbox_waiting_i ON outbox (tenant, topic, done_ms, outbox_id);

CREATE TABLE form_key (
    tenant BIGINT NOT NULL,
    idem_key TEXT NOT NULL,
    op TEXT NOT NULL,
    person_id BIGINT,
    done_id BIGINT,
    done_version BIGINT,
    words TEXT,
    location TEXT,
    number TEXT,
    created_ms BIGINT NOT NULL,
    PRIMARY KEY (tenant, idem_key)
);

CREATE TABLE audit (
    tenant BIGINT NOT NULL,
    audit_id BIGINT NOT NULL,
    seq BIGINT,
    at_ms BIGINT NOT NULL,
    actor TEXT NOT NULL,
    on_behalf TEXT,
    session TEXT,
    address TEXT,
    op TEXT NOT NULL,
    subject TEXT,
    outcome TEXT NOT NULL,
    detail_hash TEXT,
    prev TEXT,
    hash TEXT,
    PRIMARY KEY (tenant, audit_id)
);
CREATE UNIQUE INDEX audit_seq_u ON audit (tenant, seq);

CREATE TABLE audit_detail (
    tenant BIGINT NOT NULL,
    audit_id BIGINT NOT NULL,
    salt TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (tenant, audit_id)
);

CREATE TABLE audit_head (
    tenant BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (tenant)
);

-- What the public side may know of the organisation.
CREATE VIEW pub_unit AS
    SELECT tenant, unit_id, above_id, kind, name, short_name, agency_code, publishes, phone, sort_no
      FROM unit
     WHERE kind <> 'imported' AND closed_on IS NULL;

-- Names of all units, imported publishers too: a document page says who issued it.
CREATE VIEW pub_unit_all AS
    SELECT tenant, unit_id, name, short_name, phone
      FROM unit
     WHERE tenant > 0;

CREATE VIEW pub_setting AS
    SELECT tenant, name, value
      FROM setting
     WHERE name >= 'site.' AND name < 'site/';

-- The public side reckons deadlines by the same days as the office.
CREATE VIEW pub_day_override AS
    SELECT tenant, day, kind, name, basis
      FROM day_override
     WHERE tenant > 0;

CREATE VIEW pub_tenant AS
    SELECT tenant, name, host
      FROM tenant
     WHERE tenant > 0;
