import { Button, Menu } from '@mantine/core';
import IconBraces from '@tabler/icons-react/dist/esm/icons/IconBraces.mjs';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { variablesQuery } from '@/features/answers/api';
import { wordsFor } from '@/lib/i18n';
import { useEditor } from '../editor';
import type { FlowDocument } from '../model/document';
import classes from '../flows.module.css';

const KEEPS = ['store', 'variable'];

/** Those that the flow declares, and those that its cards write. */
const ownVariables = ({ variables, cards }: FlowDocument) => [
  ...new Set([
    ...variables.map(({ name }) => name),
    ...cards.flatMap(({ settings }) =>
      KEEPS.map((name) => settings[name]).filter(
        (name): name is string => typeof name === 'string' && name !== '',
      ),
    ),
  ]),
];

/** What a text may say of a customer, and of what the flow has learnt. `label` says of which text. */
export function VariableMenu({ label, onPick }: { label: string; onPick: (name: string) => void }) {
  const { t } = useTranslation(['flows', 'answers']);
  const { document } = useEditor();
  const { data } = useQuery(variablesQuery);
  const own = ownVariables(document);
  return (
    <div className={classes.pick}>
      <Menu position="bottom-end" returnFocus={false}>
        <Menu.Target>
          <Button
            variant="default"
            size="xs"
            aria-label={t('insert_variable', { field: label })}
            leftSection={<IconBraces size={16} stroke={1.75} />}
          >
            {t('answers:variables')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown mah={320} style={{ overflow: 'auto' }}>
          {own.length > 0 && <Menu.Label>{t('own_variables')}</Menu.Label>}
          {own.map((name) => (
            <Menu.Item key={name} onClick={() => onPick(name)}>
              {name}
            </Menu.Item>
          ))}
          {own.length > 0 && <Menu.Divider />}
          {data?.data.map(({ name, example }) => (
            <Menu.Item
              key={name}
              rightSection={<small>{example}</small>}
              onClick={() => onPick(name)}
            >
              {wordsFor('answers', `variable.${name}`) ?? name}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
