import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { paths } from '@/lib/paths';
import { RefusalLine } from '@/lib/refusal';
import { useFormat } from '@/lib/session';
import { toast } from '@/lib/toast';
import { Chip } from '@/ui/Chip';
import { useMerge, useTellApart, type Pair } from './api';
import { addressText } from './words';
import classes from './contacts.module.css';

/** Two that look like one person: which of them stays, or that they are two after all. */
export function PairCard({ pair }: { pair: Pair }) {
  const { t } = useTranslation('contacts');
  const merge = useMerge();
  const apart = useTellApart();
  const sides = [pair.contact, pair.other];
  const keep = (kept: number) => {
    const gone = sides.find(({ id }) => id !== kept)?.id ?? 0;
    merge.mutate({ kept, gone }, { onSuccess: () => toast({ message: t('merge.done') }) });
  };
  return (
    <li className={classes.pairCard}>
      <p>
        {pair.reasons.map((reason) => (
          <Chip key={reason}>{t(`merge.reason.${reason}`)}</Chip>
        ))}
      </p>
      <div className={classes.pair}>
        {sides.map((side) => (
          <Side
            key={side.id}
            side={side}
            busy={merge.isPending || apart.isPending}
            onKeep={() => keep(side.id)}
          />
        ))}
      </div>
      <RefusalLine error={merge.error ?? apart.error} />
      <Button
        variant="subtle"
        size="xs"
        loading={apart.isPending}
        onClick={() => apart.mutate({ contact_id: pair.contact.id, other_id: pair.other.id })}
      >
        {t('merge.apart')}
      </Button>
    </li>
  );
}

type SideProps = { side: Pair['contact']; busy: boolean; onKeep: () => void };

function Side({ side, busy, onKeep }: SideProps) {
  const { t } = useTranslation('contacts');
  const format = useFormat();
  const name = side.name || t('nameless');
  return (
    <div className={classes.what}>
      <Link to={paths.person} params={{ contactId: String(side.id) }}>
        <b className="cut">{name}</b>
      </Link>
      <small className="cut num">{side.phone ? addressText(side.phone) : t('no_address')}</small>
      {side.email && <small className="cut">{side.email}</small>}
      <small>{t('since', { date: format.date(side.created_at) })}</small>
      <Button
        variant="default"
        size="xs"
        mt={8}
        disabled={busy}
        aria-label={`${t('merge.keep')}: ${name}`}
        onClick={onKeep}
      >
        {t('merge.keep')}
      </Button>
    </div>
  );
}
