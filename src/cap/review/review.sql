-- Statements of review. Cases are found with the reach of the reader, as documents are.

-- statement level_list
-- for       staff
-- in        publisher_id int
-- out       many: no int, name text, kind text, may text, proof text?
-- why       the chain of a publisher in order
SELECT no, name, kind, may, proof
  FROM review_level
 WHERE tenant = :tenant AND publisher_id = :publisher_id
 ORDER BY no;

-- statement level_clear
-- for       staff
-- in        publisher_id int
-- out       none
-- why       a changed chain is written anew
DELETE FROM review_level
 WHERE tenant = :tenant AND publisher_id = :publisher_id;

-- statement level_add
-- for       staff
-- in        publisher_id int, no int, name text, kind text, may text, proof text?
-- out       none
-- why       a level; the seed changes nothing that is there
INSERT INTO review_level (tenant, publisher_id, no, name, kind, may, proof)
VALUES (:tenant, :publisher_id, :no, :name, :kind, :may, :proof)
    ON CONFLICT (tenant, publisher_id, no) DO NOTHING;

-- statement case_add
-- for       staff
-- in        id id, document_id id, edition_id id, submission int, unit_id id, publisher_id id, at instant
-- out       none
-- why       one text on its way through the chain
INSERT INTO review_case (tenant, case_id, document_id, edition_id, submission, unit_id, publisher_id, status, level_no, opened_ms, version)
VALUES (:tenant, :id, :document_id, :edition_id, :submission, :unit_id, :publisher_id, 'open', 1, :at, 1);

-- statement case_find
-- for       staff
-- in        id id, me id, today day
-- out       one: case_id id, document_id id, edition_id id, submission int, unit_id id, publisher_id id, status text, level_no int, opened_ms instant, urgent_ms instant?, urgent_reason text?, closed_ms instant?, version int
-- why       the door to one case; the reach of the reader is part of it
SELECT k.case_id, k.document_id, k.edition_id, k.submission, k.unit_id, k.publisher_id, k.status, k.level_no, k.opened_ms,
       k.urgent_ms, k.urgent_reason, k.closed_ms, k.version
  FROM review_case k
 WHERE k.tenant = :tenant AND k.case_id = :id
   AND EXISTS (SELECT 1
                 FROM role_held h
                 JOIN role_may m ON m.tenant = h.tenant AND m.role = h.role
                 JOIN unit_above a ON a.tenant = h.tenant AND a.above_id = h.unit_id
                WHERE h.tenant = :tenant AND h.person_id = :me AND m.may = 'document.read'
                  AND h.from_day <= :today AND (h.to_day IS NULL OR h.to_day >= :today)
                  AND a.unit_id = k.unit_id);

-- statement case_of_document
-- for       staff
-- in        document_id id
-- out       one: case_id id, status text, level_no int, version int
-- why       the newest case of a document that was found with the reader's reach before
SELECT case_id, status, level_no, version
  FROM review_case
 WHERE tenant = :tenant AND document_id = :document_id
 ORDER BY case_id DESC
 LIMIT 1;

-- statement case_move
-- for       staff
-- in        id id, version int, status text, level_no int, closed_ms instant?
-- out       changed
-- why       two reviewers at one level: the first conclusion counts, the second is told
UPDATE review_case
   SET status = :status, level_no = :level_no, closed_ms = :closed_ms, version = version + 1
 WHERE tenant = :tenant AND case_id = :id AND version = :version;

-- statement case_urgent
-- for       staff
-- in        id id, version int, at instant, by_id id, reason text
-- out       changed
-- why       from now on the secrecy review may be given before its turn
UPDATE review_case
   SET urgent_ms = :at, urgent_by = :by_id, urgent_reason = :reason, version = version + 1
 WHERE tenant = :tenant AND case_id = :id AND version = :version AND status = 'open' AND urgent_ms IS NULL;

-- statement step_add
-- for       staff
-- in        case_id id, no int, name text, kind text, may text, proof text?
-- out       none
-- why       the level as it was when the case was opened
INSERT INTO review_step (tenant, case_id, no, name, kind, may, proof, status, proof_done)
VALUES (:tenant, :case_id, :no, :name, :kind, :may, :proof, 'waiting', 0);

-- statement step_list
-- for       staff
-- in        case_id id
-- out       many: no int, name text, kind text, may text, proof text?, status text, person_id id?, person text?, unit_name text?, conclusion text?, opinion text?, ground text?, proof_done yesno, at_ms instant?
-- why       levels with their conclusions
SELECT s.no, s.name, s.kind, s.may, s.proof, s.status, s.person_id, p.name, u.short_name, s.conclusion, s.opinion, s.ground,
       s.proof_done, s.at_ms
  FROM review_step s
  LEFT JOIN person p ON p.tenant = s.tenant AND p.person_id = s.person_id
  LEFT JOIN unit u ON u.tenant = p.tenant AND u.unit_id = p.unit_id
 WHERE s.tenant = :tenant AND s.case_id = :case_id
 ORDER BY s.no;

-- statement step_conclude
-- for       staff
-- in        case_id id, no int, was text, status text, person_id id?, conclusion text?, opinion text?, ground text?, proof_done yesno, at instant
-- out       changed
-- why       a level is concluded once
UPDATE review_step
   SET status = :status, person_id = :person_id, conclusion = :conclusion, opinion = :opinion, ground = :ground,
       proof_done = :proof_done, at_ms = :at
 WHERE tenant = :tenant AND case_id = :case_id AND no = :no AND status = :was;

