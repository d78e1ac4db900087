-- Statements of documents. Staff statements that find a document by its id carry the reach of the reader: a person sees the
-- documents of the units in which (or above which) he holds document.read. For anybody else the row does not exist.

-- statement document_find
-- for       staff
-- in        id id, me id, today day
-- out       one: document_id id, unit_id id, publisher_id id, author_id id?, origin text, status text, index_number text?, category text, yr int?, latest_edition_id id, public_edition_id id?, shown_ms instant?, first_published_ms instant?, withdrawn_ms instant?, withdrawn_kind text?, withdrawn_reason text?, validity text, valid_to day?, validity_reason text?, replaced_by_id id?, created_ms instant, version int
-- why       the door of the office to one document; the reach of the reader is part of it
SELECT d.document_id, d.unit_id, d.publisher_id, d.author_id, d.origin, d.status, d.index_number, d.category, d.yr,
       d.latest_edition_id, d.public_edition_id, d.shown_ms, d.first_published_ms, d.withdrawn_ms, d.withdrawn_kind,
       d.withdrawn_reason, d.validity, d.valid_to, d.validity_reason, d.replaced_by_id, d.created_ms, d.version
  FROM document d
 WHERE d.tenant = :tenant AND d.document_id = :id
   AND EXISTS (SELECT 1
                 FROM role_held h
                 JOIN role_may m ON m.tenant = h.tenant AND m.role = h.role
                 JOIN unit_above a ON a.tenant = h.tenant AND a.above_id = h.unit_id
                WHERE h.tenant = :tenant AND h.person_id = :me AND m.may = 'document.read'
                  AND h.from_day <= :today AND (h.to_day IS NULL OR h.to_day >= :today)
                  AND a.unit_id = d.unit_id);

-- statement document_find_any
-- for       staff
-- in        id id
-- out       one: document_id id, unit_id id, publisher_id id, author_id id?, origin text, status text, index_number text?, category text, yr int?, latest_edition_id id, public_edition_id id?, shown_ms instant?, first_published_ms instant?, withdrawn_ms instant?, withdrawn_kind text?, withdrawn_reason text?, validity text, valid_to day?, validity_reason text?, replaced_by_id id?, created_ms instant, version int
-- why       for acts of the program on behalf of an event, where the reach was asked before
SELECT d.document_id, d.unit_id, d.publisher_id, d.author_id, d.origin, d.status, d.index_number, d.category, d.yr,
       d.latest_edition_id, d.public_edition_id, d.shown_ms, d.first_published_ms, d.withdrawn_ms, d.withdrawn_kind,
       d.withdrawn_reason, d.validity, d.valid_to, d.validity_reason, d.replaced_by_id, d.created_ms, d.version
  FROM document d
 WHERE d.tenant = :tenant AND d.document_id = :id;

-- statement document_id_by_number
-- for       staff
-- in        number text
-- out       one: document_id id
-- why       an index number names one document for ever
SELECT document_id
  FROM document
 WHERE tenant = :tenant AND index_number = :number;

-- statement document_id_by_doc_number
-- for       staff
-- in        doc_number text
-- out       many: document_id id, edition_id id, title text
-- why       what a new document replaces is named by its document number
SELECT e.document_id, e.edition_id, e.title
  FROM edition e
 WHERE e.tenant = :tenant AND e.doc_number = :doc_number AND e.status = 'published'
 ORDER BY e.edition_id
 LIMIT 5;

-- statement document_add
-- for       staff
-- in        id id, unit_id id, publisher_id id, author_id id?, origin text, status text, category text, edition_id id, import_key text?, created_ms instant
-- out       changed
-- why       an import that was done before changes nothing (import_key)
INSERT INTO document (tenant, document_id, unit_id, publisher_id, author_id, origin, status, category, latest_edition_id,
                      import_key, validity, created_ms, version)
VALUES (:tenant, :id, :unit_id, :publisher_id, :author_id, :origin, :status, :category, :edition_id,
        :import_key, 'in_force', :created_ms, 1)
    ON CONFLICT (tenant, import_key) DO NOTHING;

-- statement document_by_import_key
-- for       staff
-- in        import_key text
-- out       one: document_id id, index_number text?
-- why       the same page imported again answers with the document of the first time
SELECT document_id, index_number
  FROM document
 WHERE tenant = :tenant AND import_key = :import_key;

-- statement document_set_draft
-- for       staff
-- in        id id, category text, unit_id id, publisher_id id
-- out       changed
-- why       category and drafting unit are of the document; they may change only before its first publication
UPDATE document
   SET category = :category, unit_id = :unit_id, publisher_id = :publisher_id, version = version + 1
 WHERE tenant = :tenant AND document_id = :id AND index_number IS NULL;

-- statement document_set_latest
-- for       staff
-- in        id id, edition_id id, seen_edition_id id
-- out       changed
-- why       only one correction at a time: the second person finds the edition he saw replaced
UPDATE document
   SET latest_edition_id = :edition_id, version = version + 1
 WHERE tenant = :tenant AND document_id = :id AND latest_edition_id = :seen_edition_id;

-- statement document_set_public
-- for       staff
-- in        id id, edition_id id, index_number text, yr int, shown_ms instant, published_ms instant, validity text, valid_to day?
-- out       changed
-- why       the document points at its public edition; first moments are kept
UPDATE document
   SET status = 'public', public_edition_id = :edition_id, index_number = :index_number, yr = :yr,
       shown_ms = COALESCE(shown_ms, :shown_ms), first_published_ms = COALESCE(first_published_ms, :published_ms),
       validity = :validity, valid_to = :valid_to, version = version + 1
 WHERE tenant = :tenant AND document_id = :id;

-- statement document_set_status
-- for       staff
-- in        id id, status text
-- out       changed
-- why       filed or discarded: the document as a whole ends
UPDATE document
   SET status = :status, version = version + 1
 WHERE tenant = :tenant AND document_id = :id;

