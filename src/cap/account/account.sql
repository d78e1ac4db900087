-- People

-- statement person_by_login
-- for       system
-- in        login text
-- out       one: person_id id, name text, unit_id id, status text, password text?, password_ms instant?, totp_seed text?, totp_step int?, recovery text?, failures int, locked_until_ms instant?
-- why       log-in, before anybody is known
SELECT p.person_id, p.name, p.unit_id, p.status, p.password, p.password_ms, p.totp_seed, p.totp_step, p.recovery, p.failures, p.locked_until_ms
  FROM person p
 WHERE p.tenant = :tenant AND p.login = :login;

-- statement person_by_id
-- for       system
-- in        person_id id
-- out       one: person_id id, login text, name text, unit_id id, status text, password text?, password_ms instant?, totp_seed text?, totp_step int?, recovery text?, failures int, locked_until_ms instant?
-- why       proof of the person who is signed in
SELECT p.person_id, p.login, p.name, p.unit_id, p.status, p.password, p.password_ms, p.totp_seed, p.totp_step, p.recovery, p.failures, p.locked_until_ms
  FROM person p
 WHERE p.tenant = :tenant AND p.person_id = :person_id;

-- statement person_by_activation
-- for       system
-- in        activation text
-- out       one: person_id id, login text, name text, unit_id id, status text, activation_ms instant?
-- why       the holder of a one-time code
SELECT p.person_id, p.login, p.name, p.unit_id, p.status, p.activation_ms
  FROM person p
 WHERE p.tenant = :tenant AND p.activation = :activation;

-- statement person_hold
-- for       system
-- in        person_id id
-- out       one: status text, failures int, locked_until_ms instant?, totp_step int?, recovery text?, activation text?
-- why       takes the row's lock on both engines before counters are read and changed
UPDATE person SET failures = failures
 WHERE tenant = :tenant AND person_id = :person_id
RETURNING status, failures, locked_until_ms, totp_step, recovery, activation;

-- statement person_failed
-- for       system
-- in        person_id id, failures int, locked_until_ms instant?
-- out       none
-- why       one more failure, and perhaps a wait
UPDATE person SET failures = :failures, locked_until_ms = :locked_until_ms
 WHERE tenant = :tenant AND person_id = :person_id;

-- statement person_proved
-- for       system
-- in        person_id id, totp_step int?, recovery text?, now instant
-- out       none
-- why       a success clears the count and uses up the step or recovery code
UPDATE person SET failures = 0, locked_until_ms = NULL, totp_step = :totp_step, recovery = :recovery, last_seen_ms = :now
 WHERE tenant = :tenant AND person_id = :person_id;

-- statement person_add
-- for       staff
-- in        person_id id, login text, name text, unit_id id, status text, activation text?, activation_ms instant?
-- out       none
-- why       somebody is invited
INSERT INTO person (tenant, person_id, login, name, unit_id, status, activation, activation_ms, failures, version)
VALUES (:tenant, :person_id, :login, :name, :unit_id, :status, :activation, :activation_ms, 0, 1);

-- statement person_login_taken
-- for       staff
-- in        login text
-- out       one: person_id id
-- why       a login is never given twice, not even after its holder left
SELECT p.person_id FROM person p WHERE p.tenant = :tenant AND p.login = :login;

-- statement person_activate
-- for       system
-- in        person_id id, password text, now instant
-- out       changed
-- why       a code works once: the row must still carry one
UPDATE person SET status = 'active', password = :password, password_ms = :now, activation = NULL, activation_ms = NULL, failures = 0, locked_until_ms = NULL, last_seen_ms = :now, version = version + 1
 WHERE tenant = :tenant AND person_id = :person_id AND activation IS NOT NULL AND status IN ('invited', 'active');

-- statement person_owner_enable
-- for       system
-- in        person_id id
-- out       changed
-- why       the command line needs no password: who has the shell has the files
UPDATE person SET status = 'active', version = version + 1
 WHERE tenant = :tenant AND person_id = :person_id AND status = 'invited' AND password IS NULL;

