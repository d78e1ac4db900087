-- Statements of the store's own tests.

-- statement doc_add
-- for       staff
-- in        id doc_id, title text, cat text, yr int, formed_on day?, created instant?, is_open yesno, fee money?, bytes blob?,
--           idem_key text?
-- out       none
-- why       every type, and every NULL
INSERT INTO doc (tenant, doc_id, title, cat, yr, formed_on, created_ms, is_open, fee, bytes, idem_key)
VALUES (:tenant, :id, :title, :cat, :yr, :formed_on, :created, :is_open, :fee, :bytes, :idem_key);

-- statement doc_find
-- for       staff
-- in        id doc_id
-- out       one: title text, kind id?, yr int, no int?, formed_on day?, created instant?, is_open yesno, fee money?, bytes blob?,
--           idem_key text?
-- why       and back again
SELECT d.title, d.kind_id, d.yr, d.no, d.formed_on, d.created_ms, d.is_open, d.fee, d.bytes, d.idem_key
  FROM doc d
 WHERE d.tenant = :tenant AND d.doc_id = :id;

-- statement doc_by_key
-- for       staff
-- in        idem_key text
-- out       many: id doc_id
-- why       was it done?
SELECT doc_id FROM doc WHERE tenant = :tenant AND idem_key = :idem_key ORDER BY doc_id;

-- statement doc_touch
-- for       staff
-- in        id doc_id, fee money
-- out       changed
-- why       takes the lock of one row
UPDATE doc SET fee = COALESCE(fee, 0) + :fee WHERE tenant = :tenant AND doc_id = :id;

-- statement doc_lock
-- for       staff
-- in        id doc_id
-- out       one: fee money?
-- why       read to write
SELECT fee FROM doc WHERE tenant = :tenant AND doc_id = :id FOR UPDATE;

-- statement counter_next
-- for       staff
-- in        cat text, yr int
-- out       one: last_no int
-- why       the row's lock is held until COMMIT
INSERT INTO doc_counter (tenant, cat, yr, last_no)
VALUES (:tenant, :cat, :yr, 1)
    ON CONFLICT (tenant, cat, yr) DO UPDATE SET last_no = doc_counter.last_no + 1
RETURNING last_no;

-- statement doc_number
-- for       staff
-- in        id doc_id, no int
-- out       changed
-- why       the number, as late as possible
UPDATE doc SET no = :no WHERE tenant = :tenant AND doc_id = :id;

-- statement doc_numbers
-- for       staff
-- in        cat text, yr int
-- out       one: least int?, most int?, rows int, different int
-- why       gapless means all of them agree
SELECT min(no), max(no), count(*), count(DISTINCT no)
  FROM doc
 WHERE tenant = :tenant AND cat = :cat AND yr = :yr;

-- statement pub_doc_list
-- for       public
-- in        after doc_id, limit int
-- out       many: id doc_id, title text
-- why       what citizens see
SELECT d.doc_id, d.title
  FROM pub_doc AS d
 WHERE d.tenant = :tenant AND d.doc_id > :after
 ORDER BY d.doc_id
 LIMIT :limit;

-- statement kind_name
-- for       staff
-- in        kind id
-- out       one: name text
-- tenants   all: a reference table
-- why       a text that looks like SQL
SELECT name FROM kind WHERE kind_id = :kind AND name <> ':kind ?1 $1';

-- statement doc_count
-- for       system
-- out       one: rows int
-- tenants   all: the test looks at everything
-- why       how many rows there are
SELECT count(*) FROM doc;
