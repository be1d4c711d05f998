/** Warns when a list would walk through a whole table: every reading statement, planned as the house plans it. */
import { rows, sql } from './house.ts';
import { figure, remark } from './report.ts';
import { statements } from './statements.ts';
import type { World } from './world.ts';

/** Walking through a small table is cheaper than any index. */
const SMALL = 1000;

export async function explain(world: World): Promise<void> {
  const large = new Set((await rows(`SELECT relname FROM pg_class WHERE relkind = 'r' AND reltuples > ${SMALL}`)).map(([name]) => name));
  let scans = 0;
  for (const { name, shape, params, bound, text } of statements().values()) {
    if (shape === 'exec' || name.startsWith('fixture') || !/^\s*SELECT/i.test(text)) continue;
    const all = [...Array.from({ length: params }, () => 'NULL'), ...bound];
    const values = all.length === 0 ? '' : `(${all.join(', ')})`;
    const plan = await sql(
      `SET ROLE balcao_api; SET plan_cache_mode = force_generic_plan; SET balcao.account = '${world.account}'; PREPARE s AS ${text};
       EXPLAIN EXECUTE s${values};`,
    ).catch(() => ''); /* the worker's own statements are not the api's to ask */
    const walked = [...plan.matchAll(/Seq Scan on (\w+)/g)].map(([, table]) => table).filter((table) => large.has(table));
    if (walked.length === 0) continue;
    remark(`explain ${name}: walks through ${walked.join(', ')}`);
    scans++;
  }
  figure('explain_seq_scans', scans, 'statements');
}