-- statement person_password_set
-- for       system
-- in        person_id id, password text, now instant
-- out       changed
-- why       the person changes the password himself
UPDATE person SET password = :password, password_ms = :now, version = version + 1
 WHERE tenant = :tenant AND person_id = :person_id AND status = 'active';

-- statement person_password_rehash
-- for       system
-- in        person_id id, old text, password text
-- out       changed
-- why       stronger parameters: the same password, so its age stays
UPDATE person SET password = :password
 WHERE tenant = :tenant AND person_id = :person_id AND password = :old;

-- statement person_code_set
-- for       staff
-- in        person_id id, activation text, now instant, version int
-- out       changed
-- why       a lost password: a new one-time code
UPDATE person SET activation = :activation, activation_ms = :now, version = version + 1
 WHERE tenant = :tenant AND person_id = :person_id AND status IN ('invited', 'active') AND version = :version;

-- statement person_status_set
-- for       staff
-- in        person_id id, status text, now instant, version int
-- out       changed
-- why       an unlocked person starts with a clean count, and idle time is counted anew
UPDATE person SET status = :status, failures = 0, locked_until_ms = NULL, activation = NULL, last_seen_ms = :now, version = version + 1
 WHERE tenant = :tenant AND person_id = :person_id AND version = :version;

-- statement person_rename
-- for       staff
-- in        person_id id, name text, unit_id id, version int
-- out       changed
-- why       name or unit changed
UPDATE person SET name = :name, unit_id = :unit_id, version = version + 1
 WHERE tenant = :tenant AND person_id = :person_id AND version = :version;

-- statement person_totp_bind
-- for       system
-- in        person_id id, totp_seed text, totp_step int, recovery text
-- out       changed
-- why       only where none is bound: rebinding takes two people
UPDATE person SET totp_seed = :totp_seed, totp_step = :totp_step, recovery = :recovery, version = version + 1
 WHERE tenant = :tenant AND person_id = :person_id AND totp_seed IS NULL;

-- statement person_totp_drop
-- for       staff
-- in        person_id id
-- out       changed
-- why       the authenticator was lost; two people agreed
UPDATE person SET totp_seed = NULL, totp_step = NULL, recovery = NULL, version = version + 1
 WHERE tenant = :tenant AND person_id = :person_id;

-- statement person_view
-- for       staff
-- in        person_id id
-- out       one: person_id id, login text, name text, unit_id id, unit_name text, status text, has_totp yesno, has_code yesno, password_ms instant?, locked_until_ms instant?, last_seen_ms instant?, version int
-- why       the page of one person
SELECT p.person_id, p.login, p.name, p.unit_id, u.name, p.status, CASE WHEN p.totp_seed IS NULL THEN 0 ELSE 1 END, CASE WHEN p.activation IS NULL THEN 0 ELSE 1 END, p.password_ms, p.locked_until_ms, p.last_seen_ms, p.version
  FROM person p
  JOIN unit u ON u.tenant = p.tenant AND u.unit_id = p.unit_id
 WHERE p.tenant = :tenant AND p.person_id = :person_id;

-- statement person_list
-- for       staff
-- in        unit_id id?
-- out       many: person_id id, login text, name text, unit_id id, unit_name text, status text, has_totp yesno, last_seen_ms instant?
-- why       the list of people
SELECT p.person_id, p.login, p.name, p.unit_id, u.name, p.status, CASE WHEN p.totp_seed IS NULL THEN 0 ELSE 1 END, p.last_seen_ms
  FROM person p
  JOIN unit u ON u.tenant = p.tenant AND u.unit_id = p.unit_id
 WHERE p.tenant = :tenant AND (CAST(:unit_id AS BIGINT) IS NULL OR p.unit_id = :unit_id)
 ORDER BY u.sort_no, p.unit_id, p.login;

-- statement person_idle
-- for       system
-- in        before instant
-- out       many: person_id id, version int
-- why       accounts nobody used for long
SELECT p.person_id, p.version
  FROM person p
 WHERE p.tenant = :tenant AND p.status = 'active' AND p.password IS NOT NULL AND p.last_seen_ms < :before
 ORDER BY p.person_id;