-- statement document_set_withdrawn
-- for       staff
-- in        id id, at instant, kind text, reason text, title text?
-- out       changed
-- why       withdrawal keeps the address, the reason and the moment
UPDATE document
   SET status = 'withdrawn', withdrawn_ms = :at, withdrawn_kind = :kind, withdrawn_reason = :reason, withdrawn_title = :title,
       version = version + 1
 WHERE tenant = :tenant AND document_id = :id AND status = 'public';

-- statement document_set_validity
-- for       staff
-- in        id id, validity text, valid_to day?, reason text?, replaced_by_id id?
-- out       changed
-- why       in force, repealed or expired is said of the document, not of an edition
UPDATE document
   SET validity = :validity, valid_to = :valid_to, validity_reason = :reason, replaced_by_id = :replaced_by_id,
       version = version + 1
 WHERE tenant = :tenant AND document_id = :id AND status = 'public';

-- statement tally_add
-- for       staff
-- in        publisher_id id, category text, yr int, n int
-- out       none
-- why       lists say their total from here, whatever the number of documents
INSERT INTO document_tally (tenant, publisher_id, category, yr, n)
VALUES (:tenant, :publisher_id, :category, :yr, :n)
    ON CONFLICT (tenant, publisher_id, category, yr) DO UPDATE SET n = document_tally.n + excluded.n;

-- statement category_add
-- for       staff
-- in        code text, name text, sort_no int
-- out       none
-- why       categories of the index number are data of the tenant
INSERT INTO document_category (tenant, code, name, sort_no)
VALUES (:tenant, :code, :name, :sort_no)
    ON CONFLICT (tenant, code) DO NOTHING;

-- statement category_list
-- for       staff
-- out       many: code text, name text
-- why       the choice at the draft form, in official order
SELECT code, name
  FROM document_category
 WHERE tenant = :tenant
 ORDER BY sort_no, code;

-- statement category_name
-- for       staff
-- in        code text
-- out       one: name text
-- why       is this a category of the tenant
SELECT name
  FROM document_category
 WHERE tenant = :tenant AND code = :code;

-- statement edition_find
-- for       staff
-- in        id id
-- out       one: edition_id id, document_id id, no int, status text, author_id id?, title text, doc_number text?, doc_number_typed text?, remark text?, theme text?, signed_on day?, printed_on day?, claimed_on day?, sign_office text?, print_office text?, attribute text, ground text?, ground_reason text?, decider_id id?, decided_ms instant?, basis text?, stage text?, interpretations text?, summary text?, keywords text?, replaces text?, replaces_id id?, valid_to day?, sent_to text?, copy_to text?, change_kind text?, change_reason text?, submissions int, submitted_ms instant?, returned_reason text?, secrecy_ms instant?, secrecy_by id?, approved_ms instant?, published_ms instant?, published_by id?, posted_ms instant?, posted_exact yesno, late_reason text?, emergency_ms instant?, emergency_reason text?, withdrawn_ms instant?, saved_ms instant, saved_by id?, version int
-- why       its document was found by document_find before: the reach is asked there
SELECT edition_id, document_id, no, status, author_id, title, doc_number, doc_number_typed, remark, theme, signed_on, printed_on,
       claimed_on, sign_office, print_office, attribute, ground, ground_reason, decider_id, decided_ms, basis, stage,
       interpretations, summary, keywords, replaces, replaces_id, valid_to, sent_to, copy_to, change_kind, change_reason, submissions,
       submitted_ms, returned_reason, secrecy_ms, secrecy_by, approved_ms, published_ms, published_by, posted_ms, posted_exact,
       late_reason, emergency_ms, emergency_reason, withdrawn_ms, saved_ms, saved_by, version
  FROM edition
 WHERE tenant = :tenant AND edition_id = :id;

-- statement edition_list
-- for       staff
-- in        document_id id
-- out       many: edition_id id, no int, status text, title text, change_kind text?, change_reason text?, published_ms instant?, posted_ms instant?, saved_ms instant
-- why       the history of one document for the office
SELECT edition_id, no, status, title, change_kind, change_reason, published_ms, posted_ms, saved_ms
  FROM edition
 WHERE tenant = :tenant AND document_id = :document_id
 ORDER BY no DESC;

-- statement edition_last_no
-- for       staff
-- in        document_id id
-- out       one: no int
-- why       a correction takes the next number; those that were discarded keep theirs
SELECT no
  FROM edition
 WHERE tenant = :tenant AND document_id = :document_id
 ORDER BY no DESC
 LIMIT 1;

-- statement edition_add
-- for       staff
-- in        id id, document_id id, no int, status text, author_id id?, title text, doc_number text?, doc_number_typed text?, remark text?, theme text?, signed_on day?, printed_on day?, claimed_on day?, sign_office text?, print_office text?, attribute text, ground text?, ground_reason text?, basis text?, stage text?, interpretations text?, summary text?, keywords text?, replaces text?, replaces_id id?, valid_to day?, sent_to text?, copy_to text?, change_kind text?, change_reason text?, published_ms instant?, posted_ms instant?, posted_exact yesno, saved_ms instant, saved_by id?
-- out       none
-- why       a first edition, a correction, or one taken over from an old page
INSERT INTO edition (tenant, edition_id, document_id, no, status, author_id, title, doc_number, doc_number_typed, remark, theme,
                     signed_on, printed_on, claimed_on, sign_office, print_office, attribute, ground, ground_reason, basis,
                     stage, interpretations, summary, keywords, replaces, replaces_id, valid_to, sent_to, copy_to, change_kind, change_reason,
                     submissions, published_ms, posted_ms, posted_exact, saved_ms, saved_by, version)
