import { Popover } from '@mantine/core';
import { useEffect, useState, type ComponentType, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { bringWords } from '@/lib/i18n';

type Props = { side: 'right' | 'top'; children: ReactNode };

const bringCard = async () => {
  const [{ MeCard }] = await Promise.all([import('./MeCard'), bringWords('presence')]);
  return MeCard;
};

/** My own menu. What is in it comes after the first screen, and is there before anybody opens it. */
export function MeMenu({ side, children }: Props) {
  const { t } = useTranslation();
  const [Card, setCard] = useState<ComponentType>();
  useEffect(() => {
    void bringCard().then((card) => setCard(() => card));
  }, []);
  return (
    <Popover
      position={side === 'right' ? 'right-end' : 'top-end'}
      width={280}
      trapFocus
      returnFocus
    >
      <Popover.Target>{children}</Popover.Target>
      <Popover.Dropdown aria-label={t('nav.me')}>{Card && <Card />}</Popover.Dropdown>
    </Popover>
  );
}