-- statement person_idle_lock
-- for       system
-- in        person_id id, version int
-- out       changed
-- why       only if nobody touched it since it was found idle
UPDATE person SET status = 'locked', version = version + 1
 WHERE tenant = :tenant AND person_id = :person_id AND status = 'active' AND version = :version;

-- Earlier passwords

-- statement password_past_add
-- for       system
-- in        past_id id, person_id id, password text, now instant
-- out       none
-- why       the last five passwords may not come again
INSERT INTO password_past (tenant, past_id, person_id, password, made_ms)
VALUES (:tenant, :past_id, :person_id, :password, :now);

-- statement password_past_list
-- for       system
-- in        person_id id, most int
-- out       many: past_id id, password text
-- why       the last ones, newest first
SELECT p.past_id, p.password
  FROM password_past p
 WHERE p.tenant = :tenant AND p.person_id = :person_id
 ORDER BY p.past_id DESC
 LIMIT :most;

-- statement password_past_trim
-- for       system
-- in        person_id id, oldest_kept id
-- out       none
-- why       older ones are forgotten
DELETE FROM password_past
 WHERE tenant = :tenant AND person_id = :person_id AND past_id < :oldest_kept;

-- Roles

-- statement role_list
-- for       staff
-- out       many: role text, name text, admin text?
-- why       all roles, in the order of the registry
SELECT r.role, r.name, r.admin
  FROM role r
 WHERE r.tenant = :tenant
 ORDER BY r.sort_no, r.role;

-- statement role_get
-- for       staff
-- in        role text
-- out       one: role text, name text, admin text?
-- why       one role
SELECT r.role, r.name, r.admin
  FROM role r
 WHERE r.tenant = :tenant AND r.role = :role;

-- statement role_may_list
-- for       staff
-- out       many: role text, may text
-- why       what each role may do, for the page of roles
SELECT m.role, m.may
  FROM role_may m
 WHERE m.tenant = :tenant
 ORDER BY m.role, m.may;

-- statement held_add
-- for       staff
-- in        held_id id, person_id id, role text, unit_id id, from_day day, to_day day?, given_by id?
-- out       none
-- why       somebody holds a role from a day on
INSERT INTO role_held (tenant, held_id, person_id, role, unit_id, from_day, to_day, given_by, version)
VALUES (:tenant, :held_id, :person_id, :role, :unit_id, :from_day, :to_day, :given_by, 1);

-- statement held_get
-- for       staff
-- in        held_id id
-- out       one: held_id id, person_id id, role text, admin text?, unit_id id, from_day day, to_day day?, version int
-- why       one holding, to be ended
SELECT h.held_id, h.person_id, h.role, r.admin, h.unit_id, h.from_day, h.to_day, h.version
  FROM role_held h
  JOIN role r ON r.tenant = h.tenant AND r.role = h.role
 WHERE h.tenant = :tenant AND h.held_id = :held_id;

-- statement held_end
-- for       staff
-- in        held_id id, to_day day, version int
-- out       changed
-- why       the row stays as history
UPDATE role_held SET to_day = :to_day, version = version + 1
 WHERE tenant = :tenant AND held_id = :held_id AND version = :version;

-- statement held_end_all
-- for       staff
-- in        person_id id, to_day day
-- out       changed
-- why       who leaves holds nothing any more
UPDATE role_held SET to_day = :to_day, version = version + 1
 WHERE tenant = :tenant AND person_id = :person_id AND (to_day IS NULL OR to_day > :to_day);

-- statement held_list
-- for       staff
-- in        person_id id?, role text?
-- out       many: held_id id, person_id id, login text, person_name text, role text, role_name text, admin text?, unit_id id, unit_name text, from_day day, to_day day?, version int
-- why       who holds what, past and future ones too
SELECT h.held_id, h.person_id, p.login, p.name, h.role, r.name, r.admin, h.unit_id, u.name, h.from_day, h.to_day, h.version
  FROM role_held h
  JOIN role r ON r.tenant = h.tenant AND r.role = h.role
  JOIN person p ON p.tenant = h.tenant AND p.person_id = h.person_id
  JOIN unit u ON u.tenant = h.tenant AND u.unit_id = h.unit_id
 WHERE h.tenant = :tenant AND (CAST(:person_id AS BIGINT) IS NULL OR h.person_id = :person_id) AND (CAST(:role AS TEXT) IS NULL OR h.role = :role)
 ORDER BY r.sort_no, h.held_id;