VALUES (:tenant, :id, :document_id, :no, :status, :author_id, :title, :doc_number, :doc_number_typed, :remark, :theme,
        :signed_on, :printed_on, :claimed_on, :sign_office, :print_office, :attribute, :ground, :ground_reason, :basis,
        :stage, :interpretations, :summary, :keywords, :replaces, :replaces_id, :valid_to, :sent_to, :copy_to, :change_kind, :change_reason,
        0, :published_ms, :posted_ms, :posted_exact, :saved_ms, :saved_by, 1);

-- statement edition_save
-- for       staff
-- in        id id, version int, title text, doc_number text?, doc_number_typed text?, remark text?, theme text?, signed_on day?, printed_on day?, sign_office text?, print_office text?, attribute text, ground text?, ground_reason text?, basis text?, stage text?, interpretations text?, summary text?, keywords text?, replaces text?, replaces_id id?, valid_to day?, sent_to text?, copy_to text?, change_reason text?, saved_ms instant, saved_by id?
-- out       changed
-- why       only a draft changes, and only the version its writer saw
UPDATE edition
   SET title = :title, doc_number = :doc_number, doc_number_typed = :doc_number_typed, remark = :remark, theme = :theme,
       signed_on = :signed_on, printed_on = :printed_on, sign_office = :sign_office, print_office = :print_office,
       attribute = :attribute, ground = :ground, ground_reason = :ground_reason, basis = :basis, stage = :stage,
       interpretations = :interpretations, summary = :summary, keywords = :keywords, replaces = :replaces,
       replaces_id = :replaces_id, valid_to = :valid_to, sent_to = :sent_to, copy_to = :copy_to, change_reason = :change_reason,
       saved_ms = :saved_ms, saved_by = :saved_by, version = version + 1
 WHERE tenant = :tenant AND edition_id = :id AND version = :version AND status = 'draft';

-- statement edition_set_submitted
-- for       staff
-- in        id id, version int, at instant
-- out       changed
-- why       from now on the text is frozen; older conclusions no longer count
UPDATE edition
   SET status = 'in_review', submissions = submissions + 1, submitted_ms = :at, returned_reason = NULL, secrecy_ms = NULL,
       secrecy_by = NULL, approved_ms = NULL, decider_id = NULL, decided_ms = NULL, version = version + 1
 WHERE tenant = :tenant AND edition_id = :id AND version = :version AND status = 'draft';

-- statement edition_set_draft
-- for       staff
-- in        id id, version int, reason text?
-- out       changed
-- why       recalled, returned or reopened: what was concluded is void
UPDATE edition
   SET status = 'draft', returned_reason = :reason, secrecy_ms = NULL, secrecy_by = NULL, approved_ms = NULL,
       version = version + 1
 WHERE tenant = :tenant AND edition_id = :id AND version = :version AND status IN ('in_review', 'approved');

-- statement edition_set_secrecy
-- for       staff
-- in        id id, at instant, by_id id
-- out       changed
-- why       no publication without a secrecy conclusion (保密法实施条例 art. 42)
UPDATE edition
   SET secrecy_ms = :at, secrecy_by = :by_id, version = version + 1
 WHERE tenant = :tenant AND edition_id = :id AND status = 'in_review';

-- statement edition_set_approved
-- for       staff
-- in        id id, at instant, decider_id id?
-- out       changed
-- why       the last level has passed; a non-public attribute gets its decider
UPDATE edition
   SET status = 'approved', approved_ms = :at, decider_id = :decider_id, decided_ms = :at, version = version + 1
 WHERE tenant = :tenant AND edition_id = :id AND status = 'in_review';

-- statement edition_set_published
-- for       staff
-- in        id id, version int, at instant, by_id id?, late_reason text?, emergency_ms instant?, emergency_reason text?, body_digest text?
-- out       changed
-- why       only one officer wins; the other sees a conflict, not a second publication
UPDATE edition
   SET status = 'published', published_ms = :at, published_by = :by_id, late_reason = :late_reason,
       emergency_ms = :emergency_ms, emergency_reason = :emergency_reason, body_digest = :body_digest, version = version + 1
 WHERE tenant = :tenant AND edition_id = :id AND version = :version AND status IN ('approved', 'in_review');

-- statement edition_set_filed
-- for       staff
-- in        id id, version int, at instant, by_id id?
-- out       changed
-- why       not public, kept with its decider
UPDATE edition
   SET status = 'filed', published_ms = NULL, saved_ms = :at, saved_by = :by_id, version = version + 1
 WHERE tenant = :tenant AND edition_id = :id AND version = :version AND status = 'approved';

-- statement edition_set_discarded
-- for       staff
-- in        id id, version int
-- out       changed
-- why       a draft nobody wants any more
UPDATE edition
   SET status = 'discarded', version = version + 1
 WHERE tenant = :tenant AND edition_id = :id AND version = :version AND status = 'draft';

-- statement edition_supersede
-- for       staff
-- in        document_id id, keep_id id, status text, at instant?
-- out       changed
-- why       the edition before: superseded and still readable, or withdrawn after a correction for personal data or secrecy
UPDATE edition
   SET status = :status, withdrawn_ms = :at, version = version + 1
 WHERE tenant = :tenant AND document_id = :document_id AND edition_id <> :keep_id AND status IN ('published', 'superseded');

-- statement edition_supersede_last
-- for       staff
-- in        document_id id, keep_id id
-- out       changed
-- why       the edition before stays readable, marked
UPDATE edition
   SET status = 'superseded', version = version + 1
 WHERE tenant = :tenant AND document_id = :document_id AND edition_id <> :keep_id AND status = 'published';

-- statement parts_show
-- for       staff
-- in        edition_id id, visible yesno
-- out       none
-- why       visibility is set by publication and by nothing else
UPDATE edition_part
   SET visible = :visible
 WHERE tenant = :tenant AND edition_id = :edition_id;

