/** What a push service checks before it takes anything (RFC 8292): why not, or who it is from. */
import { createPublicKey, verify } from 'node:crypto';

const DAY_S = 24 * 3600;

type Verdict = { why: string } | { key: string; sub: string };

const decoded = (part: string | undefined): Record<string, unknown> => {
  try {
    return JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8')) as Record<string, unknown>;
  } catch {
    return {};
  }
};

export function judgeVapid(authorization: string | undefined, origin: string, now_s: number): Verdict {
  const { t, k } = /^vapid\s+t=(?<t>[\w.-]+)\s*,\s*k=(?<k>[\w-]+)$/i.exec(authorization ?? '')?.groups ?? {};
  if (t === undefined || k === undefined) return { why: 'no vapid authorization' };
  const [head, body, signature, ...more] = t.split('.');
  if (head === undefined || body === undefined || signature === undefined || more.length > 0) return { why: 'not a token' };
  if (decoded(head)['alg'] !== 'ES256') return { why: 'not ES256' };

  const point = Buffer.from(k, 'base64url');
  if (point.length !== 65 || point[0] !== 4) return { why: 'the key is no uncompressed point of P-256' };
  try {
    const jwk = { kty: 'EC', crv: 'P-256', x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url') };
    const key = createPublicKey({ key: jwk, format: 'jwk' });
    const isRight = verify('sha256', Buffer.from(`${head}.${body}`), { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'));
    if (!isRight) return { why: 'the signature is wrong' };
  } catch {
    return { why: 'the point is not on the curve' };
  }

  const { aud, exp, sub } = decoded(body);
  if (aud !== origin) return { why: `for ${String(aud)}, not for ${origin}` };
  if (typeof exp !== 'number' || exp <= now_s) return { why: 'expired' };
  if (exp > now_s + DAY_S) return { why: 'good for more than a day' };
  if (typeof sub !== 'string' || !/^(mailto:[^@\s]+@[^@\s]+|https:\/\/\S+)$/.test(sub)) return { why: 'nobody to write to' };
  return { key: k, sub };
}
