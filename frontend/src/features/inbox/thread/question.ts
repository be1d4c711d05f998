import type { Message } from '../api';
import { choiceOf, questionOf } from './detail';

/** What the customer was offered under the text. */
export const optionsOf = (message: Message) =>
  (message.kind === 'question' || message.kind === 'template') && message.deleted_at === null
    ? (questionOf(message)?.options ?? [])
    : [];

/** Everything that was tapped in these messages. An option's id is of one asking alone. */
export const picksOf = (messages: readonly Message[]): ReadonlySet<string> =>
  new Set(
    messages.flatMap((message) => {
      const id = message.kind === 'choice' && message.direction === 'in' && choiceOf(message)?.id;
      return id ? [id] : [];
    }),
  );

/** The option of a question that was tapped, if any. */
export const pickedOf = (message: Message, picks: ReadonlySet<string>) =>
  optionsOf(message).find(({ id }) => picks.has(id))?.id;

/** A tap that says which question it answers, when that question shows it already. */
export const isTapOf = (message: Message, quoted: Message | undefined) =>
  quoted !== undefined &&
  message.kind === 'choice' &&
  optionsOf(quoted).some(({ id }) => id === choiceOf(message)?.id);

/** All its words, for those who look for them. */
export const wordsOf = (message: Message) =>
  [message.text, ...optionsOf(message).map(({ label }) => label)].join(' · ');