-- statement held_open
-- for       staff
-- in        person_id id, today day
-- out       many: role text, admin text?
-- why       the three administrators are disjoint from each other and from everything else, also for roles that begin later
SELECT h.role, r.admin
  FROM role_held h
  JOIN role r ON r.tenant = h.tenant AND r.role = h.role
 WHERE h.tenant = :tenant AND h.person_id = :person_id AND (h.to_day IS NULL OR h.to_day >= :today)
 ORDER BY h.role;

-- statement held_same
-- for       staff
-- in        person_id id, role text, unit_id id, today day
-- out       one: held_id id
-- why       the same role in the same unit is not given twice
SELECT h.held_id
  FROM role_held h
 WHERE h.tenant = :tenant AND h.person_id = :person_id AND h.role = :role AND h.unit_id = :unit_id AND (h.to_day IS NULL OR h.to_day >= :today)
 ORDER BY h.held_id
 LIMIT 1;

-- statement admin_kinds
-- for       staff
-- in        today day
-- out       many: admin text
-- why       bootstrap is over when system, security and audit are all held by somebody who can act or was invited to
SELECT DISTINCT r.admin
  FROM role_held h
  JOIN role r ON r.tenant = h.tenant AND r.role = h.role
  JOIN person p ON p.tenant = h.tenant AND p.person_id = h.person_id
 WHERE h.tenant = :tenant AND r.admin IS NOT NULL AND h.from_day <= :today AND (h.to_day IS NULL OR h.to_day >= :today) AND p.status IN ('invited', 'active')
 ORDER BY r.admin;

-- statement owner_find
-- for       system
-- in        today day
-- out       one: person_id id, login text, name text
-- why       the identity of the command line (ruling 19)
SELECT p.person_id, p.login, p.name
  FROM role_held h
  JOIN person p ON p.tenant = h.tenant AND p.person_id = h.person_id
 WHERE h.tenant = :tenant AND h.role = 'owner' AND h.from_day <= :today AND (h.to_day IS NULL OR h.to_day >= :today) AND p.status = 'active'
 ORDER BY h.held_id
 LIMIT 1;

-- statement change_add
-- for       staff
-- in        change_id id, verb text, person_id id, role text?, unit_id id?, held_id id?, from_day day?, to_day day?, by id, now instant
-- out       none
-- why       a change of administrators waits for a second person
INSERT INTO role_change (tenant, change_id, verb, person_id, role, unit_id, held_id, from_day, to_day, proposed_by, proposed_ms, status, version)
VALUES (:tenant, :change_id, :verb, :person_id, :role, :unit_id, :held_id, :from_day, :to_day, :by, :now, 'waiting', 1);

-- statement change_get
-- for       staff
-- in        change_id id
-- out       one: change_id id, verb text, person_id id, role text?, unit_id id?, held_id id?, from_day day?, to_day day?, proposed_by id, status text, version int
-- why       one waiting change
SELECT c.change_id, c.verb, c.person_id, c.role, c.unit_id, c.held_id, c.from_day, c.to_day, c.proposed_by, c.status, c.version
  FROM role_change c
 WHERE c.tenant = :tenant AND c.change_id = :change_id;

-- statement change_decide
-- for       staff
-- in        change_id id, status text, by id, now instant, version int
-- out       changed
-- why       only one decides, and only once
UPDATE role_change SET status = :status, decided_by = :by, decided_ms = :now, version = version + 1
 WHERE tenant = :tenant AND change_id = :change_id AND status = 'waiting' AND version = :version;

