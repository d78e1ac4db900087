-- statement lease_make
-- for       system
-- in        job text, now instant
-- out       none
-- why       a job that never ran is due now
INSERT INTO job_lease (tenant, job, holder, until_ms, next_ms)
VALUES (:tenant, :job, '-', 0, :now)
ON CONFLICT (tenant, job) DO NOTHING;

-- statement lease_take
-- for       system
-- in        job text, holder text, now instant, until instant
-- out       changed
-- why       one holder at a time; a dead holder loses it by time
UPDATE job_lease SET holder = :holder, until_ms = :until
 WHERE tenant = :tenant AND job = :job AND next_ms <= :now AND (until_ms <= :now OR holder = :holder);

-- statement lease_done
-- for       system
-- in        job text, holder text, now instant, next instant, outcome text
-- out       changed
-- why       only the holder says so
UPDATE job_lease SET until_ms = 0, next_ms = :next, last_ms = :now, last_outcome = :outcome
 WHERE tenant = :tenant AND job = :job AND holder = :holder;

-- statement form_keys_drop
-- for       system
-- in        before instant
-- out       changed
-- why       the second sending of a form comes within minutes; two days are plenty
DELETE FROM form_key
 WHERE tenant = :tenant AND created_ms < :before;

-- statement sessions_drop
-- for       system
-- in        before instant
-- out       changed
-- why       ended and idle sessions of a week ago
DELETE FROM session
 WHERE tenant = :tenant AND created_ms < :before;
