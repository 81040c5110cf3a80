-- alarm.samePhone
CREATE INDEX ON "alarm" ("caller_phone");

-- case.acts.clashes (4) and stay.interviews.clashes (12) for what is there already
INSERT INTO link (relation, own_id, their_id)
SELECT 4, o.id, t.id FROM "case_act" o JOIN "case_act" t ON t.officers_ids && o.officers_ids AND t.id <> o.id
WHERE t.started_at < coalesce(o.ended_at, o.started_at + interval '24 hours') AND o.started_at < coalesce(t.ended_at, t.started_at + interval '24 hours')
  AND t.started_at > o.started_at - interval '24 hours' AND o.started_at > t.started_at - interval '24 hours'
UNION ALL
SELECT 12, o.id, t.id FROM "stay_interview" o JOIN "stay_interview" t ON t.officers_ids && o.officers_ids AND t.id <> o.id
WHERE t.started_at < coalesce(o.ended_at, o.started_at + interval '24 hours') AND o.started_at < coalesce(t.ended_at, t.started_at + interval '24 hours')
  AND t.started_at > o.started_at - interval '24 hours' AND o.started_at > t.started_at - interval '24 hours'
ON CONFLICT DO NOTHING;
