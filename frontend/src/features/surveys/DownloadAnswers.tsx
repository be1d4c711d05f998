import { Button } from '@mantine/core';
import IconDownload from '@tabler/icons-react/dist/esm/icons/IconDownload.mjs';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { csvOf, downloadCsv } from '@/lib/csv';
import { RefusalLine } from '@/lib/refusal';
import { useFormat } from '@/lib/session';
import { toast } from '@/lib/toast';
import { everyAnswer, type Answered, type Survey } from './api';
import { useNames } from './useNames';

/* A hundred pages: more than anybody reads, and a browser still holds it. */
const MOST = 10_000;

const HEAD = [
  'protocol',
  'asked_at',
  'answered_at',
  'department',
  'agent',
  'counts_for',
  'score',
  'label',
  'comment',
];

/** What stands in the list, all of it, for a table program. */
export function DownloadAnswers({ answered }: { answered: Answered }) {
  const { t } = useTranslation('surveys');
  const format = useFormat();
  const names = useNames();
  const rowOf = (one: Survey) => [
    one.protocol,
    format.wall(one.asked_at),
    one.answered_at && format.wall(one.answered_at),
    names.department(one.department_id) ?? '',
    names.agent(one.member_id) ?? '',
    one.counts_for,
    one.score,
    one.label,
    one.comment,
  ];
  const act = useMutation({
    mutationFn: () => everyAnswer(answered, MOST),
    onSuccess: ({ all, is_whole }) => {
      downloadCsv(csvOf([HEAD, ...all.map(rowOf)]), `${t('file')}.csv`);
      if (!is_whole) toast({ message: t('too_many', { count: MOST }), tone: 'bad' });
    },
  });
  return (
    <>
      <Button
        variant="default"
        size="xs"
        loading={act.isPending}
        leftSection={<IconDownload size={14} stroke={1.75} />}
        onClick={() => act.mutate()}
      >
        {t('csv')}
      </Button>
      <RefusalLine error={act.error} />
    </>
  );
}