-- statement files_show
-- for       staff
-- in        edition_id id, visible yesno
-- out       none
-- why       visibility is set by publication and by nothing else
UPDATE edition_file
   SET visible = :visible
 WHERE tenant = :tenant AND edition_id = :edition_id;

-- statement parts_hide_others
-- for       staff
-- in        document_id id, keep_id id
-- out       none
-- why       withdrawn text is unreachable by every public way
UPDATE edition_part
   SET visible = 0
 WHERE tenant = :tenant AND edition_id <> :keep_id
   AND edition_id IN (SELECT edition_id FROM edition WHERE tenant = :tenant AND document_id = :document_id);

-- statement files_hide_others
-- for       staff
-- in        document_id id, keep_id id
-- out       none
-- why       withdrawn files are unreachable by every public way
UPDATE edition_file
   SET visible = 0
 WHERE tenant = :tenant AND edition_id <> :keep_id
   AND edition_id IN (SELECT edition_id FROM edition WHERE tenant = :tenant AND document_id = :document_id);

-- statement part_list
-- for       staff
-- in        edition_id id
-- out       many: no int, title text?, body text?
-- why       the text of an edition in order
SELECT no, title, body
  FROM edition_part
 WHERE tenant = :tenant AND edition_id = :edition_id
 ORDER BY no;

-- statement part_clear
-- for       staff
-- in        edition_id id
-- out       none
-- why       a save writes all parts again
DELETE FROM edition_part
 WHERE tenant = :tenant AND edition_id = :edition_id;

-- statement part_add
-- for       staff
-- in        edition_id id, no int, title text?, body text?, visible yesno
-- out       none
-- why       part 0 is the document, the others are what it carries
INSERT INTO edition_part (tenant, edition_id, no, title, body, visible)
VALUES (:tenant, :edition_id, :no, :title, :body, :visible);

-- statement file_list
-- for       staff
-- in        edition_id id
-- out       many: file_id id, no int, name text, media_type text, digest text, size_bytes int
-- why       attachments in order
SELECT file_id, no, name, media_type, digest, size_bytes
  FROM edition_file
 WHERE tenant = :tenant AND edition_id = :edition_id
 ORDER BY no;

-- statement file_add
-- for       staff
-- in        file_id id, edition_id id, no int, name text, media_type text, digest text, size_bytes int, visible yesno
-- out       none
-- why       an attachment names a blob that is durable already
INSERT INTO edition_file (tenant, file_id, edition_id, no, name, media_type, digest, size_bytes, visible)
VALUES (:tenant, :file_id, :edition_id, :no, :name, :media_type, :digest, :size_bytes, :visible);

-- statement file_remove
-- for       staff
-- in        edition_id id, file_id id
-- out       changed
-- why       taken off the draft; the blob stays
DELETE FROM edition_file
 WHERE tenant = :tenant AND edition_id = :edition_id AND file_id = :file_id;

-- statement file_find
-- for       staff
-- in        id id, me id, today day
-- out       one: file_id id, name text, media_type text, digest text, size_bytes int
-- why       a file is seen by those who see its document
SELECT f.file_id, f.name, f.media_type, f.digest, f.size_bytes
  FROM edition_file f
  JOIN edition e ON e.tenant = f.tenant AND e.edition_id = f.edition_id
  JOIN document d ON d.tenant = e.tenant AND d.document_id = e.document_id
 WHERE f.tenant = :tenant AND f.file_id = :id
   AND EXISTS (SELECT 1
                 FROM role_held h
                 JOIN role_may m ON m.tenant = h.tenant AND m.role = h.role
                 JOIN unit_above a ON a.tenant = h.tenant AND a.above_id = h.unit_id
                WHERE h.tenant = :tenant AND h.person_id = :me AND m.may = 'document.read'
                  AND h.from_day <= :today AND (h.to_day IS NULL OR h.to_day >= :today)
                  AND a.unit_id = d.unit_id);

-- statement addressee_list
-- for       staff
-- in        edition_id id
-- out       many: no int, name text, unit_id id?
-- why       whom the document is sent to
SELECT no, name, unit_id
  FROM edition_addressee
 WHERE tenant = :tenant AND edition_id = :edition_id
 ORDER BY no;

-- statement addressee_clear
-- for       staff
-- in        edition_id id
-- out       none
-- why       a save writes all addressees again
DELETE FROM edition_addressee
 WHERE tenant = :tenant AND edition_id = :edition_id;

-- statement addressee_add
-- for       staff
-- in        edition_id id, no int, name text, unit_id id?
-- out       none
-- why       a name as written, and the unit it means if there is one
INSERT INTO edition_addressee (tenant, edition_id, no, name, unit_id)
VALUES (:tenant, :edition_id, :no, :name, :unit_id);

-- statement cc_list
-- for       staff
-- in        edition_id id
-- out       many: no int, name text, sent_ms instant?
-- why       to whom a copy goes
SELECT no, name, sent_ms
  FROM edition_cc
 WHERE tenant = :tenant AND edition_id = :edition_id
 ORDER BY no;

-- statement cc_clear
-- for       staff
-- in        edition_id id
-- out       none
-- why       a save writes all copies again
DELETE FROM edition_cc
 WHERE tenant = :tenant AND edition_id = :edition_id;

-- statement cc_add
-- for       staff
-- in        edition_id id, no int, name text
-- out       none
-- why       a name as written
INSERT INTO edition_cc (tenant, edition_id, no, name)
VALUES (:tenant, :edition_id, :no, :name);

-- statement cc_sent
-- for       staff
-- in        edition_id id, at instant
-- out       none
-- why       recorded as sent in the moment of publication
UPDATE edition_cc
   SET sent_ms = :at
 WHERE tenant = :tenant AND edition_id = :edition_id AND sent_ms IS NULL;

