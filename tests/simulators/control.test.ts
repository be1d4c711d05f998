import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startLab } from './server.ts';
import { aNumber, type Bench, list, NUMBER, refusal, startBench, TOKEN } from './testing.ts';

let bench: Bench;

beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.close());

describe('wait', () => {
  it('answers when it happens, not before', async () => {
    const { seq } = await bench.ask('GET', '/config');
    const waiting = bench.ask('GET', `/wait?after=${String(seq)}&kind=customer&person_id=marina`);
    await bench.customer({ type: 'text', text: { body: 'outra pessoa' } }, 'jose');
    const id = await bench.customer({ type: 'text', text: { body: 'Oi' } });
    expect(list((await waiting)['entries'])).toMatchObject([{ kind: 'customer', person_id: 'marina', message_id: id }]);
  });

  it('answers empty when the time is over', async () => {
    const { seq } = await bench.ask('GET', '/config');
    expect(await bench.ask('GET', `/wait?after=${String(seq)}&kind=raw&timeout_ms=20`)).toEqual({ entries: [], next: seq });
  });

  it('streams the same entries', async () => {
    const giveUp = new AbortController();
    const stream = await fetch(`${bench.lab.origin}/lab/api/stream`, { signal: giveUp.signal });
    const reader = stream.body?.getReader();
    const id = await bench.customer({ type: 'text', text: { body: 'Oi' } });
    let seen = '';
    while (!seen.includes(id)) seen += Buffer.from((await reader?.read())?.value ?? []).toString();
    expect(seen).toMatch(/^id: \d+$/m);
    giveUp.abort();
  });
});

describe('verification', () => {
  it('is done with the token of the number, and said', async () => {
    expect(await bench.ask('POST', `/numbers/${NUMBER}/verify`)).toMatchObject({ ok: true, status: 200 });
    await bench.ask('POST', '/numbers', { phone_number_id: NUMBER, verify_token: 'wrong' });
    expect(await bench.ask('POST', `/numbers/${NUMBER}/verify`)).toMatchObject({ ok: false, status: 403 });
    await bench.ask('POST', '/numbers', { phone_number_id: NUMBER, verify_token: 'verify-1' });
  });

  it('guards an address given through the Graph API', async () => {
    const bad = await bench.graph('POST', '/10229/subscribed_apps', { override_callback_uri: bench.product.url, verify_token: 'no' });
    expect(refusal(bad).code).toBe(2200);
    const good = await bench.graph('POST', '/10229/subscribed_apps', { override_callback_uri: bench.product.url, verify_token: 'verify-1' });
    expect(good.body).toEqual({ success: true });
    expect((await bench.graph('POST', '/10229/subscribed_apps')).body).toEqual({ success: true });
  });
});

describe('the number as a node', () => {
  it('shows the fields asked for', async () => {
    expect((await bench.graph('GET', `/${NUMBER}?fields=verified_name,quality_rating,nothing`)).body).toEqual({
      id: NUMBER, verified_name: 'Rede Pinhão', quality_rating: 'GREEN',
    });
  });

  it('keeps a business profile within its limits', async () => {
    const path = `/${NUMBER}/whatsapp_business_profile`;
    expect((await bench.graph('POST', path, { messaging_product: 'whatsapp', about: 'Internet', websites: ['https://x.br'], vertical: 'RETAIL' })).body).toEqual({ success: true });
    expect((await bench.graph('GET', `${path}?fields=about,vertical`)).body).toEqual({
      data: [{ messaging_product: 'whatsapp', about: 'Internet', vertical: 'RETAIL' }],
    });
    expect(refusal(await bench.graph('POST', path, { messaging_product: 'whatsapp', about: 'x'.repeat(140) })).code).toBe(131009);
    expect(refusal(await bench.graph('POST', path, { messaging_product: 'whatsapp', vertical: 'SPACE' })).code).toBe(131009);
  });

  it('says that an unknown path is unknown', async () => {
    expect(refusal(await bench.graph('GET', `/${NUMBER}/nothing`)).code).toBe(2500);
  });
});

describe('templates', () => {
  const draft = {
    name: 'aviso_1', language: 'pt_BR', category: 'UTILITY',
    components: [{ type: 'BODY', text: 'Oi {{1}}, a sua visita foi marcada.', example: { body_text: [['Ana']] } }],
  };

  it('are created pending, listed by pages, and refused when they break the form', async () => {
    const { body } = await bench.graph('POST', '/10229/message_templates', draft);
    expect(body).toMatchObject({ status: 'PENDING', category: 'UTILITY' });
    expect(refusal(await bench.graph('POST', '/10229/message_templates', draft)).code).toBe(2388024);
    const page = await bench.graph('GET', '/10229/message_templates?limit=2');
    expect(list(page.body['data'])).toHaveLength(2);
    expect(page.body).toMatchObject({ paging: { cursors: { after: expect.any(String) }, next: expect.stringContaining('after=') } });
    const edge = { ...draft, name: 'b', components: [{ type: 'BODY', text: '{{1}} oi tudo bem com você', example: {} }] };
    expect(refusal(await bench.graph('POST', '/10229/message_templates', edge)).code).toBe(2388299);
    expect((await bench.graph('DELETE', '/10229/message_templates?name=aviso_1')).body).toEqual({ success: true });
  });
});

