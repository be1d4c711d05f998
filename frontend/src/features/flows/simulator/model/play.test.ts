import { expect, it } from 'vitest';
import { begin, bodyOf, nowIn, playReducer, type Play, type Step } from './play';

const says = (text: string): Step => ({ in: { kind: 'message', text } });
const stub = { kind: 'http', action: 'request', times: 1, outcome: 'timeout' };
const played = (...steps: Step[]) =>
  steps.reduce(
    (play, step) => playReducer(play, { kind: 'did', step }),
    begin({ channel: 'whatsapp', now: '2026-11-20T09:30:00-03:00' }),
  );
const back = (play: Play) => playReducer(play, { kind: 'back' });

it('a step back forgets the step and what was answered for it', () => {
  const asked = played(says('oi'), says('consultar'));
  const answered = playReducer(asked, { kind: 'answered', stub });
  expect(bodyOf(answered).stubs).toEqual([stub]);
  expect(bodyOf(back(playReducer(answered, { kind: 'did', step: says('e agora?') })))).toEqual(
    bodyOf(answered),
  );
  expect(bodyOf(back(answered))).toMatchObject({ steps: [says('oi')], stubs: [] });
  expect(back(played()).steps).toEqual([]);
});

it('another world is played through with the same steps; starting again keeps the world', () => {
  const there = playReducer(played(says('oi')), { kind: 'gave', given: { channel: 'webchat' } });
  expect(bodyOf(there)).toMatchObject({ given: { channel: 'webchat' }, steps: [says('oi')] });
  expect(playReducer(there, { kind: 'again' })).toMatchObject({
    given: { channel: 'webchat' },
    steps: [],
  });
});

it('says the hour as it is in the place, with how far that is from London', () => {
  const at = new Date('2026-11-20T02:30:15Z');
  expect(nowIn('America/Sao_Paulo', at)).toBe('2026-11-19T23:30:15-03:00');
  expect(nowIn('UTC', at)).toBe('2026-11-20T02:30:15+00:00');
});
