import { Button } from '@mantine/core';
import IconAlert from '@tabler/icons-react/dist/esm/icons/IconAlertCircle.mjs';
import IconLock from '@tabler/icons-react/dist/esm/icons/IconLock.mjs';
import IconRefresh from '@tabler/icons-react/dist/esm/icons/IconRefresh.mjs';
import IconRobot from '@tabler/icons-react/dist/esm/icons/IconRobot.mjs';
import { memo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Refusal } from '@/api/refusal';
import { useNow } from '@/lib/now';
import { RefusalLine, sayRefusal } from '@/lib/refusal';
import { useFormat } from '@/lib/session';
import { useRetryMessage, type Attachment, type Message } from '../api';
import { amendsOf, type Amend, type AmendRules } from '../model/amend';
import { firstName, type Names } from '../names';
import { AttachmentView } from './AttachmentView';
import { ContactCards, LocationCard, OfferedOptions, PickedOption } from './cards';
import { DeliveryTick } from './DeliveryTick';
import { audioOf, quotedOf } from './detail';
import { EarlierQuote } from './EarlierQuote';
import { Quote } from './Quote';
import { MessageTools } from './MessageTools';
import { isTapOf, optionsOf } from './question';
import { TagMarks } from '../tags/TagMark';
import { SystemLine } from './SystemLine';
import classes from './thread.module.css';

export type RowActs = {
  /** Finds a message by its number, loaded or not. */
  onGoTo: (seq: number) => void;
  onView: (attachment: Attachment) => void;
  onQuote: ((message: Message) => void) | undefined;
  /** Whether the network takes an emoji of ours. */
  mayReact: boolean;
  onTag: ((message: Message) => void) | undefined;
  /** What may be done about what it says, and the doing of it. */
  amendRules: AmendRules;
  onAmend: (message: Message, amend: Amend) => void;
  /** A finger is the pointer. */
  byFinger: boolean;
};

type Props = RowActs & {
  message: Message;
  quoted: Message | undefined;
  /** Of a question: the option that was tapped. */
  picked: string | undefined;
  names: Names;
  last: boolean;
  first: boolean;
  found: boolean;
};

export function lookOf(message: Message) {
  if (message.direction === 'note') return 'whisper';
  if (message.state === 'failed') return 'failed';
  if (message.kind === 'unknown' && message.direction === 'in') return 'unknown';
  if (message.direction === 'in') return 'in';
  return message.author_kind === 'bot' || message.author_kind === 'system' ? 'bot' : 'out';
}

export const MessageRow = memo(function MessageRow(props: Props) {
  const { message, names, first, last, found } = props;
  const { t } = useTranslation(['inbox', 'common']);
  if (message.direction === 'system') return <SystemLine message={message} names={names} />;

  const look = lookOf(message);
  const side = message.direction === 'in' ? 'left' : 'right';

  return (
    <div
      className={classes.message}
      data-look={look}
      data-side={side}
      data-last={last || undefined}
      data-found={found || undefined}
    >
      <div className={classes.bubble}>
        <AuthorLine message={message} look={look} first={first} />
        <MessageBody {...props} />
        {look === 'failed' && <FailureReason message={message} />}
        <Foot message={message} names={names} />
      </div>
      <Reactions message={message} />
      <TagMarks tags={names.tags(message.tag_ids)} most={4} label={t('tags.label')} />
      {look === 'failed' && <RetryAct message={message} />}
      {look !== 'failed' && <Tools {...props} isWhisper={look === 'whisper'} />}
    </div>
  );
});

/** Of what was taken back only the past is left. */
function Tools(props: Props & { isWhisper: boolean }) {
  const { message, mayReact, amendRules, onAmend, byFinger, isWhisper } = props;
  const amends = amendsOf(message, amendRules, useNow());
  const isThere = message.deleted_at === null;
  const onQuote = isThere ? props.onQuote : undefined;
  const onTag = isThere ? props.onTag : undefined;
  if (!onQuote && !onTag && amends.length === 0) return null;
  return (
    <MessageTools
      message={message}
      amends={amends}
      onAmend={onAmend}
      mayReact={mayReact && onQuote !== undefined && !isWhisper}
      byFinger={byFinger}
      onQuote={onQuote}
      onTag={onTag}
    />
  );
}

