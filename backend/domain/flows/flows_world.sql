-- name: flow_closure :many
-- Live versions of all flows that can be reached from these keys.
-- $1 account  $2 keys  $3 most
WITH RECURSIVE reached (key) AS (
  SELECT unnest($2::text[])
   UNION
  SELECT substr(r.ref, 6) FROM reached n
    JOIN flows f ON f.account_id = $1::bigint AND f.key = n.key AND f.removed_at IS NULL
    JOIN flow_refs r ON r.account_id = f.account_id AND r.flow_id = f.id AND r.is_live AND starts_with(r.ref, 'flow:'))
SELECT f.id, f.key, v.number, v.document FROM reached n
  JOIN flows f ON f.account_id = $1 AND f.key = n.key AND f.removed_at IS NULL AND f.is_enabled
  JOIN flow_versions v ON v.account_id = f.account_id AND v.flow_id = f.id AND v.number = f.live_number
 ORDER BY f.key LIMIT $3::int;

-- name: flow_things :text
-- Of what kind:id names, what there is: name, does not serve, is empty, has hours, is inactive.
-- w.kind, w.id and w.word are what stands before and behind the colon.
SELECT w.ref, d.name, NOT d.serves, NOT EXISTS (SELECT FROM department_members x JOIN memberships m ON m.account_id = x.account_id AND m.id = x.member_id
         WHERE x.account_id = d.account_id AND x.department_id = d.id AND m.is_active), d.period_id IS NOT NULL, false
  FROM w JOIN departments d ON d.account_id = $1::bigint AND d.id = w.id AND d.is_active WHERE w.kind = 'department'
UNION ALL SELECT w.ref, m.display_name, false, false, false, NOT (m.is_active AND m.is_agent)
  FROM w JOIN memberships m ON m.account_id = $1 AND m.id = w.id WHERE w.kind = 'user'
UNION ALL SELECT w.ref, c.name, false,
         NOT EXISTS (SELECT FROM chat_group_people p JOIN memberships m ON m.account_id = p.account_id AND m.id = p.member_id
                      WHERE p.account_id = c.account_id AND p.chat_id = c.id AND m.is_active)
         AND NOT EXISTS (SELECT FROM chat_group_departments g JOIN department_members x ON x.account_id = g.account_id AND x.department_id = g.department_id
                           JOIN memberships m ON m.account_id = x.account_id AND m.id = x.member_id
                          WHERE g.account_id = c.account_id AND g.chat_id = c.id AND m.is_active), false, false
  FROM w JOIN chats c ON c.account_id = $1 AND c.id = w.id AND c.name IS NOT NULL AND c.is_active WHERE w.kind = 'group'
UNION ALL SELECT w.ref, t.name, false, false, false, false
  FROM w JOIN tags t ON t.account_id = $1 AND t.id = w.id AND t.is_active WHERE w.kind = 'tag'
UNION ALL SELECT w.ref, c.name, false, false, false, c.state <> 'connected'
  FROM w JOIN channels c ON c.account_id = $1 AND c.id = w.id AND c.is_active WHERE w.kind = 'channel'
UNION ALL SELECT w.ref, p.name, false, false, false, false
  FROM w JOIN service_periods p ON p.account_id = $1 AND p.id = w.id WHERE w.kind = 'period'
UNION ALL SELECT w.ref, s.name, false, false, false, false
  FROM w JOIN shifts s ON s.account_id = $1 AND s.id = w.id WHERE w.kind = 'shift'
UNION ALL SELECT w.ref, b.name, false, false, false, false
  FROM w JOIN branches b ON b.account_id = $1 AND b.id = w.id WHERE w.kind = 'branch'
UNION ALL SELECT w.ref, c.name, false, false, false, false
  FROM w JOIN companies c ON c.account_id = $1 AND c.id = w.id WHERE w.kind = 'company'
UNION ALL SELECT w.ref, r.name, false, false, false, false
  FROM w JOIN close_reasons r ON r.account_id = $1 AND r.id = w.id AND r.is_active WHERE w.kind = 'reason'
