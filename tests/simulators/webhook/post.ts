/** One HTTP request to the product, whatever its bytes and headers: the lab must also be able to send nonsense. */
import http from 'node:http';
import https from 'node:https';

export type Answer = {
  /** 0: no answer; `error` says why. */
  status: number;
  ms: number;
  body: string;
  headers: Record<string, string>;
  error?: string;
};

export type Outgoing = { method: string; headers: Record<string, string>; body?: Buffer; timeout_ms: number };

/** The answers of webhooks are a few bytes; whoever answers more is not being read to the end. */
const ANSWER_BYTES = 64 * 1024;

/** Enough parallel connections for a burst, few enough for one small machine. */
const agents = {
  'http:': new http.Agent({ keepAlive: true, maxSockets: 64 }),
  'https:': new https.Agent({ keepAlive: true, maxSockets: 64 }),
};

export function post(address: string, { method, headers, body, timeout_ms }: Outgoing): Promise<Answer> {
  const url = new URL(address);
  const started = performance.now();
  return new Promise((resolve) => {
    const finish = (answer: Omit<Answer, 'ms'>): void => {
      resolve({ ...answer, ms: Math.round((performance.now() - started) * 10) / 10 });
    };
    const fail = (error: Error): void => finish({ status: 0, body: '', headers: {}, error: error.message || error.name });
    const { request } = url.protocol === 'https:' ? https : http;
    const agent = url.protocol === 'https:' ? agents['https:'] : agents['http:'];
    const outgoing = request(url, { method, headers, agent }, (answer) => {
      const chunks: Buffer[] = [];
      let size = 0;
      answer.on('data', (chunk: Buffer) => {
        if (size < ANSWER_BYTES) chunks.push(chunk);
        size += chunk.length;
      });
      answer.on('error', fail);
      answer.on('end', () => {
        finish({
          status: answer.statusCode ?? 0,
          body: Buffer.concat(chunks).toString('utf8', 0, ANSWER_BYTES),
          headers: Object.fromEntries(Object.entries(answer.headers).map(([name, value]) => [name, String(value)])),
        });
      });
    });
    outgoing.setTimeout(timeout_ms, () => outgoing.destroy(new Error(`no answer in ${timeout_ms} ms`)));
    outgoing.on('error', fail);
    outgoing.end(body);
  });
}

export function closeConnections(): void {
  for (const agent of Object.values(agents)) agent.destroy();
}
