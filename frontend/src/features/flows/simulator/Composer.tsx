import { Menu, TextInput } from '@mantine/core';
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs';
import IconSend from '@tabler/icons-react/dist/esm/icons/IconSend2.mjs';
import { useRef, useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '@/ui/IconButton';
import type { Said } from './api';
import type { In } from './model/play';
import { useConversation } from './useConversation';
import classes from './simulator.module.css';

/* A place and files that stand for any other. */
const OTHER_FORMS: Record<string, In> = {
  image: {
    kind: 'message',
    form: 'image',
    file: { ref: 'file:exemplo', mime: 'image/jpeg', size_bytes: 120_000 },
  },
  document: {
    kind: 'message',
    form: 'document',
    file: { ref: 'file:exemplo', mime: 'application/pdf', size_bytes: 90_000 },
  },
  audio: {
    kind: 'message',
    form: 'audio',
    file: { ref: 'file:exemplo', mime: 'audio/ogg', size_bytes: 20_000, duration_s: 8 },
  },
  location: { kind: 'message', form: 'location', lat_e6: -27_100_400, lng_e6: -52_615_000 },
};

export function Composer({ ask }: { ask: Said | undefined }) {
  const { t } = useTranslation('simulator');
  const { dispatch, query, now } = useConversation();
  const [text, setText] = useState('');
  const isGoing = useRef(false);
  const send = (input: In) => dispatch({ kind: 'did', step: { in: input } });
  const waits = query.isFetching || Boolean(now?.call);
  /* Sent off while the answer before is still being told: it goes as soon as that is. */
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (isGoing.current || text.trim() === '') return;
    isGoing.current = true;
    const { data } = query.isFetching ? await query.refetch({ cancelRefetch: false }) : query;
    isGoing.current = false;
    if (data?.call) return;
    send({ kind: 'message', text });
    setText((typed) => (typed === text ? '' : typed));
  };
  return (
    <form className={classes.composer} onSubmit={(event) => void submit(event)}>
      <Menu position="top-start">
        <Menu.Target>
          <IconButton size={32} label={t('attach')} disabled={waits}>
            <IconPlus size={18} stroke={1.75} />
          </IconButton>
        </Menu.Target>
        <Menu.Dropdown>
          {Object.entries(OTHER_FORMS).map(([form, input]) => (
            <Menu.Item key={form} onClick={() => send(input)}>
              {t(`form.${form as 'image'}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <TextInput
        aria-label={t('write')}
        placeholder={t('write')}
        size="xs"
        maxLength={4000}
        value={text}
        type={ask?.is_sensitive ? 'password' : 'text'}
        autoComplete="off"
        onChange={({ currentTarget: { value } }) => setText(value)}
      />
      {/* Not while a call is answered by hand. Else it stays pressable: Enter does what its button may. */}
      <IconButton size={32} type="submit" label={t('send')} disabled={Boolean(now?.call)}>
        <IconSend size={18} stroke={1.75} />
      </IconButton>
    </form>
  );
}
