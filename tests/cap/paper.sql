-- What the tests of documents look at behind the scenes.

-- statement paper_document
-- for       system
-- in        id id
-- out       one: status text, index_number text?, latest_edition_id id, public_edition_id id?, validity text, replaced_by_id id?, version int, category text
-- why       where a document stands
SELECT status, index_number, latest_edition_id, public_edition_id, validity, replaced_by_id, version, category
  FROM document
 WHERE tenant = :tenant AND document_id = :id;

-- statement paper_edition
-- for       system
-- in        id id
-- out       one: edition_id id, no int, status text, doc_number text?, doc_number_typed text?, decider_id id?, published_by id?, published_ms instant?, posted_ms instant?, late_reason text?, emergency_ms instant?, replaces_id id?, change_reason text?, version int
-- why       the newest edition of a document
SELECT e.edition_id, e.no, e.status, e.doc_number, e.doc_number_typed, e.decider_id, e.published_by, e.published_ms, e.posted_ms,
       e.late_reason, e.emergency_ms, e.replaces_id, e.change_reason, e.version
  FROM document d
  JOIN edition e ON e.tenant = d.tenant AND e.edition_id = d.latest_edition_id
 WHERE d.tenant = :tenant AND d.document_id = :id;

-- statement paper_editions
-- for       system
-- in        id id
-- out       many: no int, status text
-- why       all editions of a document
SELECT no, status
  FROM edition
 WHERE tenant = :tenant AND document_id = :id
 ORDER BY no;

-- statement paper_events
-- for       system
-- in        id id
-- out       many: kind text, actor_id id?, actor_kind text
-- why       what was remembered of a document, in order
SELECT kind, actor_id, actor_kind
  FROM event
 WHERE tenant = :tenant AND subject = 'document' AND subject_id = :id
 ORDER BY event_id;

-- statement paper_case
-- for       system
-- in        document_id id
-- out       one: case_id id, status text, level_no int, version int
-- why       the newest case of a document
SELECT case_id, status, level_no, version
  FROM review_case
 WHERE tenant = :tenant AND document_id = :document_id
 ORDER BY case_id DESC
 LIMIT 1;

-- statement paper_steps
-- for       system
-- in        case_id id
-- out       many: no int, status text, person_id id?, conclusion text?, ground text?
-- why       the levels of a case
SELECT no, status, person_id, conclusion, ground
  FROM review_step
 WHERE tenant = :tenant AND case_id = :case_id
 ORDER BY no;

-- statement paper_numbers
-- for       system
-- out       many: document_id id, status text, index_number text
-- why       every number that was ever given
SELECT document_id, status, index_number
  FROM document
 WHERE tenant = :tenant AND index_number IS NOT NULL
 ORDER BY index_number;

-- statement paper_series
-- for       system
-- out       many: pattern text, agency text, category text, yr int, last_no int
-- why       where every series stands
SELECT pattern, agency, category, yr, last_no
  FROM series
 WHERE tenant = :tenant
 ORDER BY pattern, agency, category, yr;

-- statement paper_tally_wrong
-- for       system
-- out       one: n int
-- why       rows of the tally that do not say how many documents are public
SELECT COUNT(*)
  FROM document_tally t
 WHERE t.tenant = :tenant
   AND t.n <> (SELECT COUNT(*) FROM document d
                WHERE d.tenant = :tenant AND d.publisher_id = t.publisher_id AND d.category = t.category AND d.yr = t.yr
                  AND d.status = 'public');

-- statement paper_public_count
-- for       system
-- out       one: n int
-- why       how many are public, counted
SELECT COUNT(*)
  FROM document
 WHERE tenant = :tenant AND status = 'public';

-- statement paper_half_done
-- for       system
-- out       one: n int
-- why       states that must not exist: public without a number or a published edition, a published edition of a document that is
--           not public, text that is visible outside a public edition or hidden inside one
SELECT (SELECT COUNT(*) FROM document d
         WHERE d.tenant = :tenant AND d.status = 'public'
           AND (d.index_number IS NULL OR d.shown_ms IS NULL OR d.first_published_ms IS NULL
                OR NOT EXISTS (SELECT 1 FROM edition e
                                WHERE e.tenant = d.tenant AND e.edition_id = d.public_edition_id
                                  AND e.status = 'published' AND e.published_ms IS NOT NULL)))
     + (SELECT COUNT(*) FROM edition e
          JOIN document d ON d.tenant = e.tenant AND d.document_id = e.document_id
         WHERE e.tenant = :tenant AND e.status = 'published'
           AND (d.status <> 'public' OR d.public_edition_id <> e.edition_id))
     + (SELECT COUNT(*) FROM edition_part p
          JOIN edition e ON e.tenant = p.tenant AND e.edition_id = p.edition_id
         WHERE p.tenant = :tenant
           AND ((p.visible = 1 AND e.status NOT IN ('published', 'superseded'))
                OR (p.visible = 0 AND e.status IN ('published', 'superseded'))))
     + (SELECT COUNT(*) FROM edition_file f
          JOIN edition e ON e.tenant = f.tenant AND e.edition_id = f.edition_id
         WHERE f.tenant = :tenant
           AND ((f.visible = 1 AND e.status NOT IN ('published', 'superseded'))
                OR (f.visible = 0 AND e.status IN ('published', 'superseded'))))
     + (SELECT COUNT(*) FROM document d
         WHERE d.tenant = :tenant AND d.status IN ('public', 'withdrawn')
           AND NOT EXISTS (SELECT 1 FROM event v
                            WHERE v.tenant = d.tenant AND v.subject = 'document' AND v.subject_id = d.document_id
                              AND v.kind IN ('document.published', 'document.imported')));

-- statement paper_cc
-- for       system
-- in        edition_id id
-- out       many: name text, sent_ms instant?
-- why       to whom a copy went, and when
SELECT name, sent_ms
  FROM edition_cc
 WHERE tenant = :tenant AND edition_id = :edition_id
 ORDER BY no;

-- statement paper_reading
-- for       system
-- in        document_id id
-- out       many: unit_id id, read_ms instant?, read_by id?
-- why       who has it to read
SELECT unit_id, read_ms, read_by
  FROM reading
 WHERE tenant = :tenant AND document_id = :document_id
 ORDER BY unit_id;

-- statement paper_imported_units
-- for       system
-- out       many: unit_id id, name text, agency_code text?
-- why       publishers that came with an import
SELECT unit_id, name, agency_code
  FROM unit
 WHERE tenant = :tenant AND kind = 'imported'
 ORDER BY unit_id;

-- statement paper_document_count
-- for       system
-- out       one: n int
-- why       how many documents there are, of whatever status
SELECT COUNT(*)
  FROM document
 WHERE tenant = :tenant;

-- statement paper_files
-- for       system
-- in        edition_id id
-- out       many: file_id id, name text, digest text, visible yesno
-- why       files of an edition
SELECT file_id, name, digest, visible
  FROM edition_file
 WHERE tenant = :tenant AND edition_id = :edition_id
 ORDER BY no;
