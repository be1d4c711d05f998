/** Reading the journal: all of it, the next of it, or as it is written. */
import type { Filter } from '../journal.ts';
import { type ControlRoutes, queryNumber } from './request.ts';

const LONGEST_WAIT_MS = 120_000;
const HEARTBEAT_MS = 20_000;

export const journalRoutes: ControlRoutes = {
  'GET /log': ({ context: { world }, url }) => ({
    entries: world.journal.after(queryNumber(url, 'after', 0), filterOf(url)).slice(-queryNumber(url, 'limit', 500)),
    next: world.journal.seq,
  }),

  /** Answers as soon as there are `count` entries after `after`, or with what there is when the time is over. */
  'GET /wait': async ({ context: { world }, url }) => {
    const timeout = Math.min(queryNumber(url, 'timeout_ms', 10_000), LONGEST_WAIT_MS);
    const after = queryNumber(url, 'after', world.journal.seq);
    const entries = await world.journal.wait(after, filterOf(url), timeout, queryNumber(url, 'count', 1));
    return { entries, next: entries.at(-1)?.seq ?? after };
  },

  'GET /stream': ({ context: { world }, req, res, url }) => {
    const filter = filterOf(url);
    res.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    const last = Number(req.headers['last-event-id']);
    const write = (entry: { seq: number }): void => void res.write(`id: ${entry.seq}\ndata: ${JSON.stringify(entry)}\n\n`);
    if (Number.isInteger(last) && last > 0) world.journal.after(last, filter).forEach(write);
    res.write(': connected\n\n');
    const stop = world.journal.subscribe(write, filter);
    const heartbeat = setInterval(() => res.write(': still here\n\n'), HEARTBEAT_MS);
    res.on('close', () => {
      stop();
      clearInterval(heartbeat);
    });
  },
};

/** `kind` may come several times or separated by commas. */
function filterOf(url: URL): Filter {
  const query = url.searchParams;
  const kinds = query.getAll('kind').flatMap((kinds) => kinds.split(','));
  const phone_number_id = query.get('phone_number_id');
  const person_id = query.get('person_id');
  return {
    ...(kinds.length > 0 ? { kinds } : {}),
    ...(phone_number_id === null ? {} : { phone_number_id }),
    ...(person_id === null ? {} : { person_id }),
  };
}
