-- The subset of the storage rules, one statement a rule: each must give the same rows on every engine (subset_test.c).

-- statement subset_several_rows
-- for       staff
-- out       changed
-- why       INSERT with several rows
INSERT INTO doc (tenant, doc_id, title, cat, yr, no, is_open, fee, formed_on)
VALUES (:tenant, 1, '甲', 'a', 2018, 1, 1, 100, '2018-07-25'),
       (:tenant, 2, '乙乙', 'a', 2018, 2, 1, NULL, '2018-08-01'),
       (:tenant, 3, '丙%丙', 'b', 2019, 1, 0, 300, NULL),
       (:tenant, 4, 'Ding', 'b', 2019, NULL, 0, -400, NULL);

-- statement subset_conflict_nothing
-- for       staff
-- out       changed
-- why       ON CONFLICT DO NOTHING changes nothing
INSERT INTO doc (tenant, doc_id, title, cat, yr, is_open)
VALUES (:tenant, 1, '又', 'a', 2018, 1)
    ON CONFLICT (tenant, doc_id) DO NOTHING;

-- statement subset_conflict_update
-- for       staff
-- out       many: title text, fee money?
-- why       ON CONFLICT DO UPDATE with RETURNING
INSERT INTO doc (tenant, doc_id, title, cat, yr, is_open)
VALUES (:tenant, 1, '甲改', 'a', 2018, 1)
    ON CONFLICT (tenant, doc_id) DO UPDATE SET title = excluded.title
RETURNING title, fee;

-- statement subset_update_returning
-- for       staff
-- out       many: id doc_id, fee money?
-- why       RETURNING on UPDATE
UPDATE doc SET fee = 5 WHERE tenant = :tenant AND doc_id = 2 RETURNING doc_id, fee;

-- statement subset_update_from
-- for       staff
-- out       changed
-- why       UPDATE FROM another table
UPDATE doc SET kind_id = x.kind_id FROM kind AS x WHERE doc.tenant = :tenant AND x.kind_id = 2 AND doc.doc_id <= 2;

-- statement subset_row_comparison
-- for       staff
-- out       many: id doc_id
-- why       keyset pages compare rows
SELECT doc_id FROM doc WHERE tenant = :tenant AND (yr, doc_id) < (2019, 4) ORDER BY yr DESC, doc_id DESC LIMIT 2;

-- statement subset_like
-- for       staff
-- out       many: id doc_id
-- why       LIKE with ESCAPE, and a percent sign that is one
SELECT doc_id FROM doc WHERE tenant = :tenant AND title LIKE '%\%%' ESCAPE '\' ORDER BY doc_id;

-- statement subset_like_case
-- for       staff
-- out       many: id doc_id
-- why       LIKE knows upper from lower case
SELECT doc_id FROM doc WHERE tenant = :tenant AND (title LIKE 'ding' ESCAPE '\' OR title LIKE 'Din_' ESCAPE '\');

-- statement subset_scalars
-- for       staff
-- out       many: a text, b int, c text, d text, e int, f int?
-- why       CASE, COALESCE, ||, substr, length in characters, abs, CAST, NULLIF
SELECT CASE WHEN d.fee < 0 THEN 'minus' ELSE 'plus' END, COALESCE(d.fee, 0), d.title || '-' || d.cat, substr(d.title, 1, 1),
       length(d.title) + abs(COALESCE(d.fee, 0)), NULLIF(CAST(d.yr AS BIGINT), 2018)
  FROM doc d
 WHERE d.tenant = :tenant
 ORDER BY d.doc_id;

-- statement subset_aggregates
-- for       staff
-- out       many: cat text, rows int, total money?, least money?, most money?, open_rows int
-- why       count, sum, min, max and a conditional sum, grouped by all bare columns
SELECT cat, count(*), sum(fee), min(fee), max(fee), sum(CASE WHEN is_open = 1 THEN 1 ELSE 0 END)
  FROM doc
 WHERE tenant = :tenant
 GROUP BY cat
HAVING count(*) > 0
 ORDER BY cat;

-- statement subset_with
-- for       staff
-- out       many: n int
-- why       WITH RECURSIVE
WITH RECURSIVE up (n) AS (SELECT 1 UNION ALL SELECT up.n + 1 FROM up WHERE up.n < 4)
SELECT n FROM up WHERE n <> :tenant ORDER BY n;

-- statement subset_window
-- for       staff
-- out       many: id doc_id, n int
-- why       row_number() OVER
SELECT doc_id, row_number() OVER (PARTITION BY cat ORDER BY doc_id DESC) FROM doc WHERE tenant = :tenant ORDER BY doc_id;

-- statement subset_exists
-- for       staff
-- out       many: kind id
-- why       EXISTS, and a join with a reference table
SELECT k.kind_id FROM kind k WHERE EXISTS (SELECT 1 FROM doc d WHERE d.tenant = :tenant AND d.kind_id = k.kind_id);

-- statement subset_outer
-- for       staff
-- out       many: id doc_id, name text?
-- why       a row without a partner has NULL
SELECT d.doc_id, k.name FROM doc d LEFT JOIN kind k ON k.kind_id = d.kind_id WHERE d.tenant = :tenant ORDER BY d.doc_id;

-- statement subset_nulls_last
-- for       staff
-- out       many: id doc_id, no int?
-- why       the place of NULL is said
SELECT doc_id, no FROM doc WHERE tenant = :tenant ORDER BY no DESC NULLS LAST, doc_id;

-- statement subset_byte_order
-- for       staff
-- out       many: title text
-- why       text is ordered by its bytes
SELECT title FROM doc WHERE tenant = :tenant ORDER BY title;

-- statement subset_delete_returning
-- for       staff
-- out       many: id doc_id, formed_on day?
-- why       RETURNING on DELETE
DELETE FROM doc WHERE tenant = :tenant AND doc_id >= 2 AND doc_id < 4 AND formed_on IS NOT NULL RETURNING doc_id, formed_on;
