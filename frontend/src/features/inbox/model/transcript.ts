import type { Message } from '../api';
import { optionsOf } from '../thread/question';

/** What the lines of a transcript are made with: names and times come from the screen, in its language. */
export type Telling = {
  author: (message: Message) => string;
  /** What a grey line of the thread says. */
  system: (message: Message) => string;
  day: (iso: string) => string;
  time: (iso: string) => string;
  file: (name: string) => string;
  deleted: string;
  whisper: string;
};

export type Line =
  | { kind: 'day'; key: string; text: string }
  | { kind: 'system'; key: string; time: string; text: string }
  | { kind: 'said'; key: string; time: string; author: string; text: string; isWhisper: boolean };

const wordsOf = (message: Message, telling: Telling) =>
  message.deleted_at
    ? telling.deleted
    : [
        message.text,
        ...optionsOf(message).map(({ label }) => `• ${label}`),
        ...message.attachments.map(({ filename }) => telling.file(filename)),
      ]
        .filter(Boolean)
        .join('\n');

/** A conversation as lines, a divider before each day. Whispers are left out unless they were asked for. */
export function transcriptLines(messages: readonly Message[], telling: Telling, whispers: boolean) {
  const lines: Line[] = [];
  let today = '';
  for (const message of messages) {
    const isWhisper = message.direction === 'note';
    if (isWhisper && !whispers) continue;
    const day = telling.day(message.created_at);
    if (day !== today) lines.push({ kind: 'day', key: `d${message.seq}`, text: day });
    today = day;
    const key = String(message.seq);
    const time = telling.time(message.created_at);
    lines.push(
      message.direction === 'system'
        ? { kind: 'system', key, time, text: telling.system(message) }
        : {
            kind: 'said',
            key,
            time,
            author: isWhisper
              ? `${telling.author(message)} (${telling.whisper})`
              : telling.author(message),
            text: wordsOf(message, telling),
            isWhisper,
          },
    );
  }
  return lines;
}

/** The same as a text file. */
export function transcriptText(head: readonly string[], lines: readonly Line[]): string {
  const body = lines.map((line) => {
    if (line.kind === 'day') return `\n— ${line.text} —`;
    if (line.kind === 'system') return `[${line.time}] * ${line.text}`;
    return `[${line.time}] ${line.author}: ${line.text}`;
  });
  return `${[...head, ...body].join('\n')}\n`;
}