UNION ALL SELECT w.ref, t.name || ' (' || t.language || ')', false, false, false, false
  FROM w JOIN message_templates t ON t.account_id = $1 AND t.id = w.id WHERE w.kind = 'template'
UNION ALL SELECT w.ref, f.name, false, false, false, NOT f.is_enabled OR f.live_number IS NULL
  FROM w JOIN flows f ON f.account_id = $1 AND f.key = w.word AND f.removed_at IS NULL WHERE w.kind = 'flow'
-- A recording that is to be played has to be an MP3 of ten minutes; the rest is whatever it is.
UNION ALL SELECT w.ref, a.filename, false, false, false,
         a.mime <> 'audio/mpeg' OR a.size_bytes > 16777216 OR k.duration_s > 600 OR k.sound = 'failed'
  FROM w JOIN flow_files k ON k.account_id = $1 AND k.sha256 = w.word
  JOIN attachments a ON a.account_id = k.account_id AND a.id = k.attachment_id WHERE w.kind = 'file';

-- name: flow_refs_now :many
-- In order of bytes, as documents keep them.
-- $1 account  $2 refs, each once
WITH w AS (SELECT ref, split_part(ref, ':', 1) AS kind, split_part(ref, ':', 2) AS word,
                  CASE WHEN split_part(ref, ':', 2) ~ '^[1-9][0-9]{0,17}$' THEN split_part(ref, ':', 2)::bigint END AS id
             FROM unnest($2::text[]) ref)
SELECT x.* FROM (@flow_things) x ORDER BY x.ref COLLATE "C" LIMIT 5000;

-- name: flow_refs_named :many
-- What an imported document names by word: the thing of that kind that is called so, the first made when several are.
-- $1 account  $2 kinds  $3 names, in the same order
SELECT n.place, min(n.id) FROM (
  SELECT w.place, d.id FROM unnest($2::text[], $3::text[]) WITH ORDINALITY w (kind, name, place)
    JOIN departments d ON d.account_id = $1::bigint AND d.is_active AND w.kind = 'department' AND plain(d.name) = plain(w.name)
  UNION ALL SELECT w.place, m.id FROM unnest($2::text[], $3::text[]) WITH ORDINALITY w (kind, name, place)
    JOIN memberships m ON m.account_id = $1 AND m.is_active AND w.kind = 'user' AND plain(m.display_name) = plain(w.name)
  UNION ALL SELECT w.place, c.id FROM unnest($2::text[], $3::text[]) WITH ORDINALITY w (kind, name, place)
    JOIN chats c ON c.account_id = $1 AND c.is_active AND w.kind = 'group' AND plain(c.name) = plain(w.name)
  UNION ALL SELECT w.place, t.id FROM unnest($2::text[], $3::text[]) WITH ORDINALITY w (kind, name, place)
    JOIN tags t ON t.account_id = $1 AND t.is_active AND w.kind = 'tag' AND plain(t.name) = plain(w.name)
  UNION ALL SELECT w.place, c.id FROM unnest($2::text[], $3::text[]) WITH ORDINALITY w (kind, name, place)
    JOIN channels c ON c.account_id = $1 AND c.is_active AND w.kind = 'channel' AND plain(c.name) = plain(w.name)
  UNION ALL SELECT w.place, p.id FROM unnest($2::text[], $3::text[]) WITH ORDINALITY w (kind, name, place)
    JOIN service_periods p ON p.account_id = $1 AND w.kind = 'period' AND plain(p.name) = plain(w.name)
  UNION ALL SELECT w.place, s.id FROM unnest($2::text[], $3::text[]) WITH ORDINALITY w (kind, name, place)
    JOIN shifts s ON s.account_id = $1 AND w.kind = 'shift' AND plain(s.name) = plain(w.name)
  UNION ALL SELECT w.place, b.id FROM unnest($2::text[], $3::text[]) WITH ORDINALITY w (kind, name, place)
    JOIN branches b ON b.account_id = $1 AND w.kind = 'branch' AND plain(b.name) = plain(w.name)
  UNION ALL SELECT w.place, c.id FROM unnest($2::text[], $3::text[]) WITH ORDINALITY w (kind, name, place)
    JOIN companies c ON c.account_id = $1 AND w.kind = 'company' AND plain(c.name) = plain(w.name)
  UNION ALL SELECT w.place, r.id FROM unnest($2::text[], $3::text[]) WITH ORDINALITY w (kind, name, place)
    JOIN close_reasons r ON r.account_id = $1 AND r.is_active AND w.kind = 'reason' AND plain(r.name) = plain(w.name)
  -- By its language too: "lembrete (pt_BR)".
  UNION ALL SELECT w.place, m.id FROM unnest($2::text[], $3::text[]) WITH ORDINALITY w (kind, name, place)
    JOIN message_templates m ON m.account_id = $1 AND m.gone_at IS NULL AND w.kind = 'template'
     AND plain(m.name || ' (' || m.language || ')') = plain(w.name)) n
 GROUP BY n.place ORDER BY n.place LIMIT 5000;

