import { Migration } from '@mikro-orm/migrations';

/** Rows that wait wake the job that works through them, whoever wrote them, when their transaction commits. */
export class Jobs extends Migration {
  override up(): void {
    this.addSql(`
      ALTER TABLE import_run ADD COLUMN claimed_at timestamptz(3);
      CREATE FUNCTION wake_job() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_notify('mingjing_wake', TG_ARGV[0]);
        RETURN NULL;
      END $$;
      CREATE TRIGGER notice_waits AFTER INSERT ON notice FOR EACH STATEMENT EXECUTE FUNCTION wake_job('notify');
      CREATE TRIGGER import_waits AFTER INSERT OR UPDATE OF state ON import_run FOR EACH ROW WHEN (new.state = 'queued') EXECUTE FUNCTION wake_job('import');
      CREATE TRIGGER report_waits AFTER INSERT OR UPDATE OF state ON report FOR EACH ROW WHEN (new.state = 'queued') EXECUTE FUNCTION wake_job('render');`);
  }
}