-- statement writer_add
-- for       staff
-- in        edition_id id, person_id id
-- out       none
-- why       whoever wrote at a text neither reviews nor publishes it
INSERT INTO edition_writer (tenant, edition_id, person_id)
VALUES (:tenant, :edition_id, :person_id)
    ON CONFLICT (tenant, edition_id, person_id) DO NOTHING;

-- statement writer_find
-- for       staff
-- in        edition_id id, person_id id
-- out       one: person_id id
-- why       did this person write at it
SELECT person_id
  FROM edition_writer
 WHERE tenant = :tenant AND edition_id = :edition_id AND person_id = :person_id;

-- statement submission_add
-- for       staff
-- in        edition_id id, no int, at instant, title text, body text?
-- out       none
-- why       the text as it went to review
INSERT INTO edition_submission (tenant, edition_id, no, at_ms, title, body)
VALUES (:tenant, :edition_id, :no, :at, :title, :body);

-- statement submission_find
-- for       staff
-- in        edition_id id, no int
-- out       one: at_ms instant, title text, body text?
-- why       the text as a reviewer saw it
SELECT at_ms, title, body
  FROM edition_submission
 WHERE tenant = :tenant AND edition_id = :edition_id AND no = :no;

-- statement reading_add
-- for       staff
-- in        document_id id, unit_id id, edition_id id, at instant
-- out       none
-- why       a new edition is to be read again
INSERT INTO reading (tenant, document_id, unit_id, edition_id, created_ms, version)
VALUES (:tenant, :document_id, :unit_id, :edition_id, :at, 1)
    ON CONFLICT (tenant, document_id, unit_id)
    DO UPDATE SET edition_id = excluded.edition_id, created_ms = excluded.created_ms, read_ms = NULL, read_by = NULL,
                  version = reading.version + 1;

-- statement reading_done
-- for       staff
-- in        document_id id, unit_id id, at instant, by_id id
-- out       changed
-- why       confirmed once, by one person for the unit
UPDATE reading
   SET read_ms = :at, read_by = :by_id, version = version + 1
 WHERE tenant = :tenant AND document_id = :document_id AND unit_id = :unit_id AND read_ms IS NULL;

-- statement reading_of_unit
-- for       staff
-- in        document_id id, unit_id id
-- out       one: read_ms instant?
-- why       was it sent to this unit at all
SELECT read_ms
  FROM reading
 WHERE tenant = :tenant AND document_id = :document_id AND unit_id = :unit_id;

-- statement reading_of_document
-- for       staff
-- in        document_id id
-- out       many: unit_id id, unit_name text, created_ms instant, read_ms instant?, reader text?
-- why       who has it and who has confirmed
SELECT r.unit_id, u.name, r.created_ms, r.read_ms, p.name
  FROM reading r
  JOIN unit u ON u.tenant = r.tenant AND u.unit_id = r.unit_id
  LEFT JOIN person p ON p.tenant = r.tenant AND p.person_id = r.read_by
 WHERE r.tenant = :tenant AND r.document_id = :document_id
 ORDER BY u.sort_no, r.unit_id;

-- statement reading_mine
-- for       staff
-- in        me id, today day, most int
-- out       many: document_id id, unit_id id, unit_name text, created_ms instant, read_ms instant?, title text, doc_number text?, index_number text?, public_status text
-- why       a reading item belongs to everybody who holds document.acknowledge in the unit itself
SELECT r.document_id, r.unit_id, u.short_name, r.created_ms, r.read_ms,
       CASE WHEN e.status = 'withdrawn' THEN COALESCE(d.withdrawn_title, '已撤下的公文') ELSE e.title END, e.doc_number,
       d.index_number, d.status
  FROM reading r
  JOIN unit u ON u.tenant = r.tenant AND u.unit_id = r.unit_id
  JOIN edition e ON e.tenant = r.tenant AND e.edition_id = r.edition_id
  JOIN document d ON d.tenant = r.tenant AND d.document_id = r.document_id
 WHERE r.tenant = :tenant
   AND r.unit_id IN (SELECT h.unit_id
                       FROM role_held h
                       JOIN role_may m ON m.tenant = h.tenant AND m.role = h.role
                      WHERE h.tenant = :tenant AND h.person_id = :me AND m.may = 'document.acknowledge'
                        AND h.from_day <= :today AND (h.to_day IS NULL OR h.to_day >= :today))
 ORDER BY CASE WHEN r.read_ms IS NULL THEN 0 ELSE 1 END, r.created_ms DESC, r.document_id DESC
 LIMIT :most;

-- statement reading_find
-- for       staff
-- in        document_id id, me id, today day
-- out       one: edition_id id
-- why       whoever acknowledges for a unit may read what was sent to it, also what is not public
SELECT r.edition_id
  FROM reading r
 WHERE r.tenant = :tenant AND r.document_id = :document_id
   AND r.unit_id IN (SELECT h.unit_id
                       FROM role_held h
                       JOIN role_may m ON m.tenant = h.tenant AND m.role = h.role
                      WHERE h.tenant = :tenant AND h.person_id = :me AND m.may = 'document.acknowledge'
                        AND h.from_day <= :today AND (h.to_day IS NULL OR h.to_day >= :today))
 LIMIT 1;

