/**
 * /site.html: somebody's home page with our webchat on it. The page is as strict as a careful customer's would be: the
 * only strangers it lets in are the product's script, calls, pictures and sounds.
 */
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';

import { identityHash } from './signature.ts';
import type { World } from './world.ts';

const TEMPLATE = new URL('page/site.html', import.meta.url);

/** Who is signed in to the site with `?login=1`. */
const SIGNED_IN = { identifier: 'cliente-42', name: 'Marina Duarte Alves', email: 'marina@example.com' };

export async function site(world: World, res: ServerResponse, url: URL, host: string): Promise<void> {
  /* The name goes into the policy: nothing but a name may. */
  if (!/^[\w.[\]:-]+$/.test(host)) return void res.writeHead(400).end();
  const key = url.searchParams.get('channel') ?? world.webchat.channel_key;
  const isSignedIn = url.searchParams.get('login') === '1';
  const nonce = randomBytes(16).toString('base64');
  const html = (await readFile(TEMPLATE, 'utf8'))
    .replace('<!--identity-->', isSignedIn ? identityScript(world, nonce) : '')
    .replace('<!--webchat-->', key === '' ? '' : `<script src="${escapeHtml(world.public_url)}/widget.js" data-channel="${escapeHtml(key)}" async></script>`)
    .replace('<!--account-->', accountLink(isSignedIn, url.searchParams.get('channel')))
    .replace('<!--notice-->', notice(world, key, isSignedIn));
  res.writeHead(200, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': policy(world.public_url, host, nonce),
    'Cache-Control': 'no-store',
  });
  res.end(html);
}

function policy(product: string, host: string, nonce: string): string {
  return [
    "default-src 'none'",
    `script-src ${product} 'nonce-${nonce}'`,
    `connect-src ${product}`,
    `img-src ${product}`,
    `media-src ${product}`,
    `style-src http://${host}/site.css`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
  ].join('; ');
}

/** What the site's own server would print for a customer who signed in: the key never reaches the page. */
function identityScript(world: World, nonce: string): string {
  if (world.webchat.identity_key === '') return '';
  const identity = { ...SIGNED_IN, hash: identityHash(world.webchat.identity_key, SIGNED_IN.identifier) };
  return `<script nonce="${nonce}">window.balcao = ${JSON.stringify({ identity }).replaceAll('<', '\\u003c')};</script>`;
}

function accountLink(isSignedIn: boolean, channel: string | null): string {
  const query = new URLSearchParams({ ...(channel === null ? {} : { channel }), ...(isSignedIn ? {} : { login: '1' }) }).toString();
  const href = escapeHtml(query === '' ? '/site.html' : `/site.html?${query}`);
  return isSignedIn
    ? `<span>Olá, ${escapeHtml(SIGNED_IN.name.split(' ')[0] ?? '')}</span><a class="button quiet" href="${href}">Sair</a>`
    : `<a class="button quiet" href="${href}">Área do cliente</a>`;
}

function notice(world: World, key: string, isSignedIn: boolean): string {
  if (key === '') return '<p class="notice">O chat ainda não está ligado: falta a chave do canal em numbers.json ou em ?channel=.</p>';
  if (isSignedIn && world.webchat.identity_key === '') {
    return '<p class="notice">Falta a chave de identidade em numbers.json: o chat vai tratar você como visitante.</p>';
  }
  return '';
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
