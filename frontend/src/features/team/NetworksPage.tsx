import { Button, Select, Skeleton, TextInput } from '@mantine/core';
import IconInfo from '@tabler/icons-react/dist/esm/icons/IconInfoCircle.mjs';
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs';
import IconTrash from '@tabler/icons-react/dist/esm/icons/IconTrash.mjs';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asRefusal } from '@/api/refusal';
import { usePageMark } from '@/lib/page-mark';
import { Detail } from '@/lib/panes/Detail';
import panes from '@/lib/panes/panes.module.css';
import { RefusalState, sayRefusal } from '@/lib/refusal';
import { useCan } from '@/lib/session';
import { toast } from '@/lib/toast';
import { IconButton } from '@/ui/IconButton';
import { groupsQuery, networksQuery, useSaveNetworks, type Network } from './api';
import { FormFoot } from '@/lib/panes/FormFoot';
import { looksLikeNetwork } from './networks';
import { useDraft } from '@/lib/panes/useDraft';
import { useGroupName } from './words';
import classes from './team.module.css';

const ACCOUNT = 'account';

export function NetworksPage() {
  const { t } = useTranslation('team');
  const groupName = useGroupName();
  const groups = useQuery(groupsQuery);
  const [group, setGroup] = useState<number | null>(null);
  const networks = useQuery(networksQuery(group));
  usePageMark(t('networks.title'), 0);
  return (
    <Detail title={t('networks.title')} sub={t('networks.lead')}>
      <div className={panes.form}>
        {networks.isError && !networks.data ? (
          <RefusalState error={networks.error} onRetry={() => void networks.refetch()} />
        ) : !networks.data ? (
          <div className={panes.scroll}>
            <Skeleton height={120} />
          </div>
        ) : (
          <NetworkForm
            key={group ?? ACCOUNT}
            group={group}
            saved={networks.data.networks.map(({ network, note }) => ({ network, note }))}
            address={networks.data.your_address}
          >
            <Select
              label={t('networks.of')}
              description={t('networks.of_hint')}
              allowDeselect={false}
              data={[
                { value: ACCOUNT, label: t('networks.account') },
                ...(groups.data?.data ?? []).map((one) => ({
                  value: String(one.id),
                  label: t('networks.group', { name: groupName(one) }),
                })),
              ]}
              value={group === null ? ACCOUNT : String(group)}
              onChange={(next) => setGroup(next === ACCOUNT || next === null ? null : Number(next))}
            />
          </NetworkForm>
        )}
      </div>
    </Detail>
  );
}

type Props = {
  group: number | null;
  saved: Network[];
  address: string;
  children: React.ReactNode;
};

function NetworkForm({ group, saved, address, children }: Props) {
  const { t } = useTranslation('team');
  const can = useCan();
  const save = useSaveNetworks(group);
  const draft = useDraft({ lines: saved });
  const { lines } = draft.values;
  const refusal = save.error ? asRefusal(save.error) : undefined;
  const isLockOut = refusal?.slug === 'would_lock_you_out';
  const fixed = !can('networks.manage');

  const setLines = (next: Network[]) => {
    draft.set('lines', next);
    save.reset();
  };
  const setLine = (at: number, change: Partial<Network>) =>
    setLines(lines.map((line, place) => (place === at ? { ...line, ...change } : line)));
  const wrong = (at: number, line: Network) => {
    if (refusal?.field === `networks[${at}].network`) return sayRefusal(refusal);
    return line.network !== '' && !looksLikeNetwork(line.network)
      ? t('networks.invalid')
      : undefined;
  };
  const send = () =>
    save.mutate(
      lines.map(({ network, note }) => ({ network: network.trim(), note })),
      {
        onSuccess: () => {
          draft.discard();
          toast({ message: t('saved') });
        },
      },
    );

  return (
    <>
      <div className={`${panes.scroll} scrolls`}>
        <section className={classes.section}>{children}</section>
        <section className={classes.section} aria-label={t('networks.lines')}>
          <h3>{t('networks.lines')}</h3>
          <p>{t(lines.length === 0 ? 'networks.none' : 'networks.some')}</p>
          <div className={classes.stack}>
            <p className={classes.notice} role="note">
              <IconInfo size={18} stroke={1.75} aria-hidden="true" />
              <span>
                {t('networks.your_address')} <b className="num">{address}</b>
              </span>
            </p>
            {lines.map((line, at) => (
              <div key={at} className={classes.line}>
                <TextInput
                  aria-label={t('networks.network', { n: at + 1 })}
                  placeholder="203.0.113.0/24"
                  disabled={fixed}
                  value={line.network}
                  error={wrong(at, line)}
                  onChange={({ currentTarget: { value } }) => setLine(at, { network: value })}
                />
                <TextInput
                  aria-label={t('networks.note', { n: at + 1 })}
                  placeholder={t('networks.note_example')}
                  maxLength={120}
                  disabled={fixed}
                  value={line.note}
                  onChange={({ currentTarget: { value } }) => setLine(at, { note: value })}
                />
                {!fixed && (
                  <IconButton
                    size={36}
                    label={t('networks.remove', { n: at + 1 })}
                    onClick={() => setLines(lines.filter((_, place) => place !== at))}
                  >
                    <IconTrash size={16} stroke={1.75} />
                  </IconButton>
                )}
              </div>
            ))}
            {!fixed && (
              <div className={classes.acts}>
                <Button
                  variant="default"
                  leftSection={<IconPlus size={16} stroke={1.75} />}
                  onClick={() => setLines([...lines, { network: '', note: '' }])}
                >
                  {t('networks.add')}
                </Button>
                {isLockOut && (
                  <Button
                    variant="default"
                    onClick={() =>
                      setLines([...lines, { network: address, note: t('networks.here') }])
                    }
                  >
                    {t('networks.add_mine')}
                  </Button>
                )}
              </div>
            )}
          </div>
        </section>
      </div>
      {!fixed && (
        <FormFoot
          changes={draft.changes}
          saving={save.isPending}
          error={save.error}
          onSave={send}
          onDiscard={() => {
            draft.discard();
            save.reset();
          }}
        />
      )}
    </>
  );
}
