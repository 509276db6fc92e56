WITH waiting(id, at) AS (
    SELECT id, waiting_at FROM outbox UNION ALL SELECT id, waiting_at FROM in_flight
)
SELECT (SELECT count(DISTINCT id) FROM waiting),
       (SELECT min(at) FROM waiting),
       (SELECT count(*) FROM outbox WHERE refused IS NOT NULL),
       (SELECT count(*) FROM record WHERE variants > 0 AND state = 'live'),
       (SELECT count(*) FROM untransferable),
       (SELECT coalesce(sum(count), 0) FROM record_day)
