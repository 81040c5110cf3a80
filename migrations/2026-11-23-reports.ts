import { Migration } from '@mikro-orm/migrations';

/** What a paper says is kept beside its bytes: viewing copies are drawn from it, and a lost drawing is drawn again. */
export class Reports extends Migration {
  override up(): void {
    this.addSql(`
      ALTER TABLE report ADD COLUMN paper jsonb;
      ALTER TABLE report ADD COLUMN claimed_at timestamptz(3);
      COMMENT ON COLUMN report.claimed_at IS 'when a worker last took it; a worker that died leaves it behind';
      -- an issued paper is neither changed nor taken back once its bytes are there
      CREATE FUNCTION refuse_report_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'report % is issued: its bytes and number stay', old.number USING ERRCODE = '42501';
      END $$;
      CREATE TRIGGER report_issued BEFORE UPDATE OF bytes, sha256, number, paper, as_of, ledger_seq, ledger_root ON report
        FOR EACH ROW WHEN (old.state = 'done') EXECUTE FUNCTION refuse_report_change();
      REVOKE DELETE, TRUNCATE ON report FROM mingjing_app, mingjing_engine;`);
  }
}
