import { Button, Textarea } from '@mantine/core';
import IconAttach from '@tabler/icons-react/dist/esm/icons/IconPaperclip.mjs';
import IconClose from '@tabler/icons-react/dist/esm/icons/IconX.mjs';
import IconSend from '@tabler/icons-react/dist/esm/icons/IconSend2.mjs';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { usePreference } from '@/lib/preferences';
import { sayRefusal } from '@/lib/refusal';
import { IconButton } from '@/ui/IconButton';
import { tellTyping, type Chat } from './api';
import { send } from './pending';
import { useFiles } from './useFiles';
import classes from './chat.module.css';

const TEXT_MAX = 4000;
const TYPING_PAUSE_MS = 4000;

/* What was begun and not sent, by chat, for as long as the page lives. */
const drafts = new Map<number, string>();

export function ChatComposer({ chat }: { chat: Chat }) {
  const { t } = useTranslation('chat');
  const cache = useQueryClient();
  const [enter] = usePreference('enter');
  const [text, setText] = useState(drafts.get(chat.id) ?? '');
  const files = useFiles();
  const picker = useRef<HTMLInputElement>(null);
  const typedAt = useRef(0);
  const waiting = files.list.some(({ attachment }) => !attachment);
  const ready =
    !waiting && text.length <= TEXT_MAX && (text.trim() !== '' || files.list.length > 0);

  const type = (next: string) => {
    setText(next);
    drafts.set(chat.id, next);
    if (Date.now() - typedAt.current < TYPING_PAUSE_MS) return;
    typedAt.current = Date.now();
    tellTyping(chat.id).catch(() => undefined); // a courtesy; nothing depends on it
  };

  const submit = () => {
    if (!ready) return;
    if (files.list.length === 0) send(cache, chat.id, text.trim(), undefined);
    files.list.forEach(({ attachment }, index) =>
      /* The words go with the first file. */
      send(cache, chat.id, index === 0 ? text.trim() : '', attachment),
    );
    files.clear();
    setText('');
    drafts.delete(chat.id);
    typedAt.current = 0;
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.key !== 'Enter') return;
    if (event.shiftKey || event.altKey) return;
    if (event.ctrlKey || event.metaKey || enter !== 'breaks') {
      event.preventDefault();
      submit();
    }
  };

  return (
    <form
      className={classes.composer}
      aria-label={t('write_to', { name: chat.name })}
      data-zone
      tabIndex={-1}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        files.add([...event.dataTransfer.files]);
      }}
    >
      {files.list.length > 0 && (
        <ul className={classes.uploads} aria-label={t('files')}>
          {files.list.map(({ id, name, done, attachment, refusal }) => (
            <li key={id}>
              <b className="cut">{name}</b>
              {refusal ? (
                <small role="alert">{sayRefusal(refusal)}</small>
              ) : (
                !attachment && <progress value={done} max={1} aria-label={t('going', { name })} />
              )}
              <IconButton size={28} label={t('remove', { name })} onClick={() => files.drop(id)}>
                <IconClose size={16} stroke={1.75} />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
      <Textarea
        autosize
        minRows={1}
        maxRows={8}
        aria-label={t('message_to', { name: chat.name })}
        placeholder={t('placeholder')}
        maxLength={TEXT_MAX}
        value={text}
        onChange={({ currentTarget: { value } }) => type(value)}
        onKeyDown={onKeyDown}
        onPaste={(event) => {
          const pasted = [...event.clipboardData.files];
          if (pasted.length === 0) return;
          event.preventDefault();
          files.add(pasted);
        }}
        data-zone-focus
      />
      <div className={classes.tools}>
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
        <IconButton label={t('attach')} side="top" onClick={() => picker.current?.click()}>
          <IconAttach size={18} stroke={1.75} />
        </IconButton>
        <Button type="submit" disabled={!ready} leftSection={<IconSend size={16} stroke={1.75} />}>
          {t('send')}
        </Button>
      </div>
    </form>
  );
}
