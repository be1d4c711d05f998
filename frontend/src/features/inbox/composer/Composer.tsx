import { Button, Textarea } from '@mantine/core';
import IconAnswers from '@tabler/icons-react/dist/esm/icons/IconBolt.mjs';
import IconAttach from '@tabler/icons-react/dist/esm/icons/IconPaperclip.mjs';
import IconClock from '@tabler/icons-react/dist/esm/icons/IconClockHour4.mjs';
import IconClose from '@tabler/icons-react/dist/esm/icons/IconX.mjs';
import IconLock from '@tabler/icons-react/dist/esm/icons/IconLock.mjs';
import IconMicrophone from '@tabler/icons-react/dist/esm/icons/IconMicrophone.mjs';
import IconReply from '@tabler/icons-react/dist/esm/icons/IconMessageReply.mjs';
import IconSend from '@tabler/icons-react/dist/esm/icons/IconSend2.mjs';
import {
  lazy,
  Suspense,
  useRef,
  useState,
  type ClipboardEvent,
  type DragEvent,
  type KeyboardEvent,
} from 'react';
import { useTranslation } from 'react-i18next';
import { bringWords } from '@/lib/i18n';
import { usePassed } from '@/lib/now';
import { usePreference } from '@/lib/preferences';
import { useCan } from '@/lib/session';
import { useShortcuts } from '@/lib/shortcuts';
import { IconButton } from '@/ui/IconButton';
import { tellTyping, type Attachment, type Message, type Mode, type Ticket } from '../api';
import { lengthOf } from '../model/limits';
import { send, type Pending } from '../model/outbox';
import { firstName, networkName, useNames, usePersonName } from '../names';
import type { Clip } from '../recorder/useRecorder';
import { QuoteAuthor, QuoteText } from '../thread/Quote';
import { EnterQuestion } from './EnterQuestion';
import { ReplyInstead } from './ReplyInstead';
import { beginsSlash, type ComposerTools, type Mention } from './tools';
import { UndoSend } from './UndoSend';
import { UploadList } from './UploadList';
import { useDraft } from './useDraft';
import { useUploads } from './useUploads';
import { WindowClock } from './WindowClock';
import classes from './composer.module.css';

const Recorder = lazy(async () => {
  await bringWords('voice');
  return { default: (await import('../recorder/Recorder')).Recorder };
});

const COUNTER_FROM = 0.9; // of the channel's limit
const TYPING_PAUSE_MS = 4000;

type Props = {
  ticket: Ticket;
  tools: ComposerTools;
  quoted: Message | undefined;
  onQuoteDone: () => void;
  onClose: () => void;
  onSavePreference: (enter_sends: boolean) => void;
};

/** Why replying is not possible now, if it is not. Whispering always is. */
function useObstacle(ticket: Ticket) {
  const can = useCan();
  const names = useNames();
  const isWindowClosed = usePassed(ticket.window_ends_at);
  if (ticket.state === 'closed') return 'closed' as const;
  if (!can('tickets.reply')) return 'forbidden' as const;
  if (ticket.assignee_id !== names.me) return 'not_mine' as const;
  if (isWindowClosed) return 'window' as const;
  return undefined;
}

