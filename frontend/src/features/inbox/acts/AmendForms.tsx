import { Button, Skeleton, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RefusalLine, RefusalState } from '@/lib/refusal';
import { useFormat } from '@/lib/session';
import { toast } from '@/lib/toast';
import type { Message } from '../api';
import { useNames } from '../names';
import { AttachmentView } from '../thread/AttachmentView';
import { pastQuery, useDeleteMessage, useEditMessage } from './api';
import classes from './acts.module.css';

type Props = { message: Message; onDone: () => void };

export function EditForm({ message, onDone }: Props) {
  const { t } = useTranslation(['acts', 'common']);
  const [text, setText] = useState(message.text);
  const edit = useEditMessage(message);
  return (
    <form
      className={classes.stack}
      aria-label={t('amend.edit_title')}
      onSubmit={(event) => {
        event.preventDefault();
        edit.mutate(text.trim(), { onSuccess: onDone });
      }}
    >
      <p className={classes.lead}>{t('amend.edit_text')}</p>
      <Textarea
        data-autofocus
        autosize
        minRows={2}
        maxRows={10}
        label={t('amend.words')}
        value={text}
        onChange={({ currentTarget: { value } }) => setText(value)}
      />
      <RefusalLine error={edit.error} />
      <div className={classes.acts}>
        <Button variant="subtle" onClick={onDone}>
          {t('common:cancel')}
        </Button>
        <Button type="submit" loading={edit.isPending} disabled={text.trim() === ''}>
          {t('common:save')}
        </Button>
      </div>
    </form>
  );
}

export function DeleteForm({ message, onDone }: Props) {
  const { t } = useTranslation(['acts', 'common']);
  const remove = useDeleteMessage(message);
  return (
    <form
      className={classes.stack}
      aria-label={t('amend.delete_title')}
      onSubmit={(event) => {
        event.preventDefault();
        remove.mutate(undefined, {
          onSuccess: () => {
            toast({ message: t('amend.deleted') });
            onDone();
          },
        });
      }}
    >
      <p className={classes.lead}>{t('amend.delete_text')}</p>
      <RefusalLine error={remove.error} />
      <div className={classes.acts}>
        <Button variant="subtle" onClick={onDone} data-autofocus>
          {t('common:cancel')}
        </Button>
        <Button type="submit" color="red" loading={remove.isPending}>
          {t('amend.delete')}
        </Button>
      </div>
    </form>
  );
}

const nothing = () => undefined;

/** What it said before, oldest first. Opening it is written down. */
export function Past({ message }: { message: Message }) {
  const { t } = useTranslation('acts');
  const format = useFormat();
  const names = useNames();
  const past = useQuery(pastQuery(message));

  if (past.isError) {
    return <RefusalState error={past.error} onRetry={() => void past.refetch()} />;
  }
  if (past.isPending) return <Skeleton height={64} radius={8} aria-label={t('amend.past_title')} />;
  const { data, attachments } = past.data;
  return (
    <div className={classes.stack}>
      <p className={classes.lead}>{t('amend.past_text')}</p>
      {data.length === 0 && <p>{t('amend.past_none')}</p>}
      <ol className={classes.past}>
        {data.map(({ text, until, member_id }) => (
          <li key={until}>
            <blockquote>{text || <em>{t('amend.no_words')}</em>}</blockquote>
            <small>
              {t('amend.until', {
                when: format.exact(until),
                name: names.member(member_id) ?? t('amend.customer'),
              })}
            </small>
          </li>
        ))}
      </ol>
      {attachments.map((attachment) => (
        <AttachmentView key={attachment.id} attachment={attachment} onView={nothing} />
      ))}
    </div>
  );
}
