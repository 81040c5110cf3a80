-- One form for all spellings that people take for the same: width, case, the dots between the parts of a name, blanks and
-- invisible signs. The twin of `fold` in server/kernel/text.ts; the characters that are passed over stand as ranges.
DO $$
DECLARE
  passed text;
BEGIN
  SELECT string_agg(chr(c), '' ORDER BY c) INTO passed
    FROM (VALUES (1, 32), (127, 160), (173, 173), (183, 183), (903, 903), (1536, 1541), (1564, 1564), (1757, 1757), (1807,
      1807), (2192, 2193), (2274, 2274), (5760, 5760), (5867, 5867), (6158, 6158), (8192, 8207), (8226, 8226),
      (8231, 8239), (8287, 8292), (8294, 8303), (8729, 8729), (8901, 8901), (11825, 11825), (11827, 11827), (12288,
      12288), (12539, 12539), (65024, 65039), (65279, 65279), (65529, 65531), (69821, 69821), (69837, 69837),
      (78896, 78911), (113824, 113827), (119155, 119162), (917505, 917505), (917536, 917631), (917760,
      917999)) AS r (a, b)
    CROSS JOIN LATERAL generate_series(r.a, r.b) AS c;
  EXECUTE format('CREATE FUNCTION fold_text(t text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS %L',
    format('SELECT translate(lower(normalize(t, NFKC)), %L, %L)', passed, ''));
END $$;

-- Every trigram index looks at the folded text instead.
DO $$
DECLARE
  one record;
BEGIN
  FOR one IN
    SELECT x.relname AS index, c.relname AS of, a.attname AS col
      FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_class c ON c.oid = i.indrelid
      JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public'
      JOIN pg_opclass o ON o.oid = i.indclass[0] AND o.opcname = 'gin_trgm_ops'
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]
     WHERE i.indnkeyatts = 1
  LOOP
    EXECUTE format('CREATE INDEX ON %I USING gin (fold_text(%I) gin_trgm_ops)', one.of, one.col);
    EXECUTE format('DROP INDEX %I', one.index);
  END LOOP;
END $$;