-- name: flow_refs_idle :many
-- Of the same: what is called so and is out of use. Its name is taken.
-- $1 account  $2 kinds  $3 names, in the same order
SELECT w.place FROM unnest($2::text[], $3::text[]) WITH ORDINALITY w (kind, name, place)
 WHERE (w.kind = 'tag' AND EXISTS (SELECT FROM tags t WHERE t.account_id = $1::bigint AND NOT t.is_active AND plain(t.name) = plain(w.name)))
    OR (w.kind = 'department' AND EXISTS (SELECT FROM departments d WHERE d.account_id = $1 AND NOT d.is_active AND plain(d.name) = plain(w.name)))
 ORDER BY w.place LIMIT 5000;

-- name: flow_surroundings :one
-- Kinds of channels that begin a flow, whether any does, and whether closing needs a reason.
-- $1 account  $2 flow
SELECT coalesce((SELECT string_agg(DISTINCT c.kind, ' ') FROM flow_starts s
                   JOIN channels c ON c.account_id = s.account_id AND c.id = s.channel_id
                   LEFT JOIN flow_agents g ON g.account_id = s.account_id AND g.id = s.agent_id
                  WHERE s.account_id = $1::bigint AND (s.flow_id = $2::bigint OR g.outside_flow_id = $2)), ''),
       EXISTS (SELECT FROM flow_starts s LEFT JOIN flow_agents g ON g.account_id = s.account_id AND g.id = s.agent_id
                WHERE s.account_id = $1 AND (s.flow_id = $2 OR g.outside_flow_id = $2) AND s.kind NOT IN ('department', 'survey')),
       (SELECT a.requires_reason FROM account_settings a WHERE a.account_id = $1);

-- name: flow_reached :many
-- Flows that a draft (or a live version) reaches, itself first, each as it is to be exported: what is live where that is
-- asked for and there is something, else its draft.
-- $1 account  $2 flow  $3 live  $4 with those reached  $5 most
WITH RECURSIVE reached (id, far) AS (
  SELECT f.id, 0 FROM flows f WHERE f.account_id = $1::bigint AND f.id = $2::bigint AND f.removed_at IS NULL
   UNION
  SELECT f.id, 1 FROM reached n
    JOIN flow_refs r ON r.account_id = $1 AND r.flow_id = n.id AND starts_with(r.ref, 'flow:')
     AND r.is_live = ($3::boolean AND EXISTS (SELECT FROM flows x WHERE x.account_id = $1 AND x.id = n.id AND x.live_number IS NOT NULL))
    JOIN flows f ON f.account_id = $1 AND f.key = substr(r.ref, 6) AND f.removed_at IS NULL
   WHERE $4::boolean)
SELECT f.key, coalesce(v.document, d.document)
  FROM (SELECT id, min(far) AS far FROM reached GROUP BY id) n
  JOIN flows f ON f.account_id = $1 AND f.id = n.id
  JOIN flow_drafts d ON d.account_id = f.account_id AND d.flow_id = f.id
  LEFT JOIN flow_versions v ON v.account_id = f.account_id AND v.flow_id = f.id AND v.number = f.live_number AND $3
 ORDER BY n.far, f.key LIMIT $5::int;

-- name: flow_secret_names :many
-- $1 account
SELECT name FROM flow_secrets WHERE account_id = $1::bigint ORDER BY name LIMIT 200;
