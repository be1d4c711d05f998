import { UnstyledButton } from '@mantine/core';
import IconTo from '@tabler/icons-react/dist/esm/icons/IconArrowRight.mjs';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useEditor, wayPlace } from './editor';
import { targetOf, type Card } from './model/document';
import type { Outlet } from './model/palette';
import { nameIn } from './model/summary';
import { Targets } from './Targets';
import { sayOutlet } from './words';
import classes from './flows.module.css';

type Props = { card: Card; cardName: string; outlet: Outlet };

/** One way out: where it leads, and, when asked, all the places it may lead to. */
export function WayLine({ card, cardName, outlet }: Props) {
  const { t } = useTranslation('flows');
  const { document, types, mayEdit } = useEditor();
  const [choosing, setChoosing] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const wasChoosing = useRef(false);
  useEffect(() => {
    if (wasChoosing.current && !choosing) button.current?.focus();
    wasChoosing.current = choosing;
  }, [choosing]);

  const to = targetOf(document, card.id, outlet.name);
  const target = to === undefined ? undefined : nameIn(document, types, to);
  const label = sayOutlet(outlet);
  const said = target ?? t(outlet.required ? 'nowhere' : 'nowhere_by_default');
  const isLoose = target === undefined && outlet.required;
  return (
    <li data-loose={isLoose || undefined}>
      <span className={classes.way}>{label}</span>
      <IconTo size={16} stroke={1.75} aria-hidden />
      {choosing ? (
        <Targets
          from={card.id}
          outlet={outlet.name}
          label={t('way_to', { card: cardName, way: label })}
          onDone={() => setChoosing(false)}
        />
      ) : (
        <UnstyledButton
          ref={button}
          id={wayPlace(card.id, outlet.name)}
          className={classes.to}
          disabled={!mayEdit}
          aria-label={t('way_now', { card: cardName, way: label, to: said })}
          onClick={() => setChoosing(true)}
        >
          {said}
        </UnstyledButton>
      )}
    </li>
  );
}
