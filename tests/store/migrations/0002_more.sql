-- A column that came later.
ALTER TABLE doc ADD COLUMN weight DOUBLE PRECISION;
CREATE INDEX doc_no_i ON doc (tenant, cat, yr, no);
