-- What the role of the running hub may do. As the owner of the database, after every migration:
--   psql -d nqi_hub -f grants.sql
-- It can be run again at any time.

GRANT USAGE, CREATE ON SCHEMA public TO nqi_hub;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO nqi_hub;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO nqi_hub;

-- Policies hide rows from readers (ADR 5). The hub itself sees and writes all of them.
DROP POLICY IF EXISTS hub ON annotation;
DROP POLICY IF EXISTS hub ON feed;
DROP POLICY IF EXISTS hub ON quarantine;
CREATE POLICY hub ON annotation TO nqi_hub USING (true) WITH CHECK (true);
CREATE POLICY hub ON feed TO nqi_hub USING (true) WITH CHECK (true);
CREATE POLICY hub ON quarantine TO nqi_hub USING (true) WITH CHECK (true);

-- The schema and its secrets are the owner's.
REVOKE INSERT, UPDATE, DELETE ON seaql_migrations, hub_secret FROM nqi_hub;

-- What was written stays: the audit trail, the change feed, and accepted requests word for word.
REVOKE UPDATE, DELETE ON audit_entry, audit_head, feed, submission, annotation_request FROM nqi_hub;

-- Two counters have one row each.
REVOKE INSERT, DELETE ON audit_counter, feed_head FROM nqi_hub;