function AuthorLine(props: { message: Message; look: string; first: boolean }) {
  const { t } = useTranslation(['inbox', 'common']);
  if (props.look === 'whisper') {
    return (
      <div className={classes.author}>
        <IconLock size={14} stroke={1.75} aria-hidden="true" />
        {t('message.whisper')}
      </div>
    );
  }
  if (props.look !== 'bot' || !props.first) return null;
  return (
    <div className={classes.author}>
      <IconRobot size={14} stroke={1.75} aria-hidden="true" />
      {t('message.automatic')}
    </div>
  );
}

function MessageBody(props: Props): ReactNode {
  const { message, quoted, picked, names, onGoTo, onView } = props;
  const { t } = useTranslation(['inbox', 'common']);
  const earlier = quotedOf(message)?.quoted;

  if (message.deleted_at !== null) return <em>{t('message.deleted')}</em>;
  return (
    <>
      {message.quoted_seq !== null && !isTapOf(message, quoted) && (
        <Quote seq={message.quoted_seq} quoted={quoted} names={names} onGoTo={onGoTo} />
      )}
      {earlier && <EarlierQuote ticketId={earlier.ticket_id} seq={earlier.seq} />}
      {message.attachments.map((attachment) => (
        <AttachmentView
          key={attachment.id}
          attachment={attachment}
          duration_s={audioOf(message)?.duration_s ?? undefined}
          onView={onView}
        />
      ))}
      <Transcript text={audioOf(message)?.transcript} />
      {message.kind === 'location' && <LocationCard message={message} />}
      {message.kind === 'contacts' && <ContactCards message={message} />}
      {message.kind === 'choice' && <PickedOption message={message} />}
      {message.kind === 'unknown' && t('message.unknown')}
      {message.text && message.kind !== 'choice' && message.kind !== 'location' && (
        <div className={classes.text}>{message.text}</div>
      )}
      {optionsOf(message).length > 0 && <OfferedOptions message={message} picked={picked} />}
    </>
  );
}

/** What a recording says, for whoever reads on without listening. */
function Transcript({ text }: { text: string | null | undefined }) {
  const { t } = useTranslation('inbox');
  if (!text) return null;
  return (
    <p className={classes.transcript}>
      <b>{t('audio.transcript')}</b> {text}
    </p>
  );
}

function Foot({ message, names }: { message: Message; names: Names }) {
  const { t } = useTranslation(['inbox', 'common']);
  const format = useFormat();
  const author = message.author_kind === 'member' ? names.member(message.author_id) : undefined;
  const time = format.time(message.created_at);
  return (
    <div className={classes.foot}>
      {message.edited_at && <span>{t('message.edited')}</span>}
      <time dateTime={message.created_at} title={format.exact(message.created_at)}>
        {author ? t('message.signed', { name: firstName(author), time }) : time}
      </time>
      {message.direction === 'out' && <DeliveryTick state={message.state} />}
    </div>
  );
}

function FailureReason({ message }: { message: Message }) {
  const { t } = useTranslation(['inbox', 'common']);
  const reason = sayRefusal(
    new Refusal({ slug: message.error_slug ?? 'not_delivered', status: 0 }),
  );
  return (
    <div className={classes.error}>
      <IconAlert size={16} stroke={1.75} aria-hidden="true" />
      <span>
        <b>{t('message.failed')}</b> {reason}{' '}
        {message.error_code && <i>{t('message.code', { code: message.error_code })}</i>}
      </span>
    </div>
  );
}

function RetryAct({ message }: { message: Message }) {
  const { t } = useTranslation(['inbox', 'common']);
  const retry = useRetryMessage(message.ticket_id);
  return (
    <>
      <div className={classes.acts}>
        <Button
          size="xs"
          variant="default"
          loading={retry.isPending}
          leftSection={<IconRefresh size={14} stroke={1.75} />}
          onClick={() => retry.mutate(message.seq)}
        >
          {t('common:retry')}
        </Button>
      </div>
      <RefusalLine error={retry.error} />
    </>
  );
}

function Reactions({ message }: { message: Message }) {
  const { t } = useTranslation(['inbox', 'common']);
  if (message.reactions.length === 0) return null;
  return (
    <div className={classes.reactions}>
      {message.reactions.map(({ emoji, by }, at) => (
        <span key={at} role="img" aria-label={t(`reaction.${by}`, { emoji })}>
          {emoji}
        </span>
      ))}
    </div>
  );
}
