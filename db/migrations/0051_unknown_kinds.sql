-- locks: brief
-- A job whose kind no program knows any more waited for ever, and with it whatever came after it in its lane. Since when it is
-- put off for that tells the rolling upgrade, which ends within minutes, from a kind that is gone. When it was queued says
-- nothing: what waits for its time may be months old when it is due.
SET ROLE balcao_owner;
ALTER TABLE jobs ADD COLUMN unknown_since timestamptz; -- NULL: whoever met it last knows its kind, or nobody has met it
RESET ROLE;
