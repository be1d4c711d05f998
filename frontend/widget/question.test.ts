import { describe, expect, it } from 'vitest';
import type { Message } from './api';
import type { Outgoing } from './outbox';
import { openQuestion, pickedOf, type Question } from './question';
import { message } from './testing/fake-server';

const offer = (token: number): Question => ({
  style: 'buttons',
  options: [
    { id: `b1.c.${token}.a`, label: 'Fatura', description: null },
    { id: `b1.c.${token}.b`, label: 'Outra coisa', description: null },
  ],
});
const asked = (token: number, more: Partial<Message> = {}) =>
  message({ from: 'bot', kind: 'question', question: offer(token), ...more });
const said = (from: Message['from'], more: Partial<Message> = {}) => message({ from, ...more });
const leaving = (option_id: string): Outgoing => ({
  key: 'k-00000001',
  order: 1,
  text: 'Fatura',
  file: null,
  tap: { question_id: 'q', option_id },
  attachment_id: null,
  state: 'waiting',
  slug: null,
  progress: 0,
});

describe('a question', () => {
  it('is open until one of its options is tapped, and remembers which', () => {
    const question = asked(1);
    expect(openQuestion([question], [])).toBe(question.id);
    const tap = said('visitor', { kind: 'choice', option_id: 'b1.c.1.b' });
    expect(openQuestion([question, tap], [])).toBeUndefined();
    expect(pickedOf(offer(1), [question, tap], [])).toBe('b1.c.1.b');
    expect(pickedOf(offer(2), [question, tap], [])).toBeUndefined();
  });

  it('counts a tap from the moment it is on its way', () => {
    const question = asked(1);
    expect(openQuestion([question], [leaving('b1.c.1.a')])).toBeUndefined();
    expect(pickedOf(offer(1), [question], [leaving('b1.c.1.a')])).toBe('b1.c.1.a');
  });

  it('gives way to a later one', () => {
    const [first, second] = [asked(1), asked(2)];
    expect(openQuestion([first, second], [])).toBe(second.id);
  });

  it('outlives a reminder, but not what was said after an answer in words', () => {
    const question = asked(1);
    const reminded = [question, said('bot')];
    expect(openQuestion(reminded, [])).toBe(question.id);
    expect(openQuestion([...reminded, said('visitor')], [])).toBe(question.id);
    expect(openQuestion([...reminded, said('visitor'), said('team')], [])).toBeUndefined();
  });

  it('is nothing once it was taken back', () => {
    expect(openQuestion([asked(1, { deleted_at: '2026-11-20T12:00:00Z' })], [])).toBeUndefined();
  });
});
