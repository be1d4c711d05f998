import type { Message } from './api';
import type { Outgoing } from './outbox';

export type Question = NonNullable<Message['question']>;
export type Option = Question['options'][number];

/** Of a question: the option that was tapped, here or in the history. An option's id is of one asking alone. */
export function pickedOf(
  question: Question,
  messages: readonly Message[],
  outgoing: readonly Outgoing[],
): string | undefined {
  const picks = new Set([
    ...messages.map(({ option_id }) => option_id),
    ...outgoing.map(({ tap }) => tap?.option_id),
  ]);
  return question.options.find(({ id }) => picks.has(id))?.id;
}

/**
 * The question that can still be answered by a tap: the last one, until something of it was tapped
 * or the conversation went on without it. A reminder is no going on; what is said after the
 * visitor's own words is.
 */
export function openQuestion(
  messages: readonly Message[],
  outgoing: readonly Outgoing[],
): string | undefined {
  const at = messages.findLastIndex(({ question, deleted_at }) => question && !deleted_at);
  const asked = messages[at];
  if (!asked?.question || pickedOf(asked.question, messages, outgoing)) return undefined;
  const since = messages.slice(at + 1);
  const answered = since.findIndex(({ from }) => from === 'visitor');
  const wentOn = answered >= 0 && since.slice(answered).some(({ from }) => from !== 'visitor');
  return wentOn ? undefined : asked.id;
}
