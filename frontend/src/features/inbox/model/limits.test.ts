import { catalogue } from '@/testing/factories';
import type { ChannelKind } from '../api';
import { judgeFile, lengthOf } from './limits';

const whatsapp = catalogue().channel_kinds[0] as ChannelKind;

it('accepts what the channel shows', () => {
  expect(judgeFile(whatsapp, { type: 'image/png', size: 4_000_000 })).toEqual({
    fits: true,
    kind: 'image',
  });
});

it('says the limit of the kind before anything is uploaded', () => {
  expect(judgeFile(whatsapp, { type: 'application/pdf', size: 112_000_000 })).toEqual({
    fits: false,
    why: 'size',
    kind: 'document',
    max_bytes: 100_000_000,
  });
});

it('refuses a kind no rule accepts', () => {
  expect(judgeFile(whatsapp, { type: 'image/tiff', size: 10 })).toEqual({
    fits: false,
    why: 'kind',
  });
});

it('lets a picture too large for a picture travel as a document where documents may be anything', () => {
  const open = {
    ...whatsapp,
    media: [
      { kind: 'image' as const, mimes: [], max_bytes: 10 },
      { kind: 'document' as const, mimes: [], max_bytes: 100 },
    ],
  };
  expect(judgeFile(open, { type: 'image/png', size: 50 })).toEqual({
    fits: true,
    kind: 'document',
  });
});

it('counts an emoji once', () => {
  expect(lengthOf('oi 🙏')).toBe(4);
});
