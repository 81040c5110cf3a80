-- PER-20a version 1: 在区人员无人看管
-- Generated from audit-rules/stay/PER-20a-watch.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  CASE WHEN (s."clerk_id" IS NOT NULL) THEN s."clerk_id" ELSE s."lead_id" END AS person_id,
  s."left_at" AS opened_at,
  s."left_at" AS due_at,
  NULL::timestamptz AS warn_at,
  m.at AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'PER-20a') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN s."left_at" IS NULL THEN 6
    WHEN m.at <= s."left_at" THEN 2
    WHEN m.at > s."left_at" THEN 3
    WHEN s."left_at" < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  3::smallint AS severity
FROM "stay" s
  CROSS JOIN LATERAL (SELECT CASE WHEN CASE WHEN EXISTS (SELECT FROM "stay_interview" t1 WHERE t1."stay_id" = s.id) THEN (SELECT CASE WHEN s."entered_at" < s."left_at" THEN coalesce((SELECT max(upper(r) - lower(r)) FROM unnest(z.duty - z.covered) r), interval '0') END FROM (SELECT coalesce((SELECT range_agg(tstzrange(least(i.a, CASE WHEN i.a <= i.p + interval '5 seconds' THEN i.p ELSE i.a END), i.b)) FROM (SELECT c.a, c.b, max(c.b) OVER (ORDER BY c.a, c.b ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS p FROM (SELECT greatest(t3."started_at", s."entered_at") AS a, least(coalesce(t3."ended_at", 'infinity'), s."left_at") AS b FROM "stay_watch" t3 WHERE t3."stay_id" = s.id AND t3."started_at" < s."left_at" AND coalesce(t3."ended_at", 'infinity') > s."entered_at" AND coalesce(t3."ended_at", 'infinity') > t3."started_at" AND s."entered_at" < s."left_at") c) i), '{}'::tstzmultirange) AS covered, tstzmultirange(tstzrange(least(s."entered_at", s."left_at"), greatest(s."entered_at", s."left_at"))) - coalesce((SELECT range_agg(tstzrange(t2."started_at", t2."ended_at")) FROM "stay_interview" t2 WHERE t2."stay_id" = s.id AND t2."started_at" < coalesce(t2."ended_at", 'infinity')), '{}'::tstzmultirange) AS duty OFFSET 0) z) ELSE (SELECT CASE WHEN s."entered_at" < s."left_at" THEN coalesce(greatest(max(CASE WHEN i.a > i.p + interval '5 seconds' THEN i.a - i.p END), min(i.a) - s."entered_at", s."left_at" - max(i.b)), s."left_at" - s."entered_at") END FROM (SELECT c.a, c.b, max(c.b) OVER (ORDER BY c.a, c.b ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS p FROM (SELECT greatest(t4."started_at", s."entered_at") AS a, least(coalesce(t4."ended_at", 'infinity'), s."left_at") AS b FROM "stay_watch" t4 WHERE t4."stay_id" = s.id AND t4."started_at" < s."left_at" AND coalesce(t4."ended_at", 'infinity') > s."entered_at" AND coalesce(t4."ended_at", 'infinity') > t4."started_at" AND s."entered_at" < s."left_at") c) i) END <= nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'PER-20a' AND p.name = 'gap' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(s."left_at") AND (p.to_on IS NULL OR p.to_on > local_day(s."left_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int * interval '1 minute' THEN s."left_at" END AS at OFFSET 0) m
WHERE s.id = ANY($1::uuid[])
  AND s."left_at" > end_of(date '2012-12-31')
  AND (s."role" IN ('offender', 'suspect') AND s."entered_at" < s."left_at")