-- statement change_waiting
-- for       staff
-- out       many: change_id id, verb text, person_id id, person_name text, role_name text?, unit_name text?, proposed_by id, proposer_name text, proposed_ms instant, version int
-- why       what waits for confirmation
SELECT c.change_id, c.verb, c.person_id, p.name, r.name, u.name, c.proposed_by, q.name, c.proposed_ms, c.version
  FROM role_change c
  JOIN person p ON p.tenant = c.tenant AND p.person_id = c.person_id
  JOIN person q ON q.tenant = c.tenant AND q.person_id = c.proposed_by
  LEFT JOIN role r ON r.tenant = c.tenant AND r.role = c.role
  LEFT JOIN unit u ON u.tenant = c.tenant AND u.unit_id = c.unit_id
 WHERE c.tenant = :tenant AND c.status = 'waiting'
 ORDER BY c.change_id;

-- Units

-- statement unit_add
-- for       staff
-- in        unit_id id, above_id id?, kind text, name text, short_name text, agency_code text?, publishes yesno, phone text?, sort_no int
-- out       none
-- why       a unit of the organisation
INSERT INTO unit (tenant, unit_id, above_id, kind, name, short_name, agency_code, publishes, phone, sort_no, version)
VALUES (:tenant, :unit_id, :above_id, :kind, :name, :short_name, :agency_code, :publishes, :phone, :sort_no, 1);

-- statement unit_view
-- for       staff
-- in        unit_id id
-- out       one: unit_id id, above_id id?, kind text, name text, short_name text, agency_code text?, publishes yesno, phone text?, sort_no int, closed_on day?, version int
-- why       the page of one unit
SELECT u.unit_id, u.above_id, u.kind, u.name, u.short_name, u.agency_code, u.publishes, u.phone, u.sort_no, u.closed_on, u.version
  FROM unit u
 WHERE u.tenant = :tenant AND u.unit_id = :unit_id;

-- statement unit_lines
-- for       staff
-- out       many: unit_id id, above_id id?, kind text, name text, short_name text, agency_code text?, publishes yesno, closed_on day?, people int
-- why       the list of units with their people
SELECT u.unit_id, u.above_id, u.kind, u.name, u.short_name, u.agency_code, u.publishes, u.closed_on, COUNT(p.person_id)
  FROM unit u
  LEFT JOIN person p ON p.tenant = u.tenant AND p.unit_id = u.unit_id AND p.status <> 'left'
 WHERE u.tenant = :tenant
 GROUP BY u.unit_id, u.above_id, u.kind, u.name, u.short_name, u.agency_code, u.publishes, u.closed_on, u.sort_no
 ORDER BY u.sort_no, u.unit_id;

-- statement unit_save
-- for       staff
-- in        unit_id id, name text, short_name text, agency_code text?, publishes yesno, phone text?, sort_no int, version int
-- out       changed
-- why       names, code and order of a unit
UPDATE unit SET name = :name, short_name = :short_name, agency_code = :agency_code, publishes = :publishes, phone = :phone, sort_no = :sort_no, version = version + 1
 WHERE tenant = :tenant AND unit_id = :unit_id AND version = :version;

-- statement unit_move
-- for       staff
-- in        unit_id id, above_id id, version int
-- out       changed
-- why       another superior
UPDATE unit SET above_id = :above_id, version = version + 1
 WHERE tenant = :tenant AND unit_id = :unit_id AND version = :version;

-- statement unit_close
-- for       staff
-- in        unit_id id, closed_on day, version int
-- out       changed
-- why       the row stays: old documents name it
UPDATE unit SET closed_on = :closed_on, version = version + 1
 WHERE tenant = :tenant AND unit_id = :unit_id AND closed_on IS NULL AND version = :version;

-- statement unit_in_use
-- for       staff
-- in        unit_id id, today day
-- out       one: units int, people int
-- why       a unit with open units below it or people in it cannot be closed
SELECT (SELECT COUNT(*) FROM unit b WHERE b.tenant = :tenant AND b.above_id = :unit_id AND b.closed_on IS NULL),
       (SELECT COUNT(DISTINCT p.person_id) FROM person p LEFT JOIN role_held h ON h.tenant = p.tenant AND h.person_id = p.person_id AND h.unit_id = :unit_id AND (h.to_day IS NULL OR h.to_day >= :today)
         WHERE p.tenant = :tenant AND p.status <> 'left' AND (p.unit_id = :unit_id OR h.held_id IS NOT NULL));