-- statement steps_skip
-- for       staff
-- in        case_id id
-- out       changed
-- why       emergency publication: the levels not passed are caught up afterwards
UPDATE review_step
   SET status = 'skipped'
 WHERE tenant = :tenant AND case_id = :case_id AND status = 'waiting';

-- statement seen_before
-- for       staff
-- in        edition_id id, person_id id, submission int
-- out       one: submission int
-- why       the version this reviewer saw last: the newest earlier submission on which he concluded
SELECT k.submission
  FROM review_case k
  JOIN review_step s ON s.tenant = k.tenant AND s.case_id = k.case_id
 WHERE k.tenant = :tenant AND k.edition_id = :edition_id AND s.person_id = :person_id AND k.submission < :submission
   AND s.at_ms IS NOT NULL
 ORDER BY k.submission DESC
 LIMIT 1;

-- statement case_waiting
-- for       staff
-- in        me id, today day, most int
-- out       many: case_id id, document_id id, level_name text, kind text, title text, doc_number text?, unit_name text, author text?, signed_on day?, printed_on day?, opened_ms instant, urgent_ms instant?, version int
-- why       what waits for this person: open cases whose level asks for a right he holds there, not his own texts, not those where
--           he has concluded at another level
SELECT k.case_id, k.document_id, s.name, s.kind, e.title, e.doc_number, u.short_name, p.name, e.signed_on, e.printed_on, k.opened_ms,
       k.urgent_ms, k.version
  FROM review_case k
  JOIN review_step s ON s.tenant = k.tenant AND s.case_id = k.case_id AND s.status = 'waiting'
   AND (s.no = k.level_no OR (k.urgent_ms IS NOT NULL AND s.kind = 'secrecy'))
  JOIN edition e ON e.tenant = k.tenant AND e.edition_id = k.edition_id
  JOIN unit u ON u.tenant = k.tenant AND u.unit_id = k.unit_id
  LEFT JOIN person p ON p.tenant = e.tenant AND p.person_id = e.author_id
 WHERE k.tenant = :tenant AND k.status = 'open'
   AND EXISTS (SELECT 1
                 FROM role_held h
                 JOIN role_may m ON m.tenant = h.tenant AND m.role = h.role
                 JOIN unit_above a ON a.tenant = h.tenant AND a.above_id = h.unit_id
                WHERE h.tenant = :tenant AND h.person_id = :me AND m.may = s.may
                  AND h.from_day <= :today AND (h.to_day IS NULL OR h.to_day >= :today)
                  AND a.unit_id = k.unit_id)
   AND NOT EXISTS (SELECT 1 FROM edition_writer w
                    WHERE w.tenant = :tenant AND w.edition_id = k.edition_id AND w.person_id = :me)
   AND NOT EXISTS (SELECT 1 FROM review_step o
                    WHERE o.tenant = :tenant AND o.case_id = k.case_id AND o.person_id = :me)
 ORDER BY k.opened_ms, k.case_id
 LIMIT :most;

-- statement skipped_waiting
-- for       staff
-- in        me id, today day, most int
-- out       many: case_id id, document_id id, no int, level_name text, title text, doc_number text?, unit_name text, author text?, closed_ms instant?
-- why       levels skipped by an emergency publication, to be caught up by those who hold their right
SELECT k.case_id, k.document_id, s.no, s.name, e.title, e.doc_number, u.short_name, p.name, k.closed_ms
  FROM review_step s
  JOIN review_case k ON k.tenant = s.tenant AND k.case_id = s.case_id
  JOIN edition e ON e.tenant = k.tenant AND e.edition_id = k.edition_id
  JOIN unit u ON u.tenant = k.tenant AND u.unit_id = k.unit_id
  LEFT JOIN person p ON p.tenant = e.tenant AND p.person_id = e.author_id
 WHERE s.tenant = :tenant AND s.status = 'skipped' AND k.status = 'emergency'
   AND EXISTS (SELECT 1
                 FROM role_held h
                 JOIN role_may m ON m.tenant = h.tenant AND m.role = h.role
                 JOIN unit_above a ON a.tenant = h.tenant AND a.above_id = h.unit_id
                WHERE h.tenant = :tenant AND h.person_id = :me AND m.may = s.may
                  AND h.from_day <= :today AND (h.to_day IS NULL OR h.to_day >= :today)
                  AND a.unit_id = k.unit_id)
   AND NOT EXISTS (SELECT 1 FROM edition_writer w
                    WHERE w.tenant = :tenant AND w.edition_id = k.edition_id AND w.person_id = :me)
   AND NOT EXISTS (SELECT 1 FROM review_step o
                    WHERE o.tenant = :tenant AND o.case_id = k.case_id AND o.person_id = :me)
   AND (e.published_by IS NULL OR e.published_by <> :me)
 ORDER BY k.case_id
 LIMIT :most;

-- statement reviewers_of
-- for       staff
-- in        unit_id id, may text, today day
-- out       many: person_id id, name text, unit_name text
-- why       who may conclude at a level: shown to the drafter who waits
SELECT DISTINCT p.person_id, p.name, u.short_name
  FROM role_held h
  JOIN role_may m ON m.tenant = h.tenant AND m.role = h.role
  JOIN unit_above a ON a.tenant = h.tenant AND a.above_id = h.unit_id
  JOIN person p ON p.tenant = h.tenant AND p.person_id = h.person_id
  JOIN unit u ON u.tenant = p.tenant AND u.unit_id = p.unit_id
 WHERE h.tenant = :tenant AND m.may = :may AND a.unit_id = :unit_id AND p.status = 'active'
   AND h.from_day <= :today AND (h.to_day IS NULL OR h.to_day >= :today)
 ORDER BY p.person_id
 LIMIT 20;
