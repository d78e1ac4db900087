-- Who runs which job until when: two processes, or two machines, never run one twice at a time.
CREATE TABLE job_lease (
    tenant BIGINT NOT NULL,
    job TEXT NOT NULL,
    holder TEXT NOT NULL,
    until_ms BIGINT NOT NULL,
    next_ms BIGINT NOT NULL,
    last_ms BIGINT,
    last_outcome TEXT,
    PRIMARY KEY (tenant, job)
);
