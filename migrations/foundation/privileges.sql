-- Whatever the owner makes from here on, the app may use; the files below take back what it may not.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gist;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO mingjing_app, mingjing_engine;

ALTER DEFAULT PRIVILEGES GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO mingjing_app, mingjing_engine;
ALTER DEFAULT PRIVILEGES GRANT USAGE, SELECT, UPDATE ON SEQUENCES TO mingjing_app, mingjing_engine;

-- BullMQ keeps its own tables here and migrates them itself.
CREATE SCHEMA bullmq;
GRANT USAGE, CREATE ON SCHEMA bullmq TO mingjing_app;
