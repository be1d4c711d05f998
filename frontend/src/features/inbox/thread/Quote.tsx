import { useTranslation } from 'react-i18next';
import type { Message } from '../api';
import type { Names } from '../names';
import classes from './thread.module.css';

type Props = {
  seq: number;
  quoted: Message | undefined;
  names: Names;
  onGoTo: (seq: number) => void;
};

/** What a message answers to: a bar, two lines, and the way back to it. */
export function Quote({ seq, quoted, names, onGoTo }: Props) {
  const { t } = useTranslation('inbox');
  return (
    <button type="button" className={classes.quote} onClick={() => onGoTo(seq)}>
      <b>{quoted ? <QuoteAuthor message={quoted} names={names} /> : t('message.earlier')}</b>
      <span>{quoted ? <QuoteText message={quoted} /> : t('message.go_to_quoted')}</span>
    </button>
  );
}

export function QuoteAuthor({ message, names }: { message: Message; names: Names }) {
  const { t } = useTranslation('inbox');
  if (message.direction === 'in') return t('message.customer');
  if (message.author_id === names.me) return t('you');
  return names.member(message.author_id) ?? t('message.automatic');
}

export function QuoteText({ message }: { message: Message }) {
  const { t } = useTranslation('inbox');
  const named = ['image', 'audio', 'video', 'document', 'sticker', 'location', 'contacts'] as const;
  const kind = named.find((each) => each === message.kind);
  return (
    message.text ||
    message.attachments[0]?.filename ||
    (kind ? t(`kind.${kind}`) : t('kind.unknown'))
  );
}
