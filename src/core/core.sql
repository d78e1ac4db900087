-- The statements of core: tenants, units, rights, settings, series, events, audit, form keys.
-- Names begin with core_, so that no capability meets them by accident.

-- statement core_tenant_add
-- for       system
-- in        name text, host text?, at instant
-- out       changed
-- why       makes a tenant; a second time it is there already
INSERT INTO tenant (tenant, name, host, created_ms)
VALUES (:tenant, :name, :host, :at)
    ON CONFLICT (tenant) DO NOTHING;

-- statement core_tenant_list
-- for       public
-- out       many: tenant id, name text, host text?
-- why       which public bodies live in this store: at start, and to find one by its host
-- tenants   all: the list of tenants itself
SELECT t.tenant, t.name, t.host
  FROM pub_tenant AS t
 ORDER BY t.tenant;

-- statement core_role_add
-- for       system
-- in        role text, name text, admin text?, sort int
-- out       changed
-- why       default roles of a new tenant; a role that the tenant has changed stays as it is
INSERT INTO role (tenant, role, name, admin, sort_no)
VALUES (:tenant, :role, :name, :admin, :sort)
    ON CONFLICT (tenant, role) DO NOTHING;

-- statement core_role_may_add
-- for       system
-- in        role text, may text
-- out       changed
-- why       default rights of a role
INSERT INTO role_may (tenant, role, may)
VALUES (:tenant, :role, :may)
    ON CONFLICT (tenant, role, may) DO NOTHING;

-- statement core_person_active
-- for       staff
-- in        person id
-- out       one: person_id id
-- why       who has left or is locked holds nothing, whatever his roles say
SELECT p.person_id
  FROM person AS p
 WHERE p.tenant = :tenant
   AND p.person_id = :person
   AND p.status = 'active';

-- statement core_may_somewhere
-- for       staff
-- in        person id, may text, today day
-- out       one: held_count int
-- why       the gate of an operation: does the person hold the right in any unit today?
SELECT count(*)
  FROM role_held AS h
  JOIN role_may AS m ON m.tenant = h.tenant AND m.role = h.role
  JOIN person AS p ON p.tenant = h.tenant AND p.person_id = h.person_id
 WHERE h.tenant = :tenant
   AND h.person_id = :person
   AND m.may = :may
   AND p.status = 'active'
   AND h.from_day <= :today
   AND (h.to_day IS NULL OR h.to_day >= :today);

-- statement core_may_in
-- for       staff
-- in        person id, may text, unit id, today day
-- out       one: held_count int
-- why       a right held in a unit reaches the units below it, and no other
SELECT count(*)
  FROM unit_above AS a
  JOIN role_held AS h ON h.tenant = a.tenant AND h.unit_id = a.above_id
  JOIN role_may AS m ON m.tenant = h.tenant AND m.role = h.role
  JOIN person AS p ON p.tenant = h.tenant AND p.person_id = h.person_id
 WHERE a.tenant = :tenant
   AND a.unit_id = :unit
   AND h.person_id = :person
   AND m.may = :may
   AND p.status = 'active'
   AND h.from_day <= :today
   AND (h.to_day IS NULL OR h.to_day >= :today);

-- statement core_may_names
-- for       staff
-- in        person id, today day
-- out       many: may text
-- why       everything the person holds somewhere, for menus
SELECT DISTINCT m.may
  FROM role_held AS h
  JOIN role_may AS m ON m.tenant = h.tenant AND m.role = h.role
  JOIN person AS p ON p.tenant = h.tenant AND p.person_id = h.person_id
 WHERE h.tenant = :tenant
   AND h.person_id = :person
   AND p.status = 'active'
   AND h.from_day <= :today
   AND (h.to_day IS NULL OR h.to_day >= :today)
 ORDER BY m.may;

-- statement core_unit_get
-- for       staff
-- in        unit id
-- out       one: unit_id id, above_id id?, kind text, name text, short_name text, agency_code text?, publishes yesno, sort_no int
-- why       one unit
SELECT u.unit_id, u.above_id, u.kind, u.name, u.short_name, u.agency_code, u.publishes, u.sort_no
  FROM unit AS u
 WHERE u.tenant = :tenant
   AND u.unit_id = :unit;

