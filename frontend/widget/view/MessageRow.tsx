import type { Message } from '../api';
import type { Row } from '../thread';
import { Balloon } from './Balloon';
import { Attached } from './Attached';
import { Answers } from './Answers';
import { RichText } from './RichText';
import { type Tick, Ticks } from './Ticks';
import { useAround } from './context';

/* What became of the visitor's own message, as far as they can care. */
const TICKS: Record<string, Tick> = { delivered: 'delivered', read: 'read', failed: 'refused' };

export function MessageRow({ message, row }: { message: Message; row: Row }) {
  const { words } = useAround();
  const { from, author, kind, text, attachments, edited_at, deleted_at } = message;
  const isGone = deleted_at !== null;
  const who =
    from === 'visitor'
      ? words.say('from_you')
      : from === 'bot'
        ? words.say('from_bot')
        : (author ?? words.say('from_team'));
  const isPlace = kind === 'location' && !isGone;
  const isEmpty = text === '' && attachments.length === 0 && !isPlace;

  return (
    <Balloon
      row={row}
      who={who}
      isEdited={edited_at !== null && !isGone}
      under={
        message.question && !isGone && <Answers message={message} question={message.question} />
      }
      tick={row.isMine ? <Ticks state={TICKS[message.state] ?? 'kept'} /> : null}
    >
      {attachments.map((attachment) => (
        <Attached key={attachment.id} attachment={attachment} />
      ))}
      {isPlace && <p class="text">{words.say('place')}</p>}
      {text !== '' && <RichText text={text} />}
      {isEmpty && <p class="text faint">{words.say(isGone ? 'deleted' : 'unknown_kind')}</p>}
    </Balloon>
  );
}
