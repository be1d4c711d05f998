import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { RefusalLine } from '@/lib/refusal';
import { useFormat } from '@/lib/session';
import { toast } from '@/lib/toast';
import type { Schema } from '@/api/client';
import { duplicatesOfQuery, mergesQuery, useUndoMerge } from './api';
import { PairCard } from './PairCard';
import classes from './contacts.module.css';

/** Who may be the same person, and who was found to be: the latter can be undone. */
export function Duplicates({ contactId }: { contactId: number }) {
  const { t } = useTranslation('contacts');
  const alike = useQuery(duplicatesOfQuery(contactId));
  const merges = useQuery(mergesQuery(contactId));
  const pairs = alike.data?.data ?? [];
  const done = merges.data?.data ?? [];
  if (pairs.length + done.length === 0) return null;
  return (
    <section className={classes.section} aria-label={t('merge.here')}>
      <h3>{t('merge.here')}</h3>
      {pairs.length > 0 && (
        <ul>
          {pairs.map((pair) => (
            <PairCard key={pair.other.id} pair={pair} />
          ))}
        </ul>
      )}
      {done.length > 0 && (
        <ul className={classes.card}>
          {done.map((merge) => (
            <Done key={merge.id} merge={merge} />
          ))}
        </ul>
      )}
    </section>
  );
}

const KINDS = ['identities', 'values', 'email', 'notes', 'consent'] as const;

function Done({ merge }: { merge: Schema['ContactMerge'] }) {
  const { t } = useTranslation('contacts');
  const format = useFormat();
  const undo = useUndoMerge();
  const send = () =>
    undo.mutate(merge.id, {
      onSuccess: ({ left }) => {
        const kept = KINDS.filter((kind) => Boolean(left[kind])).map((kind) =>
          t(`merge.left.${kind}`),
        );
        toast({
          message:
            kept.length === 0
              ? t('merge.undone')
              : t('merge.undone_but', { list: kept.join(', ') }),
        });
      },
    });
  return (
    <li>
      <span className={classes.what}>
        <b className="cut">{merge.name || t('nameless')}</b>
        <small>
          {t(merge.undone_at ? 'merge.undone_on' : 'merge.merged_on', {
            date: format.date(merge.undone_at ?? merge.merged_at),
          })}
        </small>
        <RefusalLine error={undo.error} />
      </span>
      {!merge.undone_at && (
        <Button variant="default" size="xs" loading={undo.isPending} onClick={send}>
          {t('merge.undo')}
        </Button>
      )}
    </li>
  );
}