-- statement reading_waiting
-- for       staff
-- in        me id, today day, most int
-- out       many: document_id id, unit_id id, unit_name text, created_ms instant, title text, doc_number text?
-- why       for the worklist: what a unit has not confirmed yet
SELECT r.document_id, r.unit_id, u.short_name, r.created_ms,
       CASE WHEN e.status = 'withdrawn' THEN COALESCE(d.withdrawn_title, '已撤下的公文') ELSE e.title END, e.doc_number
  FROM reading r
  JOIN unit u ON u.tenant = r.tenant AND u.unit_id = r.unit_id
  JOIN edition e ON e.tenant = r.tenant AND e.edition_id = r.edition_id
  JOIN document d ON d.tenant = r.tenant AND d.document_id = r.document_id
 WHERE r.tenant = :tenant AND r.read_ms IS NULL
   AND r.unit_id IN (SELECT h.unit_id
                       FROM role_held h
                       JOIN role_may m ON m.tenant = h.tenant AND m.role = h.role
                      WHERE h.tenant = :tenant AND h.person_id = :me AND m.may = 'document.acknowledge'
                        AND h.from_day <= :today AND (h.to_day IS NULL OR h.to_day >= :today))
 ORDER BY r.created_ms, r.document_id
 LIMIT :most;

-- statement document_office_list
-- for       staff
-- in        me id, today day, status text?, before id, most int
-- out       many: document_id id, edition_id id, status text, edition_status text, title text, doc_number text?, index_number text?, unit_name text, author text?, saved_ms instant, signed_on day?, printed_on day?, shown_ms instant?
-- why       what the reader may see of the office's work, newest first, by keyset
SELECT d.document_id, e.edition_id, d.status, e.status, e.title, e.doc_number, d.index_number, u.short_name, p.name, e.saved_ms,
       e.signed_on, e.printed_on, d.shown_ms
  FROM document d
  JOIN edition e ON e.tenant = d.tenant AND e.edition_id = d.latest_edition_id
  JOIN unit u ON u.tenant = d.tenant AND u.unit_id = d.unit_id
  LEFT JOIN person p ON p.tenant = d.tenant AND p.person_id = d.author_id
 WHERE d.tenant = :tenant AND d.document_id < :before AND d.status <> 'discarded'
   AND (CAST(:status AS TEXT) IS NULL OR e.status = :status)
   AND EXISTS (SELECT 1
                 FROM role_held h
                 JOIN role_may m ON m.tenant = h.tenant AND m.role = h.role
                 JOIN unit_above a ON a.tenant = h.tenant AND a.above_id = h.unit_id
                WHERE h.tenant = :tenant AND h.person_id = :me AND m.may = 'document.read'
                  AND h.from_day <= :today AND (h.to_day IS NULL OR h.to_day >= :today)
                  AND a.unit_id = d.unit_id)
 ORDER BY d.document_id DESC
 LIMIT :most;

-- statement document_open_work
-- for       staff
-- in        me id, today day, most int
-- out       many: document_id id, edition_id id, edition_status text, title text, doc_number text?, attribute text, unit_id id, unit_name text, publisher_id id, author_id id?, author text?, signed_on day?, printed_on day?, returned_reason text?, no int, emergency_ms instant?
-- why       the worklist: everything begun and not ended that the reader may see
SELECT d.document_id, e.edition_id, e.status, e.title, e.doc_number, e.attribute, d.unit_id, u.short_name, d.publisher_id,
       e.author_id, p.name, e.signed_on, e.printed_on, e.returned_reason, e.no, e.emergency_ms
  FROM edition e
  JOIN document d ON d.tenant = e.tenant AND d.document_id = e.document_id
  JOIN unit u ON u.tenant = d.tenant AND u.unit_id = d.unit_id
  LEFT JOIN person p ON p.tenant = e.tenant AND p.person_id = e.author_id
 WHERE e.tenant = :tenant AND e.status IN ('draft', 'in_review', 'approved')
   AND EXISTS (SELECT 1
                 FROM role_held h
                 JOIN role_may m ON m.tenant = h.tenant AND m.role = h.role
                 JOIN unit_above a ON a.tenant = h.tenant AND a.above_id = h.unit_id
                WHERE h.tenant = :tenant AND h.person_id = :me AND m.may = 'document.read'
                  AND h.from_day <= :today AND (h.to_day IS NULL OR h.to_day >= :today)
                  AND a.unit_id = d.unit_id)
 ORDER BY e.edition_id
 LIMIT :most;

-- statement person_name
-- for       staff
-- in        id id
-- out       one: name text, unit_name text
-- why       names for the pages
SELECT p.name, u.short_name
  FROM person p
  JOIN unit u ON u.tenant = p.tenant AND u.unit_id = p.unit_id
 WHERE p.tenant = :tenant AND p.person_id = :id;

-- statement draft_units
-- for       staff
-- in        me id, today day, may text
-- out       many: unit_id id, name text
-- why       where a person may draft: the units in which he holds the right itself
SELECT u.unit_id, u.name
  FROM unit u
 WHERE u.tenant = :tenant AND u.closed_on IS NULL
   AND u.unit_id IN (SELECT h.unit_id
                       FROM role_held h
                       JOIN role_may m ON m.tenant = h.tenant AND m.role = h.role
                      WHERE h.tenant = :tenant AND h.person_id = :me AND m.may = :may
                        AND h.from_day <= :today AND (h.to_day IS NULL OR h.to_day >= :today))
 ORDER BY u.sort_no, u.unit_id;

-- statement imported_unit_add
-- for       staff
-- in        id id, above_id id, name text, agency_code text?, sort_no int
-- out       none
-- why       the publisher an imported page names and nobody here is called so (ruling 20)
INSERT INTO unit (tenant, unit_id, above_id, kind, name, short_name, agency_code, publishes, sort_no, version)
VALUES (:tenant, :id, :above_id, 'imported', :name, :name, :agency_code, 1, :sort_no, 1);

-- statement imported_unit_alias
-- for       staff
-- in        id id, alias text
-- out       none
-- why       the next page of the same publisher finds it by name
INSERT INTO unit_alias (tenant, alias, unit_id)
VALUES (:tenant, :alias, :id)
    ON CONFLICT (tenant, alias) DO NOTHING;

