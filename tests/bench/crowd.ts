/** The crowd of storm.ts: each guesses on and on, each time as somebody else, and comes back when told to. Ends with its standard input. */
import { randomBytes } from 'node:crypto';
import http from 'node:http';
import { setPriority } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';

import { conf, house } from './house.ts';

const CROWD = 200;
const agent = new http.Agent({ keepAlive: true, maxSockets: CROWD });
const origin = conf('PUBLIC_URL');
const answers = new Map<number, number>();
let isOver = false;

function guess(): Promise<http.IncomingMessage> {
  const body = JSON.stringify({ email: `${randomBytes(6).toString('hex')}@nenhures.exemplo`, password: 'palpite' });
  const network = randomBytes(4).toString('hex');
  const headers = {
    Origin: origin,
    'Content-Type': 'application/json',
    'Content-Length': String(body.length),
    /* The bench's own machine is a hop: every guess comes from a network of its own, or the throttle would end the storm. */
    'X-Forwarded-For': `2001:${network.slice(0, 4)}:${network.slice(4)}::1`,
  };
  return new Promise((resolve, reject) => {
    http.request(new URL('/api/v1/session', house.url), { method: 'POST', agent, headers }, resolve).on('error', reject).end(body);
  });
}

async function guesser(): Promise<void> {
  while (!isOver) {
    const answer = await guess();
    const status = answer.statusCode ?? 0;
    answers.set(status, (answers.get(status) ?? 0) + 1);
    answer.resume();
    if (status === 503) await pause(Number(answer.headers['retry-after'] ?? 1) * 1000 * (1 + Math.random())); /* nobody in step */
  }
}

/* Crowds bring their own processors: this one is not to take those of the house. */
setPriority(19);
process.stdin.resume().on('end', () => (isOver = true));
const all = Array.from({ length: CROWD }, guesser);
console.log(`${CROWD} at the door`);
await Promise.all(all);
console.log(`answers to guesses: ${[...answers].map(([status, count]) => `${count} of ${status}`).join(', ')}`);
