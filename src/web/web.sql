-- Sessions of staff. All statements are the program's own: whose session it is, is asked before there is an actor.

-- statement web_session_find
-- for       system
-- in        token_hash text
-- out       one: session_id id, person_id id, created_ms instant, seen_ms instant, proved_ms instant, second_factor yesno, notice text?, status text, login text, name text, unit_id id, unit_name text
-- why       one look-up for each office exchange: the session with its person and office
SELECT s.session_id, s.person_id, s.created_ms, s.seen_ms, s.proved_ms, s.second_factor, s.notice, p.status, p.login, p.name, p.unit_id, u.short_name
  FROM session s
  JOIN person p ON p.tenant = s.tenant AND p.person_id = s.person_id
  JOIN unit u ON u.tenant = p.tenant AND u.unit_id = p.unit_id
 WHERE s.tenant = :tenant AND s.token_hash = :token_hash AND s.ended_ms IS NULL;

-- statement web_session_add
-- for       system
-- in        session_id id, token_hash text, person_id id, now instant, address text?, browser text?, second_factor yesno
-- out       none
-- why       log-in
INSERT INTO session (tenant, session_id, token_hash, person_id, created_ms, seen_ms, proved_ms, address, browser, second_factor, notice, ended_ms)
VALUES (:tenant, :session_id, :token_hash, :person_id, :now, :now, :now, :address, :browser, :second_factor, NULL, NULL);

-- statement web_session_touch
-- for       system
-- in        session_id id, now instant
-- out       changed
-- why       activity, told at most once a minute
UPDATE session
   SET seen_ms = :now
 WHERE tenant = :tenant AND session_id = :session_id AND ended_ms IS NULL AND seen_ms < :now;

-- statement web_session_prove
-- for       system
-- in        session_id id, now instant, second_factor yesno
-- out       changed
-- why       password or code was given again
UPDATE session
   SET proved_ms = :now, second_factor = :second_factor
 WHERE tenant = :tenant AND session_id = :session_id AND ended_ms IS NULL;

-- statement web_session_notice
-- for       system
-- in        session_id id, notice text?
-- out       changed
-- why       what just happened, for the next page
UPDATE session
   SET notice = :notice
 WHERE tenant = :tenant AND session_id = :session_id;

-- statement web_session_end
-- for       system
-- in        session_id id, now instant
-- out       changed
-- why       log-out, idle, replaced
UPDATE session
   SET ended_ms = :now
 WHERE tenant = :tenant AND session_id = :session_id AND ended_ms IS NULL;

-- statement web_session_end_all
-- for       system
-- in        person_id id, keep id, now instant
-- out       changed
-- why       end all others, or all when a password, role or status changed
UPDATE session
   SET ended_ms = :now
 WHERE tenant = :tenant AND person_id = :person_id AND session_id <> :keep AND ended_ms IS NULL;

-- statement web_session_list
-- for       system
-- in        person_id id, seen_after instant, created_after instant
-- out       many: session_id id, created_ms instant, seen_ms instant, address text?, browser text?, second_factor yesno
-- why       the person's good sessions, newest first
SELECT session_id, created_ms, seen_ms, address, browser, second_factor
  FROM session
 WHERE tenant = :tenant AND person_id = :person_id AND ended_ms IS NULL AND seen_ms > :seen_after AND created_ms > :created_after
 ORDER BY created_ms DESC, session_id DESC;
