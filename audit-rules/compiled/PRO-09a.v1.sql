-- PRO-09a version 1: 调用涉案财物未经审批
-- Generated from audit-rules/item/PRO-09a-loan-approval.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  e.id AS occurrence,
  s."unit_id" AS unit_id,
  e."receiver_id" AS person_id,
  e."moved_at" AS opened_at,
  e."moved_at" AS due_at,
  NULL::timestamptz AS warn_at,
  CASE WHEN e."approved_at" <= e."moved_at" THEN e."moved_at" END AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'PRO-09a') AND x.subject_id = s.id AND x.occurrence = e.id AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN e."moved_at" IS NULL THEN 6
    WHEN CASE WHEN e."approved_at" <= e."moved_at" THEN e."moved_at" END <= e."moved_at" THEN 2
    WHEN CASE WHEN e."approved_at" <= e."moved_at" THEN e."moved_at" END > e."moved_at" THEN 3
    WHEN e."moved_at" < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  2::smallint AS severity
FROM "item" s
  JOIN "item_movement" e ON e."item_id" = s.id
WHERE s.id = ANY($1::uuid[])
  AND e."moved_at" > end_of(date '2012-12-31')
  AND (e."kind" = 'lend')