export function Composer({
  ticket,
  tools: { Answers, Later, Mentions },
  quoted,
  onQuoteDone,
  onClose,
  onSavePreference,
}: Props) {
  const { t } = useTranslation('inbox');
  const can = useCan();
  const names = useNames();
  const channel = names.kindOf(ticket.channel_id);
  const obstacle = useObstacle(ticket);
  const [mode, setMode] = useState<Mode>('reply');
  const [over, setOver] = useState(false);
  const [asking, setAsking] = useState(false);
  const [enter] = usePreference('enter');
  /* Quick answers come with the first slash, or the first press of their button. */
  const [asked, setAsked] = useState<number>();
  const [later, setLater] = useState(0);
  const [mentions, setMentions] = useState<readonly Mention[]>([]);
  /* Recording in place of writing: anew, or what was taken back from being sent. */
  const [recording, setRecording] = useState<{ first: Clip | undefined }>();
  const draft = useDraft(ticket.id, mode);
  const files = useUploads(channel);
  const field = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const typedAt = useRef(0);

  const name = firstName(usePersonName()(ticket.contact));
  const network = networkName(channel.kind);
  const whispering = mode === 'whisper';
  const blocked = !whispering && obstacle !== undefined;
  const limit = files.uploads.length > 0 ? channel.caption_max : channel.text_max;
  const length = lengthOf(draft.text);
  const tooLong = !whispering && length > limit;
  const waiting = files.uploads.some(({ attachment }) => !attachment);
  const mayAnswer = can('canned.use');
  const empty = draft.text.trim() === '' && files.uploads.length === 0;
  const ready = !blocked && !empty && !tooLong && !waiting;

  const pick = (next: Mode) => {
    setMode(next);
    requestAnimationFrame(() => field.current?.focus());
  };

  const bringBack = (item: Pending) => {
    if (item.mode !== mode) setMode(item.mode);
    draft.change(item.text);
    requestAnimationFrame(() => field.current?.focus());
  };

  const stopRecording = () => {
    setRecording(undefined);
    requestAnimationFrame(() => field.current?.focus());
  };

  const sendClip = (attachment: Attachment, clip: Clip) => {
    send(
      {
        ticket_id: ticket.id,
        mode,
        text: '',
        attachment: { ...attachment, kind: 'audio' },
        voice: true,
        ...(quoted && !whispering ? { quoted_seq: quoted.seq } : {}),
      },
      (item) => {
        setMode(item.mode);
        setRecording({ first: clip });
      },
    );
    onQuoteDone();
    stopRecording();
  };

  const done = () => {
    files.clear();
    draft.clear();
    setMentions([]);
    onQuoteDone();
  };

  const submit = () => {
    if (!ready || recording) return;
    const text = draft.text.trim();
    const quoted_seq = quoted && !whispering ? quoted.seq : undefined;
    const base = { ticket_id: ticket.id, mode, ...(quoted_seq ? { quoted_seq } : {}) };
    const mention_ids = mentions
      .filter((one) => whispering && text.includes(`@${one.name}`))
      .map(({ id }) => id);
    if (mention_ids.length > 0) Object.assign(base, { mention_ids });
    if (files.uploads.length === 0) send({ ...base, text }, bringBack);
    files.uploads.forEach(({ attachment }, at) => {
      /* The words are the caption of the first file. */
      if (attachment) send({ ...base, attachment, text: at === 0 ? text : '' }, bringBack);
    });
    done();
    if (enter === 'ask') setAsking(true);
  };

  const type = (text: string) => {
    draft.change(text);
    if (asked === undefined && mayAnswer && beginsSlash(text.slice(0, field.current?.selectionEnd)))
      setAsked(0);
    if (whispering || Date.now() - typedAt.current < TYPING_PAUSE_MS) return;
    typedAt.current = Date.now();
    tellTyping(ticket.id).catch(() => undefined); // a courtesy; nothing depends on it
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key !== 'Enter' || event.shiftKey || event.altKey) return;
    if (event.ctrlKey || event.metaKey || enter !== 'breaks') {
      event.preventDefault();
      submit();
    }
  };

  const onPaste = (event: ClipboardEvent) => {
    const pasted = [...event.clipboardData.files];
    if (pasted.length === 0) return;
    event.preventDefault();
    files.add(pasted);
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    if (!blocked) files.add([...event.dataTransfer.files]);
  };

  useShortcuts({
    reply: () => pick('reply'),
    ...(can('tickets.whisper') ? { whisper: () => pick('whisper') } : {}),
    send_close: () => {
      submit();
      onClose();
    },
  });

  return (
    <form
      className={classes.card}
      aria-label={whispering ? t('composer.whisper') : t('composer.reply')}
      data-mode={mode}
      data-over={over || undefined}
      data-zone
      tabIndex={-1}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(!blocked);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <UndoSend ticketId={ticket.id} />
      {can('messages.schedule') && (
        <Suspense>
          <Later
            ticketId={ticket.id}
            asked={later}
            text={draft.text.trim()}
            attachmentIds={files.uploads.flatMap(({ attachment }) => attachment?.id ?? [])}
            onDone={done}
          />
        </Suspense>
      )}
      <div className={classes.top} role="tablist" aria-label={t('composer.mode')}>
        <ModeTab mode="reply" current={mode} onPick={pick} />
        {can('tickets.whisper') && <ModeTab mode="whisper" current={mode} onPick={pick} />}
        {!whispering && <WindowClock ticket={ticket} />}
      </div>
      {blocked ? (
        <ReplyInstead ticket={ticket} why={obstacle} onWhisper={() => pick('whisper')} />
      ) : recording ? (
        <Suspense>
          <Recorder
            whispering={whispering}
            first={recording.first}
            onSend={sendClip}
            onClose={stopRecording}
          />
        </Suspense>
      ) : (
        <>
          {quoted && !whispering && (
            <div className={classes.quote}>
              <div>
                <b>
                  <QuoteAuthor message={quoted} names={names} />
                </b>
                <div className="cut">
                  <QuoteText message={quoted} />
                </div>
              </div>
              <IconButton size={28} label={t('composer.unquote')} onClick={onQuoteDone}>
                <IconClose size={16} stroke={1.75} />
              </IconButton>
            </div>
          )}
          <UploadList
            uploads={files.uploads}
            network={network}
            onDrop={files.drop}
            onAgain={files.again}
          />
          <Textarea
            ref={field}
            className={classes.text}
            autosize
            minRows={1}
            maxRows={8}
            aria-label={
              whispering ? t('composer.whisper_to_team') : t('composer.message_to', { name })
            }
            placeholder={placeholder()}
            value={draft.text}
            onChange={({ currentTarget: { value } }) => type(value)}
            onKeyDown={onKeyDown}
            onPaste={onPaste}
            data-zone-focus
          />
          {whispering && draft.text.includes('@') && (
            <Suspense>
              <Mentions
                field={field}
                onChange={draft.change}
                onMention={(member) => setMentions([...mentions, member])}
              />
            </Suspense>
          )}
          {asked !== undefined && (
            <Suspense>
              <Answers
                ticketId={ticket.id}
                field={field}
                asked={asked}
                onChange={draft.change}
                onFiles={files.take}
              />
            </Suspense>
          )}
          {asking && enter === 'ask' && (
            <EnterQuestion
              onAnswer={(sends) => {
                setAsking(false);
                onSavePreference(sends);
                field.current?.focus();
              }}
            />
          )}
          <div className={classes.foot}>
            <input
              ref={picker}
              type="file"
              multiple
              hidden
              onChange={({ currentTarget }) => {
                files.add([...(currentTarget.files ?? [])]);
                currentTarget.value = '';
              }}
            />
            <IconButton
              label={t('composer.attach')}
              side="top"
              onClick={() => picker.current?.click()}
            >
              <IconAttach size={18} stroke={1.75} />
            </IconButton>
            {(whispering || channel.takes_voice) && files.uploads.length === 0 && (
              <IconButton
                label={t('composer.record')}
                side="top"
                onClick={() => setRecording({ first: undefined })}
              >
                <IconMicrophone size={18} stroke={1.75} />
              </IconButton>
            )}
            {mayAnswer && (
              <IconButton
                label={t('composer.answers')}
                hint="/"
                side="top"
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => setAsked((asked ?? 0) + 1)}
              >
                <IconAnswers size={18} stroke={1.75} />
              </IconButton>
            )}
            {!whispering && can('messages.schedule') && (
              <IconButton
                label={t('composer.later')}
                side="top"
                disabled={!ready}
                onClick={() => setLater(later + 1)}
              >
                <IconClock size={18} stroke={1.75} />
              </IconButton>
            )}
            <span className={classes.gap} />
            {!whispering && length > limit * COUNTER_FROM ? (
              <span
                className={`${classes.hint} num`}
                data-over={tooLong || undefined}
                role={tooLong ? 'alert' : undefined}
              >
                {tooLong
                  ? t('composer.over', { count: length - limit, network })
                  : t('composer.left', { count: limit - length })}
              </span>
            ) : (
              <span className={classes.hint}>
                {enter === 'breaks' ? t('composer.ctrl_enter_sends') : t('composer.enter_sends')}
              </span>
            )}
            <Button
              type="submit"
              disabled={!ready}
              leftSection={
                whispering ? (
                  <IconLock size={16} stroke={1.75} />
                ) : (
                  <IconSend size={16} stroke={1.75} />
                )
              }
            >
              {whispering ? t('composer.do_whisper') : t('composer.send')}
            </Button>
          </div>
        </>
      )}
    </form>
  );

  function placeholder() {
    if (whispering) return t('composer.whisper_placeholder');
    return files.uploads.length > 0 ? t('composer.caption') : t('composer.placeholder', { name });
  }
}

function ModeTab(props: { mode: Mode; current: Mode; onPick: (mode: Mode) => void }) {
  const { t } = useTranslation('inbox');
  const { mode, current, onPick } = props;
  const Glyph = mode === 'reply' ? IconReply : IconLock;
  return (
    <button
      type="button"
      role="tab"
      className={`${classes.mode} reach`}
      aria-selected={mode === current}
      onClick={() => onPick(mode)}
    >
      <Glyph size={16} stroke={1.75} aria-hidden="true" />
      {mode === 'reply' ? t('composer.reply') : t('composer.whisper')}
    </button>
  );
}
