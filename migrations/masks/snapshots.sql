-- The salts of the commitments in findings' snapshots: no fact, so that no list, paper or ledger entry holds them.
CREATE TABLE finding_salt (
  finding_id uuid PRIMARY KEY REFERENCES finding,
  salt       text NOT NULL
);
REVOKE UPDATE, DELETE, TRUNCATE ON finding_salt FROM mingjing_app, mingjing_engine;

-- Snapshots of earlier releases hold what the record masks, in the clear: the values go, that they were read stays.
-- The names are those of masked facts on this day; `name` is a person's everywhere but on an item.
CREATE FUNCTION pg_temp.without_sensitive(snapshot jsonb, subject text) RETURNS jsonb LANGUAGE sql AS $$
  SELECT CASE WHEN jsonb_typeof(snapshot) <> 'object' THEN snapshot ELSE snapshot || coalesce((
    SELECT jsonb_object_agg(half.key, coalesce((
      SELECT jsonb_object_agg(one.key, CASE
          WHEN one.key = ANY('{caller,callerPhone,place,narrative,noCaseNote,applicant,summary,subjectName,identity,account,holder,remark,by,witness,adultName,receiver,content,complainant,phone}'::text[])
            OR (one.key = 'name' AND subject <> 'item') THEN '{"masked": true}'::jsonb
          WHEN jsonb_typeof(one.value) = 'array' THEN to_jsonb(jsonb_array_length(one.value))
          ELSE one.value END)
        FROM jsonb_each(half.value) one), '{}'::jsonb))
      FROM jsonb_each(snapshot) half WHERE half.key IN ('facts', 'part') AND jsonb_typeof(half.value) = 'object'), '{}'::jsonb)
    -- free text was kept with its numbers masked; the names in it were not
    || CASE WHEN coalesce(jsonb_typeof(snapshot #> '{explanation,values}'), '') <> 'array' THEN '{}'::jsonb
       ELSE jsonb_build_object('explanation', jsonb_set(snapshot -> 'explanation', '{values}', coalesce((
         SELECT jsonb_agg(CASE WHEN one ->> 'mask' = 'narrative' THEN one || '{"text": null, "masked": true}'::jsonb ELSE one END)
           FROM jsonb_array_elements(snapshot #> '{explanation,values}') one), '[]'::jsonb))) END END
$$;
UPDATE finding SET snapshot = pg_temp.without_sensitive(snapshot, subject_type) WHERE snapshot IS NOT NULL;
UPDATE weekly_hit SET hit = jsonb_set(hit, '{snapshot}', pg_temp.without_sensitive(hit -> 'snapshot', subject_type)) WHERE jsonb_exists(hit, 'snapshot');
-- The step that raised the finding said the same once more. Steps are append-only for everybody but this line.
ALTER TABLE step DISABLE TRIGGER step_append_only;
UPDATE step SET facts = jsonb_set(facts, '{snapshot}', pg_temp.without_sensitive(facts -> 'snapshot', facts ->> 'subjectType'))
 WHERE subject_type = 20 AND jsonb_exists(facts, 'snapshot') AND jsonb_typeof(facts -> 'snapshot') = 'object';
ALTER TABLE step ENABLE TRIGGER step_append_only;
