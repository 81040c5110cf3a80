-- PER-11 version 1: 拘留、逮捕、指定居所监视居住后通知家属超时
-- Generated from audit-rules/case/PER-11-family.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  e.id AS occurrence,
  s."unit_id" AS unit_id,
  s."lead_id" AS person_id,
  CASE WHEN (e."untold_until" IS NOT NULL) THEN e."untold_until" ELSE e."started_at" END AS opened_at,
  (CASE WHEN (e."untold_until" IS NOT NULL) THEN e."untold_until" ELSE e."started_at" END + interval '24 hours') AS due_at,
  ((CASE WHEN (e."untold_until" IS NOT NULL) THEN e."untold_until" ELSE e."started_at" END + interval '24 hours') - interval '4 hours') AS warn_at,
  e."family_told_at" AS met_at,
  (CASE WHEN ((e."untold_until" IS NULL) AND (((e."family_untold" = 'cannot') IS TRUE) OR (((e."family_untold" = 'hinders') IS TRUE) AND ((e."kind" = 'detention') IS TRUE)))) OR EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'PER-11') AND x.subject_id = s.id AND x.occurrence = e.id AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN (CASE WHEN (e."untold_until" IS NOT NULL) THEN e."untold_until" ELSE e."started_at" END + interval '24 hours') IS NULL THEN 6
    WHEN e."family_told_at" < CASE WHEN (e."untold_until" IS NOT NULL) THEN e."untold_until" ELSE e."started_at" END THEN 6
    WHEN e."family_told_at" <= (CASE WHEN (e."untold_until" IS NOT NULL) THEN e."untold_until" ELSE e."started_at" END + interval '24 hours') THEN 2
    WHEN e."family_told_at" > (CASE WHEN (e."untold_until" IS NOT NULL) THEN e."untold_until" ELSE e."started_at" END + interval '24 hours') THEN 3
    WHEN (CASE WHEN (e."untold_until" IS NOT NULL) THEN e."untold_until" ELSE e."started_at" END + interval '24 hours') < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  3::smallint AS severity
FROM "case" s
  JOIN "case_measure" e ON e."case_id" = s.id
WHERE s.id = ANY($1::uuid[])
  AND CASE WHEN (e."untold_until" IS NOT NULL) THEN e."untold_until" ELSE e."started_at" END > end_of(date '2012-12-31')
  AND (e."kind" IN ('detention', 'arrest') OR ((e."kind" = 'residence') AND e."designated"))
