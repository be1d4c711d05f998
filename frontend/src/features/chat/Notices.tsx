import { Button, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import form from '@/lib/panes/form.module.css';
import { RefusalLine, RefusalState } from '@/lib/refusal';
import { useFormat } from '@/lib/session';
import { toast } from '@/lib/toast';
import { accountQuery, noticesQuery, usePostNotice, type InternalGroup } from './api';
import classes from './chat.module.css';

const TEXT_MAX = 4000;

/** What a group was told, by whom, and who has not read it. */
export function Notices({ group }: { group: InternalGroup }) {
  const { t } = useTranslation('chat');
  const format = useFormat();
  const notices = useQuery(noticesQuery(group.id));
  const { data: account } = useQuery(accountQuery);
  const nameOf = (id: number | null) =>
    id === null
      ? t('house')
      : (account?.members.find((member) => member.id === id)?.display_name ?? '…');
  return (
    <section className={form.section} aria-label={t('notices.title')}>
      <h3>{t('notices.title')}</h3>
      <NewNotice group={group} />
      {notices.isError && !notices.data && (
        <RefusalState error={notices.error} onRetry={() => void notices.refetch()} />
      )}
      <ul className={classes.notices}>
        {(notices.data?.data ?? []).map((notice) => (
          <li key={notice.seq}>
            <p className={classes.text}>{notice.text}</p>
            <small className="num">
              {nameOf(notice.author_id)} · {format.moment(notice.created_at)} ·{' '}
              {t('notices.read', {
                count: notice.read_count,
                of: notice.read_count + notice.unread_member_ids.length,
              })}
            </small>
            {notice.unread_member_ids.length > 0 && (
              <small>
                {t('notices.waiting', { names: notice.unread_member_ids.map(nameOf).join(', ') })}
              </small>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function NewNotice({ group }: { group: InternalGroup }) {
  const { t } = useTranslation('chat');
  const [text, setText] = useState('');
  /* One key for one notice, however often it is tried. */
  const [key, setKey] = useState(() => crypto.randomUUID());
  const post = usePostNotice(group.id);
  const submit = () =>
    post.mutate(
      { client_key: key, text: text.trim() },
      {
        onSuccess: () => {
          setText('');
          setKey(crypto.randomUUID());
          toast({ message: t('notices.sent', { name: group.name }) });
        },
      },
    );
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Textarea
        autosize
        minRows={2}
        maxRows={8}
        label={t('notices.text')}
        maxLength={TEXT_MAX}
        value={text}
        onChange={({ currentTarget: { value } }) => setText(value)}
      />
      <RefusalLine error={post.error} />
      <div className={classes.end}>
        <Button
          type="submit"
          disabled={!text.trim() || group.member_count === 0}
          loading={post.isPending}
        >
          {t('notices.send')}
        </Button>
      </div>
    </form>
  );
}
