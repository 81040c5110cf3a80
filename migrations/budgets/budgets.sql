-- What people and addresses have asked for within the present minute, over all processes (server/kernel/budget.ts).
-- Unlogged: after a crash everybody begins anew. Its columns are those of rate-limiter-flexible.
CREATE UNLOGGED TABLE request_budget (
  key    varchar(255) PRIMARY KEY,
  points int NOT NULL DEFAULT 0,
  expire bigint
);
CREATE INDEX request_budget_expire ON request_budget (expire);

-- How much somebody has stored of late is asked at every upload.
CREATE INDEX attachment_person_at ON attachment (person_id, at);