-- statement core_pub_unit_get
-- for       public
-- in        unit id
-- out       one: unit_id id, above_id id?, kind text, name text, short_name text, agency_code text?, publishes yesno, sort_no int
-- why       one unit, as the public side may know it
SELECT u.unit_id, u.above_id, u.kind, u.name, u.short_name, u.agency_code, u.publishes, u.sort_no
  FROM pub_unit AS u
 WHERE u.tenant = :tenant
   AND u.unit_id = :unit;

-- statement core_unit_list
-- for       staff
-- out       many: unit_id id, above_id id?, kind text, name text, short_name text, agency_code text?, publishes yesno, sort_no int
-- why       the organisation of today in its official order; closed units are found by their id
SELECT u.unit_id, u.above_id, u.kind, u.name, u.short_name, u.agency_code, u.publishes, u.sort_no
  FROM unit AS u
 WHERE u.tenant = :tenant AND u.closed_on IS NULL
 ORDER BY u.sort_no, u.unit_id;

-- statement core_pub_unit_list
-- for       public
-- out       many: unit_id id, above_id id?, kind text, name text, short_name text, agency_code text?, publishes yesno, sort_no int
-- why       the organisation as the public side may know it
SELECT u.unit_id, u.above_id, u.kind, u.name, u.short_name, u.agency_code, u.publishes, u.sort_no
  FROM pub_unit AS u
 WHERE u.tenant = :tenant
 ORDER BY u.sort_no, u.unit_id;

-- statement core_unit_by_name
-- for       staff
-- in        name text
-- out       one: unit_id id, above_id id?, kind text, name text, short_name text, agency_code text?, publishes yesno, sort_no int
-- why       texts call a unit by any of its names; the full name is the surest
SELECT u.unit_id, u.above_id, u.kind, u.name, u.short_name, u.agency_code, u.publishes, u.sort_no
  FROM unit AS u
 WHERE u.tenant = :tenant
   AND (u.name = :name
        OR u.agency_code = :name
        OR u.short_name = :name
        OR EXISTS (SELECT a.unit_id
                     FROM unit_alias AS a
                    WHERE a.tenant = u.tenant AND a.unit_id = u.unit_id AND a.alias = :name))
 ORDER BY CASE WHEN u.name = :name THEN 0 WHEN u.agency_code = :name THEN 1 WHEN u.short_name = :name THEN 2 ELSE 3 END,
          u.sort_no, u.unit_id
 LIMIT 1;

-- statement core_unit_within
-- for       staff
-- in        unit id, above id
-- out       one: unit_id id
-- why       is the unit this one or below it?
SELECT a.unit_id
  FROM unit_above AS a
 WHERE a.tenant = :tenant
   AND a.unit_id = :unit
   AND a.above_id = :above;

-- statement core_setting_get
-- for       staff
-- in        name text
-- out       one: value text
-- why       one setting of the tenant
SELECT s.value
  FROM setting AS s
 WHERE s.tenant = :tenant
   AND s.name = :name;

-- statement core_setting_list
-- for       staff
-- out       many: name text, value text
-- why       all settings that the tenant has changed
SELECT s.name, s.value
  FROM setting AS s
 WHERE s.tenant = :tenant
 ORDER BY s.name;

-- statement core_pub_setting_get
-- for       public
-- in        name text
-- out       one: value text
-- why       one setting of the site, for public pages
SELECT s.value
  FROM pub_setting AS s
 WHERE s.tenant = :tenant
   AND s.name = :name;

-- statement core_pub_setting_list
-- for       public
-- out       many: name text, value text
-- why       settings of the site, for public pages
SELECT s.name, s.value
  FROM pub_setting AS s
 WHERE s.tenant = :tenant
 ORDER BY s.name;

-- statement core_setting_put
-- for       staff
-- in        name text, value text
-- out       changed
-- why       a setting is one row, written again when it changes
INSERT INTO setting (tenant, name, value)
VALUES (:tenant, :name, :value)
    ON CONFLICT (tenant, name) DO UPDATE SET value = excluded.value;

