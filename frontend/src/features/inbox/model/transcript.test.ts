import { expect, it } from 'vitest';
import { aMessage } from '@/testing/factories';
import { transcriptLines, transcriptText, type Telling } from './transcript';

const telling: Telling = {
  author: ({ direction }) => (direction === 'in' ? 'Rita' : 'Ana'),
  system: () => 'Ana assumiu',
  day: (iso) => iso.slice(0, 10),
  time: (iso) => iso.slice(11, 16),
  file: (name) => `[arquivo: ${name}]`,
  deleted: '(apagada)',
  whisper: 'sussurro',
};
const at = (seq: number, more: object) =>
  aMessage({ seq, created_at: `2026-11-2${seq}T14:30:00Z`, ...more });

it('has a divider for each day, and no whisper that was not asked for', () => {
  const messages = [
    at(1, { direction: 'in', text: 'Oi 👋' }),
    at(1, { direction: 'note', text: 'entre nós' }),
    at(2, { direction: 'out', text: 'Olá, João' }),
  ];
  const text = transcriptText(['Protocolo 1'], transcriptLines(messages, telling, false));
  expect(text).toBe(
    'Protocolo 1\n\n— 2026-11-21 —\n[14:30] Rita: Oi 👋\n\n— 2026-11-22 —\n[14:30] Ana: Olá, João\n',
  );
  expect(transcriptText([], transcriptLines(messages, telling, true))).toContain(
    '[14:30] Ana (sussurro): entre nós',
  );
});

it('a message that was taken back says so and no more', () => {
  const gone = at(1, { direction: 'in', text: 'segredo', deleted_at: '2026-11-21T15:00:00Z' });
  const text = transcriptText([], transcriptLines([gone], telling, false));
  expect(text).toContain('Rita: (apagada)');
  expect(text).not.toContain('segredo');
});

it('says what a question offered', () => {
  const options = [{ id: 'b1.c.1.a', label: 'Fatura', description: null }];
  const asked = at(1, {
    kind: 'question',
    text: 'E agora?',
    detail: { style: 'buttons', options },
  });
  expect(transcriptText([], transcriptLines([asked], telling, false))).toContain(
    'Rita: E agora?\n• Fatura\n',
  );
});
