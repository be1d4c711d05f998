import IconMerge from '@tabler/icons-react/dist/esm/icons/IconArrowMerge.mjs';
import { useQuery } from '@tanstack/react-query';
import { useFormat } from '@/lib/session';
import { ticketQuery, type Message } from '../api';
import type { Names } from '../names';
import { systemOf } from '../thread/detail';
import thread from '../thread/thread.module.css';
import { ChapterBlock } from './ChapterBlock';
import { useMergeSentence } from './useMergeSentence';

/** Two tickets became one here, or two again; under the line of one that is still here stands what was said in it. */
export function MergeLine({ message, names }: { message: Message; names: Names }) {
  const format = useFormat();
  const sentence = useMergeSentence()(message, names);
  /* The ticket on the screen is known; in a chapter this line is of another one, which is not asked for. */
  const { data: ticket } = useQuery({ ...ticketQuery(message.ticket_id), enabled: false });
  const detail = systemOf(message);
  const chapter = ticket?.merged_ids.find((id) => id === detail?.ticket_id);

  return (
    <>
      <p className={thread.system}>
        <IconMerge size={14} stroke={1.75} aria-hidden="true" />
        <span>
          {sentence} · <time dateTime={message.created_at}>{format.time(message.created_at)}</time>
        </span>
      </p>
      {detail?.event === 'ticket_joined' && ticket && chapter && (
        <ChapterBlock ticket={ticket} chapterId={chapter} protocol={detail.protocol ?? ''} />
      )}
    </>
  );
}
