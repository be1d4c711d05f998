/** The other end of light.ts: the inbox's own modules, in a thread of their own, because each of them is one person's. */
import { parentPort, workerData } from 'node:worker_threads';

import { browse, type Way } from './browser.ts';
import type { Seen } from './seat.ts';

type Seat = { write: (text: string) => void; seen: () => Seen; fresh: () => Promise<Seen> };
type Module = { takeSeat: (ticket: number, openSource: ReturnType<typeof browse>) => Promise<Seat> };

const { bundle, way, ticket } = workerData as { bundle: string; way: Way; ticket: number };

const openSource = browse(way);
const { takeSeat } = (await import(bundle)) as Module;
const seat = await takeSeat(ticket, openSource);

parentPort?.on('message', ({ n, act, given }: { n: number; act: keyof Seat; given: never }) => {
  void Promise.resolve(seat[act](given)).then(
    (answer) => parentPort?.postMessage({ n, answer }),
    (error: unknown) => parentPort?.postMessage({ n, error: String(error) }),
  );
});
parentPort?.postMessage({ n: 0 });
