import { Button, Menu } from '@mantine/core';
import IconMore from '@tabler/icons-react/dist/esm/icons/IconDotsVertical.mjs';
import IconVersions from '@tabler/icons-react/dist/esm/icons/IconHistory.mjs';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asRefusal } from '@/api/refusal';
import form from '@/lib/panes/form.module.css';
import { paths } from '@/lib/paths';
import { RefusalLine, sayRefusal } from '@/lib/refusal';
import { useCan } from '@/lib/session';
import { toast } from '@/lib/toast';
import { Dialog } from '@/ui/Dialog';
import { IconButton } from '@/ui/IconButton';
import { exportFlow, useRemoveFlow, useSwitchFlow } from './api';
import { useEditor } from './editor';

/** What a flow has besides its cards. */
export function FlowMenu() {
  const { t } = useTranslation('flows');
  const navigate = useNavigate();
  const can = useCan();
  const { flow } = useEditor();
  const turn = useSwitchFlow(flow.id);
  const save = useExport(flow.id, flow.key);
  const [removing, setRemoving] = useState(false);
  const params = { flowId: String(flow.id) };
  return (
    <>
      <Button
        variant="default"
        visibleFrom="sm"
        leftSection={<IconVersions size={16} stroke={1.75} />}
        onClick={() => void navigate({ to: paths.flowVersions, params })}
      >
        {t('versions')}
      </Button>
      <Menu position="bottom-end">
        <Menu.Target>
          <IconButton variant="default" size={32} label={t('more_of', { name: flow.name })}>
            <IconMore size={18} stroke={1.75} />
          </IconButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => void navigate({ to: paths.flowSettings, params })}>
            {t('flow_settings')}
          </Menu.Item>
          <Menu.Item onClick={() => void navigate({ to: paths.flowFindings, params })}>
            {t('check')}
          </Menu.Item>
          <Menu.Item onClick={() => void navigate({ to: paths.flowVersions, params })}>
            {t('versions')}
          </Menu.Item>
          <Menu.Item onClick={() => void navigate({ to: paths.flowStarts, params })}>
            {t('starts.title')}
          </Menu.Item>
          {can('flows.trace') && (
            <Menu.Item onClick={() => void navigate({ to: paths.flowResults, params, search: {} })}>
              {t('results.act')}
            </Menu.Item>
          )}
          <Menu.Divider />
          {can('flows.import') && (
            <Menu.Item onClick={() => save.mutate()}>{t('export')}</Menu.Item>
          )}
          {can('flows.publish') && flow.live && (
            <Menu.Item
              onClick={() =>
                turn.mutate(!flow.is_enabled, {
                  onSuccess: ({ is_enabled }) =>
                    toast({ message: t(is_enabled ? 'turned_on' : 'turned_off') }),
                  onError: (thrown) =>
                    toast({ message: sayRefusal(asRefusal(thrown)), tone: 'bad' }),
                })
              }
            >
              {t(flow.is_enabled ? 'turn_off' : 'turn_on')}
            </Menu.Item>
          )}
          {can('flows.publish') && (
            <Menu.Item color="red" onClick={() => setRemoving(true)}>
              {t('remove_flow')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <RemoveFlow open={removing} onClose={() => setRemoving(false)} />
    </>
  );
}

/** The draft as a file, with the flows that it runs. */
const useExport = (id: number, key: string) =>
  useMutation({
    mutationFn: () => exportFlow(id),
    onSuccess: (bundle) => {
      const file = new Blob([JSON.stringify(bundle, null, 2)], { type: 'application/json' });
      const link = document.createElement('a');
      link.href = URL.createObjectURL(file);
      link.download = `${key}.json`;
      link.click();
      URL.revokeObjectURL(link.href);
    },
    onError: (thrown) => toast({ message: sayRefusal(asRefusal(thrown)), tone: 'bad' }),
  });

function RemoveFlow({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation(['flows', 'common']);
  const navigate = useNavigate();
  const { flow } = useEditor();
  const remove = useRemoveFlow(flow.id);
  const users = remove.error ? asRefusal(remove.error).problem.flows : undefined;
  return (
    <Dialog
      open={open}
      width={440}
      title={t('remove_flow_title', { name: flow.name })}
      onClose={onClose}
    >
      <p>{t('remove_flow_text')}</p>
      <RefusalLine error={remove.error} />
      {users && <p>{users.map(({ name }) => name).join(', ')}</p>}
      <div className={form.acts}>
        <Button variant="default" data-autofocus onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button
          color="red"
          loading={remove.isPending}
          onClick={() =>
            remove.mutate(undefined, {
              onSuccess: () => void navigate({ to: paths.flows, ignoreBlocker: true }),
            })
          }
        >
          {t('remove')}
        </Button>
      </div>
    </Dialog>
  );
}
