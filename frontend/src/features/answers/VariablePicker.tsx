import { Button, Menu } from '@mantine/core';
import IconBraces from '@tabler/icons-react/dist/esm/icons/IconBraces.mjs';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { wordsFor } from '@/lib/i18n';
import { variablesQuery } from './api';

/** A variable that we have no words for yet shows its own name. */
const labelOf = (name: string) => wordsFor('answers', `variable.${name}`) ?? name;

/** What a text may say of a customer, to be put where the caret is. */
export function VariablePicker({ onPick }: { onPick: (name: string) => void }) {
  const { t } = useTranslation('answers');
  const { data } = useQuery(variablesQuery);
  return (
    <Menu position="bottom-end" returnFocus={false}>
      <Menu.Target>
        <Button variant="default" size="xs" leftSection={<IconBraces size={16} stroke={1.75} />}>
          {t('variables')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={320} style={{ overflow: 'auto' }}>
        {data?.data.map(({ name, example }) => (
          <Menu.Item
            key={name}
            rightSection={<small>{example}</small>}
            onClick={() => onPick(name)}
          >
            {labelOf(name)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
