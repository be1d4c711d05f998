import { Button } from '@mantine/core';
import IconRead from '@tabler/icons-react/dist/esm/icons/IconEye.mjs';
import IconPencil from '@tabler/icons-react/dist/esm/icons/IconPencil.mjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import form from '@/lib/panes/form.module.css';
import { useCan, useFormat, useSession } from '@/lib/session';
import { Dialog } from '@/ui/Dialog';
import { useMemberName } from '../Troubles';
import type { Pencil } from './usePencil';
import classes from './pencil.module.css';

type Props = { pencil: Pencil; isStranded: boolean };

/** Who writes, since when, and how to write oneself. While one does, there is nothing to say. It takes a place that is there: nothing moves. */
export function PencilLine({ pencil, isStranded }: Props) {
  const { t } = useTranslation('flows');
  const can = useCan();
  const me = useSession().account.member_id;
  const { hold, take } = pencil;
  const [asking, setAsking] = useState(false);
  const said = useHoldInWords(pencil, isStranded, me);
  if (!said) return null;
  const isOwn = hold.by === 'another' && hold.memberId === me;
  const mayTake = can('flows.edit') && hold.by !== 'me' && !pencil.isAsking;
  const Icon = hold.by === 'another' || hold.by === 'me' ? IconPencil : IconRead;
  return (
    <div className={classes.line}>
      <p role="status">
        <Icon size={16} stroke={1.75} aria-hidden />
        <span>{said}</span>
      </p>
      {mayTake && (
        <Button
          size="xs"
          variant="default"
          onClick={() => (hold.by === 'another' && !isOwn ? setAsking(true) : take())}
        >
          {t(hold.by === 'nobody' ? 'pencil.take_free' : isOwn ? 'pencil.take_own' : 'pencil.take')}
        </Button>
      )}
      <TakeDialog
        from={asking && hold.by === 'another' ? hold.memberId : undefined}
        onClose={() => setAsking(false)}
        onTake={take}
      />
    </div>
  );
}

/** Who writes, as a sentence; none while it is oneself and nobody asks for it. */
function useHoldInWords({ hold, isAsking, wasTaken }: Pencil, isStranded: boolean, me: number) {
  const { t } = useTranslation('flows');
  const can = useCan();
  const format = useFormat();
  const nameOf = useMemberName();
  if (hold.by === 'me')
    return hold.askedBy === null ? '' : t('pencil.handing', { who: nameOf(hold.askedBy) });
  if (hold.by === 'nobody') return t(can('flows.edit') ? 'pencil.free' : 'read_only');
  const at = format.moment(hold.since);
  if (hold.memberId === me) return t(isAsking ? 'pencil.asking_own' : 'pencil.own', { at });
  const who = nameOf(hold.memberId);
  if (isAsking) return t('pencil.asking', { who });
  if (wasTaken)
    return t(isStranded ? 'pencil.taken' : 'pencil.taken_saved', {
      who,
      at: format.time(hold.since),
    });
  return t('pencil.another', { who, at });
}

type TakeProps = { from: number | undefined; onClose: () => void; onTake: () => void };

/** Nobody is interrupted by a slip of the hand. */
function TakeDialog({ from, onClose, onTake }: TakeProps) {
  const { t } = useTranslation(['flows', 'common']);
  const nameOf = useMemberName();
  const who = nameOf(from ?? null);
  return (
    <Dialog open={from !== undefined} width={440} title={t('pencil.take_title')} onClose={onClose}>
      <p>{t('pencil.take_text', { who })}</p>
      <div className={form.acts}>
        <Button variant="default" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button
          data-autofocus
          onClick={() => {
            onClose();
            onTake();
          }}
        >
          {t('pencil.take')}
        </Button>
      </div>
    </Dialog>
  );
}
