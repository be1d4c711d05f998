-- locks: brief
-- Recordings that were added before they were prepared once (0044) have been converted again for every message that played
-- them. They are prepared now, as a new one is: each by a job of its own, in a lane of its own. What is prepared already, is
-- about to be, or could not be, stays as it is, so the same again does nothing.
SET ROLE balcao_owner;
WITH old AS (
    UPDATE flow_files f SET sound = 'pending'
      FROM attachments a
     WHERE a.account_id = f.account_id AND a.id = f.attachment_id
       AND f.sound IS NULL AND a.mime = 'audio/mpeg' AND a.state = 'ready'
    RETURNING f.account_id, f.attachment_id,
              hashtextextended('flow.media|' || f.account_id || '|' || f.attachment_id, 0) AS lane
), waiting AS (
    INSERT INTO lanes (queue, lane, run_at) SELECT 'chores', lane, now() FROM old
        ON CONFLICT (queue, lane) DO NOTHING
)
INSERT INTO jobs (account_id, queue, lane, kind, subject_id)
SELECT account_id, 'chores', lane, 'flow.media', attachment_id FROM old;
RESET ROLE;