-- statement core_setting_drop
-- for       staff
-- in        name text
-- out       changed
-- why       an emptied setting means its default again
DELETE FROM setting
 WHERE tenant = :tenant
   AND name = :name;

-- statement core_day_override_list
-- for       public
-- out       many: day day, kind text, name text, basis text?
-- why       days that differ from the compiled calendar
SELECT d.day, d.kind, d.name, d.basis
  FROM pub_day_override AS d
 WHERE d.tenant = :tenant
 ORDER BY d.day;

-- statement core_series_next
-- for       staff
-- in        pattern text, agency text, category text, year int
-- out       one: last_no int
-- why       the row stays locked until commit: numbers are in commit order and a rollback leaves no gap
INSERT INTO series (tenant, pattern, agency, category, yr, last_no)
VALUES (:tenant, :pattern, :agency, :category, :year, 1)
    ON CONFLICT (tenant, pattern, agency, category, yr) DO UPDATE SET last_no = series.last_no + 1
RETURNING last_no;

-- statement core_series_raise
-- for       staff
-- in        pattern text, agency text, category text, year int, serial int
-- out       changed
-- why       an imported number must never be allotted again
INSERT INTO series (tenant, pattern, agency, category, yr, last_no)
VALUES (:tenant, :pattern, :agency, :category, :year, :serial)
    ON CONFLICT (tenant, pattern, agency, category, yr)
    DO UPDATE SET last_no = CASE WHEN series.last_no < excluded.last_no THEN excluded.last_no ELSE series.last_no END;

-- statement core_event_add
-- for       staff
-- in        event id, at instant, kind text, actor id?, actor_kind text, subject text, subject_id id, detail text?
-- out       changed
-- why       a fact in the past tense, in the transaction of the act
INSERT INTO event (tenant, event_id, at_ms, kind, actor_id, actor_kind, subject, subject_id, detail)
VALUES (:tenant, :event, :at, :kind, :actor, :actor_kind, :subject, :subject_id, :detail);

-- statement core_outbox_add
-- for       staff
-- in        log_row id, search_row id, notify_row id, kind text, subject text, subject_id id, at instant
-- out       changed
-- why       what must follow the act after its commit: a leaf of the log, the search entry, the notices
INSERT INTO outbox (tenant, outbox_id, topic, kind, subject, subject_id, created_ms)
VALUES (:tenant, :log_row, 'log', :kind, :subject, :subject_id, :at),
       (:tenant, :search_row, 'search', :kind, :subject, :subject_id, :at),
       (:tenant, :notify_row, 'notify', :kind, :subject, :subject_id, :at);

-- statement core_event_list
-- for       staff
-- in        subject text, subject_id id
-- out       many: at instant, kind text, actor_kind text, actor_name text?, detail text?
-- why       the history of one thing
SELECT e.at_ms, e.kind, e.actor_kind, p.name, e.detail
  FROM event AS e
  LEFT JOIN person AS p ON p.tenant = e.tenant AND p.person_id = e.actor_id
 WHERE e.tenant = :tenant
   AND e.subject = :subject
   AND e.subject_id = :subject_id
 ORDER BY e.at_ms, e.event_id;

-- statement core_form_key_add
-- for       staff
-- in        key text, op text, person id?, at instant
-- out       changed
-- why       the second sender of the same form waits here for the first, and changes no row
INSERT INTO form_key (tenant, idem_key, op, person_id, created_ms)
VALUES (:tenant, :key, :op, :person, :at)
    ON CONFLICT (tenant, idem_key) DO NOTHING;

-- statement core_form_key_answer
-- for       staff
-- in        key text, done id?, done_version int, words text?, location text?, number text?
-- out       changed
-- why       the answer that a second sending gets
UPDATE form_key
   SET done_id = :done, done_version = :done_version, words = :words, location = :location, number = :number
 WHERE tenant = :tenant
   AND idem_key = :key;

