import { Button, Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Said } from './api';
import { useConversation } from './useConversation';
import classes from './simulator.module.css';

/** Buttons, a list, quick replies, a keyboard: as the renderer drew them under the last message. */
export function Controls({ said }: { said: Said }) {
  const { t } = useTranslation('simulator');
  const { dispatch, query } = useConversation();
  const drawn = said.messages.at(-1);
  if (!drawn || drawn.options.length === 0) return null;
  const tap = (option: string) =>
    dispatch({ kind: 'did', step: { in: { kind: 'reply', option } } });
  if (drawn.control === 'list')
    return (
      <Menu position="top" width="target">
        <Menu.Target>
          <Button variant="default" size="xs" fullWidth disabled={query.isFetching}>
            {t('open_list')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {drawn.options.map(({ id, label, description }) => (
            <Menu.Item key={id} onClick={() => tap(id)}>
              {label}
              {description && <small className={classes.small}>{description}</small>}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    );
  return (
    <div
      role="group"
      aria-label={t('options')}
      className={classes.controls}
      data-control={drawn.control}
      data-columns={drawn.columns}
    >
      {drawn.options.map(({ id, label }) => (
        <Button
          key={id}
          variant="default"
          size="xs"
          disabled={query.isFetching}
          onClick={() => tap(id)}
        >
          {label}
        </Button>
      ))}
    </div>
  );
}