-- statement imported_unit_above
-- for       staff
-- in        id id, above_id id
-- out       none
-- why       rights held above reach the imported unit too
INSERT INTO unit_above (tenant, unit_id, above_id)
VALUES (:tenant, :id, :above_id)
    ON CONFLICT (tenant, unit_id, above_id) DO NOTHING;

-- The public side. Only pub_* views, one statement a page where it can be.

-- statement public_document
-- for       public
-- in        number text
-- out       one: document_id id, status text, origin text, index_number text, category text, category_name text?, publisher_id id, publisher text, publisher_short text, unit_name text?, unit_phone text?, shown_ms instant?, first_published_ms instant?, withdrawn_ms instant?, withdrawn_kind text?, withdrawn_reason text?, withdrawn_title text?, validity text, valid_to day?, validity_reason text?, replaced_by_id id?, edition_id id?
-- why       the door of the public to one document
SELECT d.document_id, d.status, d.origin, d.index_number, d.category, c.name, d.publisher_id, u.name, u.short_name, s.short_name,
       s.phone, d.shown_ms, d.first_published_ms, d.withdrawn_ms, d.withdrawn_kind, d.withdrawn_reason, d.withdrawn_title,
       d.validity, d.valid_to, d.validity_reason, d.replaced_by_id, d.public_edition_id
  FROM pub_document d
  JOIN pub_unit_all u ON u.tenant = d.tenant AND u.unit_id = d.publisher_id
  LEFT JOIN pub_unit_all s ON s.tenant = d.tenant AND s.unit_id = d.unit_id
  LEFT JOIN pub_category c ON c.tenant = d.tenant AND c.code = d.category
 WHERE d.tenant = :tenant AND d.index_number = :number;

-- statement public_edition
-- for       public
-- in        document_id id, edition_id id?, no int?
-- out       one: edition_id id, no int, status text, title text, doc_number text?, remark text?, theme text?, signed_on day?, printed_on day?, claimed_on day?, sign_office text?, print_office text?, attribute text, basis text?, stage text?, interpretations text?, summary text?, keywords text?, replaces text?, replaces_id id?, sent_to text?, copy_to text?, change_kind text?, change_reason text?, published_ms instant?, posted_ms instant?, posted_exact yesno, late_reason text?, emergency_ms instant?, body_digest text?
-- why       the current edition by id, an older one by its number
SELECT edition_id, no, status, title, doc_number, remark, theme, signed_on, printed_on, claimed_on, sign_office, print_office,
       attribute, basis, stage, interpretations, summary, keywords, replaces, replaces_id, sent_to, copy_to, change_kind, change_reason,
       published_ms, posted_ms, posted_exact, late_reason, emergency_ms, body_digest
  FROM pub_edition
 WHERE tenant = :tenant AND document_id = :document_id
   AND (CAST(:edition_id AS BIGINT) IS NULL OR edition_id = :edition_id)
   AND (CAST(:no AS BIGINT) IS NULL OR no = :no);

-- statement public_editions
-- for       public
-- in        document_id id
-- out       many: no int, status text, title text, change_kind text?, change_reason text?, published_ms instant?, posted_ms instant?
-- why       the history a citizen may see
SELECT no, status, title, change_kind, change_reason, published_ms, posted_ms
  FROM pub_edition
 WHERE tenant = :tenant AND document_id = :document_id
 ORDER BY no DESC
 LIMIT 50;

-- statement public_parts
-- for       public
-- in        edition_id id
-- out       many: no int, title text?, body text?
-- why       the visible text
SELECT no, title, body
  FROM pub_part
 WHERE tenant = :tenant AND edition_id = :edition_id
 ORDER BY no;

-- statement public_files
-- for       public
-- in        edition_id id
-- out       many: file_id id, no int, name text, media_type text, digest text, size_bytes int
-- why       the visible attachments
SELECT file_id, no, name, media_type, digest, size_bytes
  FROM pub_file
 WHERE tenant = :tenant AND edition_id = :edition_id
 ORDER BY no;

-- statement public_file
-- for       public
-- in        digest text, name text
-- out       one: file_id id, name text, media_type text, digest text, size_bytes int
-- why       a file has a public address only while a visible edition carries it
SELECT file_id, name, media_type, digest, size_bytes
  FROM pub_file
 WHERE tenant = :tenant AND digest = :digest AND name = :name
 ORDER BY file_id
 LIMIT 1;

-- statement public_document_by_id
-- for       public
-- in        id id
-- out       one: index_number text, title text, doc_number text?
-- why       the document that replaced this one
SELECT d.index_number, e.title, e.doc_number
  FROM pub_document d
  JOIN pub_edition e ON e.tenant = d.tenant AND e.edition_id = d.public_edition_id
 WHERE d.tenant = :tenant AND d.document_id = :id AND d.status = 'public';

-- statement public_replaced
-- for       public
-- in        document_id id
-- out       many: index_number text, title text, doc_number text?
-- why       what this document replaced
SELECT d.index_number, e.title, e.doc_number
  FROM pub_document d
  JOIN pub_edition e ON e.tenant = d.tenant AND e.edition_id = d.public_edition_id
 WHERE d.tenant = :tenant AND d.replaced_by_id = :document_id AND d.status = 'public'
 ORDER BY d.document_id
 LIMIT 20;


-- statement public_list_latest
-- for       public
-- in        before_ms instant, before_id id, most int
-- out       many: index_number text, title text, doc_number text?, publisher text, shown_ms instant, document_id id, signed_on day?, validity text, valid_to day?, origin text
-- why       the newest of the whole site; every filter has its own statement and its own index
SELECT d.index_number, e.title, e.doc_number, u.short_name, d.shown_ms, d.document_id, e.signed_on, d.validity,
       d.valid_to, d.origin
  FROM pub_document d
  JOIN pub_edition e ON e.tenant = d.tenant AND e.edition_id = d.public_edition_id
  JOIN pub_unit_all u ON u.tenant = d.tenant AND u.unit_id = d.publisher_id
 WHERE d.tenant = :tenant AND d.status = 'public'
   AND (d.shown_ms, d.document_id) < (:before_ms, :before_id)
 ORDER BY d.shown_ms DESC, d.document_id DESC
 LIMIT :most;


