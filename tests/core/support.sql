-- Statements of the test support: making people and units without the account capability, looking behind the scenes, and
-- damaging the audit on purpose.

-- statement support_unit_add
-- for       system
-- in        unit id, above id?, kind text, name text, short_name text, agency_code text?, publishes yesno, sort int
-- out       changed
-- why       a unit of the test site
INSERT INTO unit (tenant, unit_id, above_id, kind, name, short_name, agency_code, publishes, sort_no, version)
VALUES (:tenant, :unit, :above, :kind, :name, :short_name, :agency_code, :publishes, :sort, 1);

-- statement support_alias_add
-- for       system
-- in        alias text, unit id
-- out       changed
-- why       a name it goes by
INSERT INTO unit_alias (tenant, alias, unit_id)
VALUES (:tenant, :alias, :unit)
    ON CONFLICT (tenant, alias) DO NOTHING;

-- statement support_above_self
-- for       system
-- in        unit id
-- out       changed
-- why       each unit stands above itself
INSERT INTO unit_above (tenant, unit_id, above_id)
VALUES (:tenant, :unit, :unit);

-- statement support_above_add
-- for       system
-- in        unit id, above id
-- out       changed
-- why       and everything above its parent stands above it
INSERT INTO unit_above (tenant, unit_id, above_id)
SELECT a.tenant, CAST(:unit AS BIGINT), a.above_id
  FROM unit_above AS a
 WHERE a.tenant = :tenant
   AND a.unit_id = :above;

-- statement support_person_add
-- for       system
-- in        person id, login text, name text, unit id
-- out       changed
-- why       somebody who works there
INSERT INTO person (tenant, person_id, login, name, unit_id, status, failures, version)
VALUES (:tenant, :person, :login, :name, :unit, 'active', 0, 1);

-- statement support_person_get
-- for       system
-- in        person id
-- out       one: login text, name text
-- why       to act in his name
SELECT p.login, p.name
  FROM person AS p
 WHERE p.tenant = :tenant
   AND p.person_id = :person;

-- statement support_person_status
-- for       system
-- in        person id, status text
-- out       changed
-- why       he leaves, or is locked
UPDATE person
   SET status = :status
 WHERE tenant = :tenant
   AND person_id = :person;

-- statement support_role_add
-- for       system
-- in        role text, name text
-- out       changed
-- why       a role made for one right of a test
INSERT INTO role (tenant, role, name, sort_no)
VALUES (:tenant, :role, :name, 900)
    ON CONFLICT (tenant, role) DO NOTHING;

-- statement support_role_may_add
-- for       system
-- in        role text, may text
-- out       changed
-- why       its right
INSERT INTO role_may (tenant, role, may)
VALUES (:tenant, :role, :may)
    ON CONFLICT (tenant, role, may) DO NOTHING;

-- statement support_hold
-- for       system
-- in        held id, person id, role text, unit id, from_day day, to_day day?
-- out       changed
-- why       somebody holds a role in a unit, between two days
INSERT INTO role_held (tenant, held_id, person_id, role, unit_id, from_day, to_day, version)
VALUES (:tenant, :held, :person, :role, :unit, :from_day, :to_day, 1);

-- statement support_day_add
-- for       system
-- in        day day, kind text, name text, basis text?
-- out       changed
-- why       a day that differs from the compiled calendar
INSERT INTO day_override (tenant, day, kind, name, basis)
VALUES (:tenant, :day, :kind, :name, :basis);

-- statement support_event_count
-- for       system
-- out       one: found int
-- why       what was remembered
SELECT count(*)
  FROM event AS e
 WHERE e.tenant = :tenant;

-- statement support_outbox_count
-- for       system
-- in        topic text
-- out       one: found int
-- why       what waits for after the commit
SELECT count(*)
  FROM outbox AS o
 WHERE o.tenant = :tenant
   AND o.topic = :topic
   AND o.done_ms IS NULL;

-- statement support_audit_count
-- for       system
-- in        outcome text
-- out       one: found int
-- why       how often an act ended so
SELECT count(*)
  FROM audit AS a
 WHERE a.tenant = :tenant
   AND a.outcome = :outcome;

-- statement support_audit_last
-- for       system
-- out       one: audit_id id, actor text, op text, subject text?, outcome text, detail_hash text?, detail text?
-- why       the row that was written last
SELECT a.audit_id, a.actor, a.op, a.subject, a.outcome, a.detail_hash, d.detail
  FROM audit AS a
  LEFT JOIN audit_detail AS d ON d.tenant = a.tenant AND d.audit_id = a.audit_id
 WHERE a.tenant = :tenant
 ORDER BY a.audit_id DESC
 LIMIT 1;

-- statement support_audit_hash
-- for       system
-- in        seq int
-- out       one: hash text
-- why       what the sequencer wrote
SELECT a.hash
  FROM audit AS a
 WHERE a.tenant = :tenant
   AND a.seq = :seq;

-- statement support_audit_edit
-- for       system
-- in        seq int, outcome text
-- out       changed
-- why       damage: an edited row
UPDATE audit
   SET outcome = :outcome
 WHERE tenant = :tenant
   AND seq = :seq;

-- statement support_audit_prev
-- for       system
-- in        seq int
-- out       changed
-- why       damage: only the note of the row before is edited
UPDATE audit
   SET prev = hash
 WHERE tenant = :tenant
   AND seq = :seq;

-- statement support_audit_seq
-- for       system
-- in        from_seq int, to_seq int
-- out       changed
-- why       damage: a row takes another place
UPDATE audit
   SET seq = :to_seq
 WHERE tenant = :tenant
   AND seq = :from_seq;

-- statement support_audit_cut
-- for       system
-- in        first int, last int
-- out       changed
-- why       damage: rows are deleted
DELETE FROM audit
 WHERE tenant = :tenant
   AND seq >= :first
   AND seq <= :last;

-- statement support_detail_edit
-- for       system
-- in        seq int
-- out       changed
-- why       damage: an edited detail
UPDATE audit_detail
   SET detail = '{"fields":[]}'
 WHERE tenant = :tenant
   AND audit_id IN (SELECT a.audit_id FROM audit AS a WHERE a.tenant = :tenant AND a.seq = :seq);

-- statement support_detail_erase
-- for       system
-- in        seq int
-- out       changed
-- why       no damage: a detail may be erased
DELETE FROM audit_detail
 WHERE tenant = :tenant
   AND audit_id IN (SELECT a.audit_id FROM audit AS a WHERE a.tenant = :tenant AND a.seq = :seq);

-- statement support_head_set
-- for       system
-- in        seq int
-- out       changed
-- why       damage: the head is turned back
UPDATE audit_head
   SET seq = :seq
 WHERE tenant = :tenant;

-- statement support_series_last
-- for       system
-- in        pattern text
-- out       one: last_no int
-- why       where a series stands
SELECT s.last_no
  FROM series AS s
 WHERE s.tenant = :tenant
   AND s.pattern = :pattern;
