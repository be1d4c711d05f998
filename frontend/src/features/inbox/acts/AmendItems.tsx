import { Menu } from '@mantine/core';
import IconEdit from '@tabler/icons-react/dist/esm/icons/IconPencil.mjs';
import IconPast from '@tabler/icons-react/dist/esm/icons/IconHistory.mjs';
import IconTrash from '@tabler/icons-react/dist/esm/icons/IconTrash.mjs';
import { useTranslation } from 'react-i18next';
import type { Amend } from '../model/amend';

const ICON = { size: 16, stroke: 1.75 } as const;
const GLYPHS = { edit: IconEdit, delete: IconTrash, past: IconPast };

type Props = { amends: readonly Amend[]; onAmend: (amend: Amend) => void };

/** In a menu: changing what a message says, and reading what it said before. */
export function AmendItems({ amends, onAmend }: Props) {
  const { t } = useTranslation('acts');
  return amends.map((amend) => {
    const Glyph = GLYPHS[amend];
    return (
      <Menu.Item key={amend} leftSection={<Glyph {...ICON} />} onClick={() => onAmend(amend)}>
        {t(`amend.${amend}`)}
      </Menu.Item>
    );
  });
}
