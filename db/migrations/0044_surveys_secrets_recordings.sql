-- locks: brief
-- What ends with a question, what is answered and read by nobody, and recordings that are converted once.
SET ROLE balcao_owner;

-- Somebody ended it, and its customer is asked what they think before it is closed. Who ended it does not tell that: a
-- rule or a program is no member.
ALTER TABLE tickets
    ADD COLUMN is_concluded boolean NOT NULL DEFAULT false;
UPDATE tickets SET is_concluded = true WHERE state = 'surveying' AND closed_by IS NOT NULL;

ALTER TABLE flow_runs
    ADD COLUMN hides_answer boolean NOT NULL DEFAULT false; -- to what it is asking
ALTER TABLE inbound_events
    ADD COLUMN holds_secret boolean NOT NULL DEFAULT false; -- such an answer is in it: nothing of it is kept once it was handled

ALTER TABLE flow_files
    ADD COLUMN sound      text CHECK (sound IN ('pending', 'ready', 'failed')), -- of a recording: whether it was prepared
    ADD COLUMN duration_s int,
    ADD COLUMN voice_id   bigint, -- the attachment that was made of it
    ADD CONSTRAINT voice_is_attachment FOREIGN KEY (account_id, voice_id) REFERENCES attachments,
    ADD CONSTRAINT sound_is_measured CHECK ((sound = 'ready') IS NOT TRUE OR (duration_s IS NOT NULL AND voice_id IS NOT NULL));
CREATE UNIQUE INDEX flow_file_of_voice ON flow_files (account_id, voice_id) WHERE voice_id IS NOT NULL;
GRANT UPDATE (sound, duration_s, voice_id) ON flow_files TO balcao_api, balcao_worker;

CREATE OR REPLACE FUNCTION sweep_uploads(before timestamptz) RETURNS SETOF text
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    DELETE FROM public.attachments WHERE ctid = ANY (ARRAY(
        SELECT a.ctid FROM public.attachments a
         WHERE a.ticket_id IS NULL AND a.created_at < before
           AND NOT EXISTS (SELECT FROM public.memberships m WHERE m.account_id = a.account_id AND m.photo_id = a.id)
           AND NOT EXISTS (SELECT FROM public.answer_files f WHERE f.account_id = a.account_id AND f.attachment_id = a.id)
           AND NOT EXISTS (SELECT FROM public.scheduled_messages s WHERE s.account_id = a.account_id AND s.attachment_id = a.id)
           AND NOT EXISTS (SELECT FROM public.chat_messages m WHERE m.account_id = a.account_id AND m.attachment_id = a.id)
           AND NOT EXISTS (SELECT FROM public.flow_files f WHERE f.account_id = a.account_id AND f.attachment_id = a.id)
           AND NOT EXISTS (SELECT FROM public.flow_files f WHERE f.account_id = a.account_id AND f.voice_id = a.id)
         LIMIT 5000))
    RETURNING path
$$;
RESET ROLE;
