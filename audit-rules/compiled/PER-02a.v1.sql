-- PER-02a version 1: 入区登记要素不全
-- Generated from audit-rules/stay/PER-02a-ledger-entry.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  CASE WHEN (s."clerk_id" IS NOT NULL) THEN s."clerk_id" ELSE s."lead_id" END AS person_id,
  s."entered_at" AS opened_at,
  s."entered_at" AS due_at,
  NULL::timestamptz AS warn_at,
  CASE WHEN (((((s."name" IS NOT NULL) OR s."identity_unknown") AND (s."gender" IS NOT NULL)) AND (s."role" IS NOT NULL)) AND ((s."cause" IS NOT NULL) OR (s."case_id" IS NOT NULL))) THEN s."entered_at" END AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'PER-02a') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN s."entered_at" IS NULL THEN 6
    WHEN CASE WHEN (((((s."name" IS NOT NULL) OR s."identity_unknown") AND (s."gender" IS NOT NULL)) AND (s."role" IS NOT NULL)) AND ((s."cause" IS NOT NULL) OR (s."case_id" IS NOT NULL))) THEN s."entered_at" END <= s."entered_at" THEN 2
    WHEN CASE WHEN (((((s."name" IS NOT NULL) OR s."identity_unknown") AND (s."gender" IS NOT NULL)) AND (s."role" IS NOT NULL)) AND ((s."cause" IS NOT NULL) OR (s."case_id" IS NOT NULL))) THEN s."entered_at" END > s."entered_at" THEN 3
    WHEN s."entered_at" < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  1::smallint AS severity
FROM "stay" s
WHERE s.id = ANY($1::uuid[])
  AND s."entered_at" > end_of(date '2012-12-31')