-- statement public_list_by_publisher
-- for       public
-- in        publisher_id id, before_ms instant, before_id id, most int
-- out       many: index_number text, title text, doc_number text?, publisher text, shown_ms instant, document_id id, signed_on day?, validity text, valid_to day?, origin text
-- why       one publisher, newest first
SELECT d.index_number, e.title, e.doc_number, u.short_name, d.shown_ms, d.document_id, e.signed_on, d.validity,
       d.valid_to, d.origin
  FROM pub_document d
  JOIN pub_edition e ON e.tenant = d.tenant AND e.edition_id = d.public_edition_id
  JOIN pub_unit_all u ON u.tenant = d.tenant AND u.unit_id = d.publisher_id
 WHERE d.tenant = :tenant AND d.status = 'public' AND d.publisher_id = :publisher_id
   AND (d.shown_ms, d.document_id) < (:before_ms, :before_id)
 ORDER BY d.shown_ms DESC, d.document_id DESC
 LIMIT :most;


-- statement public_list_by_category
-- for       public
-- in        category text, before_ms instant, before_id id, most int
-- out       many: index_number text, title text, doc_number text?, publisher text, shown_ms instant, document_id id, signed_on day?, validity text, valid_to day?, origin text
-- why       one category, newest first
SELECT d.index_number, e.title, e.doc_number, u.short_name, d.shown_ms, d.document_id, e.signed_on, d.validity,
       d.valid_to, d.origin
  FROM pub_document d
  JOIN pub_edition e ON e.tenant = d.tenant AND e.edition_id = d.public_edition_id
  JOIN pub_unit_all u ON u.tenant = d.tenant AND u.unit_id = d.publisher_id
 WHERE d.tenant = :tenant AND d.status = 'public' AND d.category = :category
   AND (d.shown_ms, d.document_id) < (:before_ms, :before_id)
 ORDER BY d.shown_ms DESC, d.document_id DESC
 LIMIT :most;


-- statement public_list_by_year
-- for       public
-- in        yr int, before_ms instant, before_id id, most int
-- out       many: index_number text, title text, doc_number text?, publisher text, shown_ms instant, document_id id, signed_on day?, validity text, valid_to day?, origin text
-- why       one year, newest first
SELECT d.index_number, e.title, e.doc_number, u.short_name, d.shown_ms, d.document_id, e.signed_on, d.validity,
       d.valid_to, d.origin
  FROM pub_document d
  JOIN pub_edition e ON e.tenant = d.tenant AND e.edition_id = d.public_edition_id
  JOIN pub_unit_all u ON u.tenant = d.tenant AND u.unit_id = d.publisher_id
 WHERE d.tenant = :tenant AND d.status = 'public' AND d.yr = :yr
   AND (d.shown_ms, d.document_id) < (:before_ms, :before_id)
 ORDER BY d.shown_ms DESC, d.document_id DESC
 LIMIT :most;


-- statement public_list_filtered
-- for       public
-- in        publisher_id id?, category text?, yr int?, before_ms instant, before_id id, most int
-- out       many: index_number text, title text, doc_number text?, publisher text, shown_ms instant, document_id id, signed_on day?, validity text, valid_to day?, origin text
-- why       two or three filters at once
SELECT d.index_number, e.title, e.doc_number, u.short_name, d.shown_ms, d.document_id, e.signed_on, d.validity,
       d.valid_to, d.origin
  FROM pub_document d
  JOIN pub_edition e ON e.tenant = d.tenant AND e.edition_id = d.public_edition_id
  JOIN pub_unit_all u ON u.tenant = d.tenant AND u.unit_id = d.publisher_id
 WHERE d.tenant = :tenant AND d.status = 'public'
   AND (CAST(:publisher_id AS BIGINT) IS NULL OR d.publisher_id = :publisher_id)
   AND (CAST(:category AS TEXT) IS NULL OR d.category = :category)
   AND (CAST(:yr AS BIGINT) IS NULL OR d.yr = :yr)
   AND (d.shown_ms, d.document_id) < (:before_ms, :before_id)
 ORDER BY d.shown_ms DESC, d.document_id DESC
 LIMIT :most;


-- statement public_count
-- for       public
-- in        publisher_id id?, category text?, yr int?
-- out       one: n int
-- why       the total of a list from the tally
SELECT CAST(COALESCE(SUM(n), 0) AS BIGINT)
  FROM pub_tally
 WHERE tenant = :tenant
   AND (CAST(:publisher_id AS BIGINT) IS NULL OR publisher_id = :publisher_id)
   AND (CAST(:category AS TEXT) IS NULL OR category = :category)
   AND (CAST(:yr AS BIGINT) IS NULL OR yr = :yr);

-- statement public_years
-- for       public
-- out       many: yr int, n int
-- why       the years that have anything
SELECT yr, CAST(SUM(n) AS BIGINT)
  FROM pub_tally
 WHERE tenant = :tenant
 GROUP BY yr
 ORDER BY yr DESC
 LIMIT 40;

-- statement public_categories
-- for       public
-- out       many: code text, name text
-- why       the categories a citizen may choose
SELECT code, name
  FROM pub_category
 WHERE tenant = :tenant
 ORDER BY sort_no, code;

-- statement public_publishers
-- for       public
-- out       many: unit_id id, name text, short_name text, kind text
-- why       the publishers a citizen may choose
SELECT unit_id, name, short_name, kind
  FROM pub_unit
 WHERE tenant = :tenant AND publishes = 1
 ORDER BY sort_no, unit_id;