describe('the control API', () => {
  it('obeys no page of another origin and no other host name', async () => {
    const origin = await fetch(`${bench.lab.origin}/lab/api/reset`, { method: 'POST', headers: { Origin: 'https://evil.example' } });
    expect(origin.status).toBe(403);
    const status = await new Promise((resolve) => {
      http.get(`${bench.lab.origin}/lab/api/config`, { headers: { Host: 'evil.example' } }, (res) => resolve(res.resume().statusCode));
    });
    expect(status).toBe(403);
  });

  it('shows no secret anywhere', async () => {
    await bench.send({ type: 'text', text: { body: 'Oi' } });
    for (const path of ['/config', '/numbers', '/log?limit=1000']) {
      const text = JSON.stringify(await bench.ask('GET', path));
      for (const secret of [TOKEN, 'app-secret-1', 'verify-1', 'a-long-channel-token']) expect(text.includes(secret), `${path} shows ${secret}`).toBe(false);
    }
  });

  it('names the faults there are when it gets another', async () => {
    await expect(bench.faults({ explode: true })).rejects.toThrow('no fault is called explode');
    await expect(bench.faults({ duplicate: 'yes' })).rejects.toThrow('duplicate');
  });

  it('changes some faults and leaves others, and turns them off by null', async () => {
    await bench.faults({ duplicate: true, reorder: true });
    expect(await bench.ask('PATCH', `/numbers/${NUMBER}/faults`, { reorder: null, delay_ms: 5 })).toMatchObject({ duplicate: 1, reorder: false, delay_ms: 5 });
    await bench.ask('DELETE', `/numbers/${NUMBER}/faults`);
  });

  it('lets many customers write at once', async () => {
    bench.product.received.length = 0;
    await bench.ask('POST', '/burst', { phone_number_id: NUMBER, people: 50, messages: 2 });
    await bench.settle();
    expect(bench.product.received).toHaveLength(100);
  });
});

describe('numbers.json', () => {
  it('is read at the start and again on request, and a broken one changes nothing', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'lab-'));
    await mkdir(join(dir, 'lab'));
    const file = join(dir, 'lab', 'numbers.json');
    await writeFile(file, JSON.stringify({ numbers: [aNumber('')], public_url: 'http://localhost:9999/x', webchat: { channel_key: 'k' } }));
    const lab = await startLab({ port: 0, public_url: 'http://localhost:8080', var_dir: dir });
    const config = async () => (await (await fetch(`${lab.origin}/lab/api/config`)).json()) as { public_url: string; numbers: unknown[] };
    expect(await config()).toMatchObject({ public_url: 'http://localhost:9999', numbers: [{ phone_number_id: NUMBER }], webchat: { channel_key: 'k' } });
    await writeFile(file, '{');
    await fetch(`${lab.origin}/lab/api/reload`, { method: 'POST' });
    expect((await config()).numbers).toHaveLength(1);
    await lab.close();
    await rm(dir, { recursive: true });
  });
});

describe('a product that starts after the lab', () => {
  it('is verified once it answers', async () => {
    let refusals = 2;
    const late = http.createServer((req, res) => {
      const challenge = new URL(req.url ?? '/', 'http://late').searchParams.get('hub.challenge');
      res.writeHead(refusals-- > 0 ? 502 : 200).end(challenge);
    });
    await new Promise<void>((resolve) => late.listen(0, '127.0.0.1', resolve));
    const dir = await mkdtemp(join(tmpdir(), 'lab-'));
    await mkdir(join(dir, 'lab'));
    const callback_url = `http://127.0.0.1:${(late.address() as AddressInfo).port}/hooks/t`;
    await writeFile(join(dir, 'lab', 'numbers.json'), JSON.stringify({ numbers: [aNumber(callback_url)] }));
    const lab = await startLab({ port: 0, public_url: 'http://localhost:8080', var_dir: dir });
    const answer = await fetch(`${lab.origin}/lab/api/wait?after=0&kind=verification`);
    expect(((await answer.json()) as { entries: unknown[] }).entries).toMatchObject([{ ok: true, status: 200 }]);
    await lab.close();
    late.close();
    await rm(dir, { recursive: true });
  });
});

describe('the program', () => {
  it('says one line when it listens, and ends well when asked to', async () => {
    const lab = spawn(process.execPath, [fileURLToPath(new URL('main.ts', import.meta.url))], {
      env: { ...process.env, LAB_PORT: '0', BALCAO_VAR: tmpdir() }, stdio: ['ignore', 'pipe', 'inherit'],
    });
    const lines: string[] = [];
    lab.stdout.on('data', (chunk: Buffer) => lines.push(chunk.toString()));
    await once(lab.stdout, 'data');
    lab.kill('SIGTERM');
    expect(await once(lab, 'exit')).toEqual([0, null]);
    expect(lines.join('')).toMatch(/^lab\.listening url=http:\/\/127\.0\.0\.1:\d+ smtp_port=\d+\n$/);
  });
});

describe('the site', () => {
  it('lets in only the product and its own style, and proves who signed in without showing the key', async () => {
    bench.lab.world.webchat = { channel_key: 'wc_1', identity_key: 'inbox-hmac-1' };
    const answer = await fetch(`${bench.lab.origin}/site.html?login=1`);
    const html = await answer.text();
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(html).toContain('<script src="http://localhost:8080/widget.js" data-channel="wc_1" async></script>');
    expect(html).toContain('9621705adcc5861e61285a3b6d1d3a617b1b52aa6ca3d7b3b71e054e7e6a4b6a');
    expect(html).not.toContain('inbox-hmac-1');
    expect(policy).toMatch(/script-src http:\/\/localhost:8080 'nonce-[^']+'/);
    expect(policy).not.toContain('unsafe');
    expect(await (await fetch(`${bench.lab.origin}/site.html?channel=%22%3E%3Cscript%3E`)).text()).not.toContain('data-channel=""><script>');
  });
});
