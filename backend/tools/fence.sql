-- What would be a hole in the fence around accounts; each line of the answer is one.
-- Run as a superuser on a migrated database; the right answer is no line.

SELECT 'table without row-level security: ' || c.oid::regclass
  FROM pg_class c
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'account_id' AND NOT a.attisdropped
 WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
   AND NOT (c.relrowsecurity AND c.relforcerowsecurity)
UNION ALL
SELECT 'partition that a program may touch directly: ' || c.oid::regclass
  FROM pg_class c, aclexplode(c.relacl) grants
 WHERE c.relispartition AND c.relkind = 'r' AND grants.grantee <> c.relowner
UNION ALL
SELECT 'function that everyone may execute: ' || p.oid::regprocedure
  FROM pg_proc p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) grants
 WHERE p.pronamespace IN ('public'::regnamespace, 'gate'::regnamespace) AND grants.grantee = 0
UNION ALL
SELECT 'function with its owner''s rights and a loose search_path: ' || p.oid::regprocedure
  FROM pg_proc p
 WHERE p.prosecdef AND p.pronamespace IN ('public'::regnamespace, 'gate'::regnamespace)
   AND NOT EXISTS (SELECT FROM unnest(p.proconfig) setting
                    WHERE setting LIKE 'search\_path=pg\_catalog%pg\_temp')
UNION ALL
SELECT 'view with its owner''s rights outside the gate: ' || c.oid::regclass
  FROM pg_class c
 WHERE c.relkind = 'v' AND c.relnamespace = 'public'::regnamespace
   AND NOT coalesce('security_invoker=true' = ANY (c.reloptions), false)
UNION ALL
SELECT 'role that logs in and bypasses the fence: ' || rolname
  FROM pg_roles
 WHERE rolcanlogin AND (rolbypassrls OR rolsuper)
   AND rolname NOT IN ('postgres', 'balcao_backup', 'balcao_test')
UNION ALL
SELECT 'foreign key that could point into another account: ' || k.conrelid::regclass || ' ' || k.conname
  FROM pg_constraint k
 WHERE k.contype = 'f' AND k.conparentid = 0
   AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = k.conrelid AND a.attname = 'account_id')
   AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = k.confrelid AND a.attname = 'account_id')
   AND NOT EXISTS (SELECT FROM pg_attribute a
                    WHERE a.attrelid = k.conrelid AND a.attname = 'account_id' AND a.attnum = ANY (k.conkey))
UNION ALL
SELECT 'unique index over all accounts: ' || i.indexrelid::regclass
  FROM pg_index i
  JOIN pg_class c ON c.oid = i.indrelid AND c.relnamespace = 'public'::regnamespace AND NOT c.relispartition
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'account_id' AND NOT a.attisdropped
 WHERE i.indisunique AND i.indkey[0] <> a.attnum
   -- Found by a token before any account is known, or keyed by what nobody outside chooses.
   AND i.indexrelid::regclass::text NOT IN ('hook_token_is_taken', 'public_key_is_taken',
                                            'jobs_pkey', 'dead_jobs_pkey')
ORDER BY 1;
