import { describe, expect, it } from 'vitest';

import { encodeBody, escapeToAscii, identityHash, signBody } from './signature.ts';

const SECRET = 'app-secret-1';

describe('signature', () => {
  it('agrees with the published vectors', () => {
    expect(signBody(SECRET, '{"object":"page","entry":[]}')).toBe(
      'sha256=79e65d5e06e173bb483d7f7824bf54a39a7509c6c05a3b16b7cce3660e6c7a6d',
    );
    const raw = '{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{"t":"olá"}}]}]}';
    expect(signBody(SECRET, escapeToAscii(raw))).toBe(
      'sha256=ec75615c322580436819a4826d61ae87e345de46b75fb01cd56ad29aad36dc30',
    );
    expect(signBody(SECRET, raw)).toBe('sha256=f45637a0a25cfb7395ab2b2280ae39b68594f47414cf2e555b07218fda9a0980');
  });

  it('writes bodies in ASCII with lowercase escapes, surrogate pairs and escaped slashes', () => {
    expect(encodeBody({ t: 'ç😀 a/b' })).toBe('{"t":"\\u00e7\\ud83d\\ude00 a\\/b"}');
  });

  it('survives a round trip through JSON', () => {
    const text = 'São João — “aspas” \u2028 \\ / 👩‍👩‍👧 \ud800';
    expect(JSON.parse(encodeBody({ text }))).toEqual({ text });
  });

  it('proves an identity as the vector of the widget says', () => {
    expect(identityHash('inbox-hmac-1', 'cliente-42')).toBe('9621705adcc5861e61285a3b6d1d3a617b1b52aa6ca3d7b3b71e054e7e6a4b6a');
  });
});