-- statement core_form_key_find
-- for       staff
-- in        key text
-- out       one: op text, person id?, done id?, done_version int?, words text?, location text?, number text?
-- why       the first answer; also tells whether a commit with a lost answer was done
SELECT f.op, f.person_id, f.done_id, f.done_version, f.words, f.location, f.number
  FROM form_key AS f
 WHERE f.tenant = :tenant
   AND f.idem_key = :key;

-- statement core_audit_add
-- for       staff
-- in        audit id, at instant, actor text, session text?, address text?, op text, subject text?, outcome text, detail_hash text?
-- out       changed
-- why       who did what with which outcome; linked into the chain by the sequencer
INSERT INTO audit (tenant, audit_id, at_ms, actor, session, address, op, subject, outcome, detail_hash)
VALUES (:tenant, :audit, :at, :actor, :session, :address, :op, :subject, :outcome, :detail_hash);

-- statement core_audit_detail_add
-- for       staff
-- in        audit id, salt text, detail text
-- out       changed
-- why       stands beside the row and may be erased
INSERT INTO audit_detail (tenant, audit_id, salt, detail)
VALUES (:tenant, :audit, :salt, :detail);

-- statement core_audit_head_make
-- for       system
-- in        zeros text
-- out       changed
-- why       the first link needs a head to hold on to
INSERT INTO audit_head (tenant, seq, hash)
VALUES (:tenant, 0, :zeros)
    ON CONFLICT (tenant) DO NOTHING;

-- statement core_audit_head_lock
-- for       system
-- out       one: seq int, hash text
-- why       one sequencer at a time: the second one waits here and then sees the first one's head
UPDATE audit_head
   SET seq = seq
 WHERE tenant = :tenant
RETURNING seq, hash;

-- statement core_audit_head_find
-- for       staff
-- out       one: seq int, hash text
-- why       where the chain must end
SELECT h.seq, h.hash
  FROM audit_head AS h
 WHERE h.tenant = :tenant;

-- statement core_audit_head_move
-- for       system
-- in        seq int, hash text, seen_seq int, seen_hash text
-- out       changed
-- why       compare and swap: only whoever saw the head may move it
UPDATE audit_head
   SET seq = :seq, hash = :hash
 WHERE tenant = :tenant
   AND seq = :seen_seq
   AND hash = :seen_hash;

-- statement core_audit_waiting
-- for       system
-- in        most int
-- out       many: audit_id id, at instant, actor text, on_behalf text?, session text?, address text?, op text, subject text?, outcome text, detail_hash text?
-- why       rows that are committed and not linked yet, oldest first
SELECT a.audit_id, a.at_ms, a.actor, a.on_behalf, a.session, a.address, a.op, a.subject, a.outcome, a.detail_hash
  FROM audit AS a
 WHERE a.tenant = :tenant
   AND a.seq IS NULL
 ORDER BY a.audit_id
 LIMIT :most;

-- statement core_audit_place
-- for       system
-- in        audit id, seq int, prev text, hash text
-- out       changed
-- why       gives a waiting row its place in the chain, once
UPDATE audit
   SET seq = :seq, prev = :prev, hash = :hash
 WHERE tenant = :tenant
   AND audit_id = :audit
   AND seq IS NULL;

-- statement core_audit_page
-- for       staff
-- in        after int, most int
-- out       many: seq int, at instant, actor text, on_behalf text?, session text?, address text?, op text, subject text?, outcome text, detail_hash text?, prev text?, hash text?, salt text?, detail text?
-- why       the chain in order, to recompute it
SELECT a.seq, a.at_ms, a.actor, a.on_behalf, a.session, a.address, a.op, a.subject, a.outcome, a.detail_hash, a.prev,
       a.hash, d.salt, d.detail
  FROM audit AS a
  LEFT JOIN audit_detail AS d ON d.tenant = a.tenant AND d.audit_id = a.audit_id
 WHERE a.tenant = :tenant
   AND a.seq > :after
 ORDER BY a.seq
 LIMIT :most;

-- statement core_audit_waiting_count
-- for       staff
-- out       one: waiting int, oldest instant?
-- why       how far the sequencer is behind
SELECT count(*), min(a.at_ms)
  FROM audit AS a
 WHERE a.tenant = :tenant
   AND a.seq IS NULL;
