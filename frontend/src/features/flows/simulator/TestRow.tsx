import { Button, Menu, TextInput } from '@mantine/core';
import IconBad from '@tabler/icons-react/dist/esm/icons/IconAlertCircle.mjs';
import IconMore from '@tabler/icons-react/dist/esm/icons/IconDotsVertical.mjs';
import IconOk from '@tabler/icons-react/dist/esm/icons/IconCircleCheck.mjs';
import { useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import form from '@/lib/panes/form.module.css';
import { Chip } from '@/ui/Chip';
import { Dialog } from '@/ui/Dialog';
import { IconButton } from '@/ui/IconButton';
import { useEditor } from '../editor';
import type { SavedTest } from './api';
import { Difference } from './Difference';
import { removeTest, renameTest } from './model/saved';
import classes from './simulator.module.css';

/** One recorded conversation: does it still go on as it went? */
export function TestRow({ test }: { test: SavedTest }) {
  const { t } = useTranslation('simulator');
  const { flow, mayEdit, act, document } = useEditor();
  const [renaming, setRenaming] = useState(false);
  const { has_passed, name, id, flow: key } = test;
  const isOwn = key === flow.key;
  const Icon = has_passed ? IconOk : IconBad;
  return (
    <li className={classes.test} data-bad={!has_passed || undefined}>
      <header>
        <Icon size={18} stroke={1.75} aria-hidden />
        <b>{name}</b>
        <Chip tone={has_passed ? 'ok' : 'bad'}>{t(has_passed ? 'passes' : 'differs')}</Chip>
        {isOwn && mayEdit && (
          <Menu position="bottom-end">
            <Menu.Target>
              <IconButton size={32} label={t('test_acts', { name })}>
                <IconMore size={18} stroke={1.75} />
              </IconButton>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => setRenaming(true)}>{t('rename')}</Menu.Item>
              <Menu.Item color="red" onClick={() => act(removeTest(document, id))}>
                {t('remove')}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
      </header>
      {!isOwn && <p>{t('of_flow', { flow: key })}</p>}
      <Difference test={test} />
      <Dialog open={renaming} title={t('rename')} width={400} onClose={() => setRenaming(false)}>
        <Rename id={id} name={name} onClose={() => setRenaming(false)} />
      </Dialog>
    </li>
  );
}

function Rename({ id, name: before, onClose }: { id: string; name: string; onClose: () => void }) {
  const { t } = useTranslation(['simulator', 'common']);
  const { act, document } = useEditor();
  const [name, setName] = useState(before);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    act(renameTest(document, id, name.trim()));
    onClose();
  };
  return (
    <form onSubmit={submit}>
      <TextInput
        label={t('test_name')}
        maxLength={120}
        data-autofocus
        value={name}
        onChange={({ currentTarget: { value } }) => setName(value)}
      />
      <div className={form.acts}>
        <Button variant="default" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button type="submit" disabled={name.trim() === ''}>
          {t('keep')}
        </Button>
      </div>
    </form>
  );
}
