SELECT concat_ws('/', system.system_identifier, checkpoint.timeline_id, pg_database.oid)
  FROM pg_control_system() AS system, pg_control_checkpoint() AS checkpoint, pg_database
 WHERE pg_database.datname = current_database()
