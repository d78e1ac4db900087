-- The store's own bookkeeping: which steps of the schema are done. The tables are made by migrate.c.

-- statement schema_lock_take
-- for       system
-- in        at instant
-- out       changed
-- tenants   all: the schema belongs to all of them
-- why       the row's lock is held until COMMIT, so two programs that start at once take turns
UPDATE schema_lock
   SET at_ms = :at
 WHERE lock_id = 1;

-- statement schema_steps
-- for       system
-- out       many: name text, digest text
-- tenants   all: the schema belongs to all of them
-- why       what this store has been through
SELECT name, digest
  FROM schema_migration
 ORDER BY name;

-- statement schema_step_add
-- for       system
-- in        name text, digest text, at instant
-- out       none
-- tenants   all: the schema belongs to all of them
-- why       written in the transaction of the step itself
INSERT INTO schema_migration (name, digest, at_ms)
VALUES (:name, :digest, :at);