-- statement code_taken
-- for       staff
-- in        agency_code text
-- out       one: unit_id id, name text
-- why       two publishers with one code would share index numbers
SELECT u.unit_id, u.name FROM unit u WHERE u.tenant = :tenant AND u.agency_code = :agency_code ORDER BY u.unit_id LIMIT 1;

-- statement alias_find
-- for       staff
-- in        alias text
-- out       one: unit_id id, unit_name text
-- why       whose name is it?
SELECT a.unit_id, u.name
  FROM unit_alias a
  JOIN unit u ON u.tenant = a.tenant AND u.unit_id = a.unit_id
 WHERE a.tenant = :tenant AND a.alias = :alias;

-- statement alias_list
-- for       staff
-- in        unit_id id
-- out       many: alias text
-- why       all names of a unit
SELECT a.alias
  FROM unit_alias a
 WHERE a.tenant = :tenant AND a.unit_id = :unit_id
 ORDER BY a.alias;

-- statement alias_add
-- for       staff
-- in        alias text, unit_id id
-- out       changed
-- why       a name belongs to one unit only
INSERT INTO unit_alias (tenant, alias, unit_id)
VALUES (:tenant, :alias, :unit_id)
ON CONFLICT (tenant, alias) DO NOTHING;

-- statement alias_drop
-- for       staff
-- in        alias text, unit_id id
-- out       changed
-- why       a name is given up
DELETE FROM unit_alias
 WHERE tenant = :tenant AND alias = :alias AND unit_id = :unit_id;

-- statement above_self
-- for       staff
-- in        unit_id id
-- out       none
-- why       each unit is within itself
INSERT INTO unit_above (tenant, unit_id, above_id)
VALUES (:tenant, :unit_id, :unit_id);

-- statement above_from
-- for       staff
-- in        unit_id id, above_id id
-- out       none
-- why       a new unit stands below everything its superior stands below
INSERT INTO unit_above (tenant, unit_id, above_id)
SELECT a.tenant, CAST(:unit_id AS BIGINT), a.above_id
  FROM unit_above a
 WHERE a.tenant = :tenant AND a.unit_id = :above_id;

-- statement above_cut
-- for       staff
-- in        unit_id id
-- out       none
-- why       the moved branch leaves all its old superiors, its inner order stays
DELETE FROM unit_above
 WHERE tenant = :tenant
   AND unit_id IN (SELECT b.unit_id FROM unit_above b WHERE b.tenant = :tenant AND b.above_id = :unit_id)
   AND above_id NOT IN (SELECT b.unit_id FROM unit_above b WHERE b.tenant = :tenant AND b.above_id = :unit_id);

-- statement above_graft
-- for       staff
-- in        unit_id id, above_id id
-- out       none
-- why       the moved branch stands below all new superiors
INSERT INTO unit_above (tenant, unit_id, above_id)
SELECT b.tenant, b.unit_id, a.above_id
  FROM unit_above b
  JOIN unit_above a ON a.tenant = b.tenant AND a.unit_id = :above_id
 WHERE b.tenant = :tenant AND b.above_id = :unit_id;

-- statement above_list
-- for       staff
-- out       many: unit_id id, above_id id
-- why       the whole closure, for the test of it
SELECT a.unit_id, a.above_id
  FROM unit_above a
 WHERE a.tenant = :tenant
 ORDER BY a.unit_id, a.above_id;

-- Audit, for reading

-- statement audit_page
-- for       staff
-- in        before_id id?, actor text?, op text?, most int
-- out       many: audit_id id, seq int?, at_ms instant, actor text, session text?, address text?, op text, subject text?, outcome text
-- why       the audit, newest first
SELECT a.audit_id, a.seq, a.at_ms, a.actor, a.session, a.address, a.op, a.subject, a.outcome
  FROM audit a
 WHERE a.tenant = :tenant AND (CAST(:before_id AS BIGINT) IS NULL OR a.audit_id < :before_id)
   AND (CAST(:actor AS TEXT) IS NULL OR a.actor = :actor) AND (CAST(:op AS TEXT) IS NULL OR a.op = :op)
 ORDER BY a.audit_id DESC
 LIMIT :most;
