-- CAS-24a version 1: 撤销案件（终止侦查）告知超时
-- Generated from audit-rules/case/CAS-24a-withdrawal-told.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  s."lead_id" AS person_id,
  s."withdrawn_at" AS opened_at,
  d.due AS due_at,
  (d.due - interval '24 hours') AS warn_at,
  m.at AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'CAS-24a') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN d.due IS NULL THEN 6
    WHEN m.at < s."withdrawn_at" THEN 6
    WHEN m.at <= d.due THEN 2
    WHEN m.at <= d.latest THEN 6
    WHEN m.at > d.latest THEN 3
    WHEN d.latest < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  2::smallint AS severity,
  d.latest AS latest_at
FROM "case" s
  CROSS JOIN LATERAL (SELECT y.due, CASE WHEN s."withdrawn_at" > (SELECT end_of(published_from - 1) FROM calendar_span) AND y.due <= (SELECT end_of(published_until) FROM calendar_span) THEN y.due ELSE due_latest(s."withdrawn_at", 3, 'd', NULL, true) END AS latest FROM (SELECT end_of(roll_forward((local_day(s."withdrawn_at") + 3))) AS due, y.pauses, y.k FROM (SELECT w.pauses, 0 AS k FROM (SELECT NULL::tstzmultirange AS pauses, NULL::timestamptz[] AS approved OFFSET 0) w OFFSET 0) y OFFSET 0) y OFFSET 0) d
  CROSS JOIN LATERAL (SELECT CASE WHEN CASE WHEN s."suspect_known" THEN s."withdrawal_suspect_told_at" ELSE s."withdrawn_at" END IS NOT NULL AND CASE WHEN EXISTS (SELECT FROM "case_party" t1 WHERE t1."case_id" = s.id AND (t1."role" = 'victim')) THEN s."withdrawal_victim_told_at" ELSE s."withdrawn_at" END IS NOT NULL AND CASE WHEN (s."referred_at" IS NOT NULL) THEN s."withdrawal_referrer_told_at" ELSE s."withdrawn_at" END IS NOT NULL THEN GREATEST(CASE WHEN s."suspect_known" THEN s."withdrawal_suspect_told_at" ELSE s."withdrawn_at" END, CASE WHEN EXISTS (SELECT FROM "case_party" t1 WHERE t1."case_id" = s.id AND (t1."role" = 'victim')) THEN s."withdrawal_victim_told_at" ELSE s."withdrawn_at" END, CASE WHEN (s."referred_at" IS NOT NULL) THEN s."withdrawal_referrer_told_at" ELSE s."withdrawn_at" END) END AS at OFFSET 0) m
WHERE s.id = ANY($1::uuid[])
  AND s."withdrawn_at" > end_of(date '2012-12-31')
  AND (s."kind" = 'criminal')
