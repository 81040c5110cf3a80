-- PER-08 version 2: 传唤未经审批或者口头传唤未注明
-- Generated from audit-rules/stay/PER-08-approval-2026.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  s."lead_id" AS person_id,
  s."arrived_at" AS opened_at,
  s."arrived_at" AS due_at,
  NULL::timestamptz AS warn_at,
  CASE WHEN CASE WHEN (s."basis" = 'oral_summons') THEN (((s."oral_noted") IS TRUE) AND ((s."credential_shown") IS TRUE)) ELSE (((s."summons_number" IS NOT NULL) AND ((s."summons_approved_at" <= s."arrived_at") IS TRUE)) AND ((array_position(ARRAY['unit', 'station', 'duty_county', 'county', 'city', 'province']::text[], s."summons_level") >= CASE WHEN (s."basis" = 'detained_summons') THEN 4 ELSE 1 END) IS TRUE)) END THEN s."arrived_at" END AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'PER-08') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN s."arrived_at" IS NULL THEN 6
    WHEN CASE WHEN CASE WHEN (s."basis" = 'oral_summons') THEN (((s."oral_noted") IS TRUE) AND ((s."credential_shown") IS TRUE)) ELSE (((s."summons_number" IS NOT NULL) AND ((s."summons_approved_at" <= s."arrived_at") IS TRUE)) AND ((array_position(ARRAY['unit', 'station', 'duty_county', 'county', 'city', 'province']::text[], s."summons_level") >= CASE WHEN (s."basis" = 'detained_summons') THEN 4 ELSE 1 END) IS TRUE)) END THEN s."arrived_at" END <= s."arrived_at" THEN 2
    WHEN CASE WHEN CASE WHEN (s."basis" = 'oral_summons') THEN (((s."oral_noted") IS TRUE) AND ((s."credential_shown") IS TRUE)) ELSE (((s."summons_number" IS NOT NULL) AND ((s."summons_approved_at" <= s."arrived_at") IS TRUE)) AND ((array_position(ARRAY['unit', 'station', 'duty_county', 'county', 'city', 'province']::text[], s."summons_level") >= CASE WHEN (s."basis" = 'detained_summons') THEN 4 ELSE 1 END) IS TRUE)) END THEN s."arrived_at" END > s."arrived_at" THEN 3
    WHEN s."arrived_at" < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  2::smallint AS severity
FROM "stay" s
WHERE s.id = ANY($1::uuid[])
  AND s."arrived_at" > end_of(date '2025-12-31')
  AND s."basis" IN ('admin_summons', 'oral_summons', 'coerced_summons', 'criminal_summons', 'detained_summons')
