import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import form from '@/lib/panes/form.module.css';
import { Dialog } from '@/ui/Dialog';
import { useEditor } from './editor';
import { cardOf, type Card } from './model/document';
import { outletsOf, type CardType } from './model/palette';
import { changeType, lostLines, lostSettings, typesFor } from './model/retype';
import { nameIn, nameOfCard } from './model/summary';
import { PaletteList } from './PaletteDialog';
import { sayField, sayOutlet } from './words';
import classes from './flows.module.css';

type Props = { cardId: string | undefined; onClose: () => void };

/** Another type for a card: chosen among those of its kind, and done once it is said what goes. */
export function RetypeDialog({ cardId, onClose }: Props) {
  const { t } = useTranslation('flows');
  const { document, types } = useEditor();
  const card = cardId === undefined ? undefined : cardOf(document, cardId);
  const title = card ? t('retype.title', { name: nameOfCard(card, types.get(card.type)) }) : '';
  return (
    <Dialog open={card !== undefined} title={title} width={640} onClose={onClose}>
      {card && <Choice key={card.id} card={card} onClose={onClose} />}
    </Dialog>
  );
}

function Choice({ card, onClose }: { card: Card; onClose: () => void }) {
  const { t } = useTranslation('flows');
  const { list, types } = useEditor();
  const [to, setTo] = useState<CardType>();
  if (to) return <Confirm card={card} to={to} onBack={() => setTo(undefined)} onClose={onClose} />;
  const kind = types.get(card.type)?.kind ?? 'unknown';
  return (
    <div className={classes.asked}>
      <p className={classes.hint}>{t('retype.hint', { kind: t(`kind.${kind}`) })}</p>
      <PaletteList types={typesFor(card, list)} onPick={setTo} />
    </div>
  );
}

type ConfirmProps = { card: Card; to: CardType; onBack: () => void; onClose: () => void };

function Confirm({ card, to, onBack, onClose }: ConfirmProps) {
  const { t } = useTranslation('flows');
  const { document, types, act } = useEditor();
  const now = types.get(card.type);
  const ways = outletsOf(now, card);
  const lines = lostLines(document, card.id, to, types);
  const settings = lostSettings(card, to, types);
  const wayOf = (name: string) => {
    const outlet = ways.find((one) => one.name === name);
    return outlet ? sayOutlet(outlet) : name;
  };
  return (
    <div className={classes.retype}>
      <p>
        {t('retype.from_to', { from: now?.label ?? card.type, to: to.label })} {t('retype.kept')}
      </p>
      {lines.length > 0 && (
        <>
          <h3>{t('retype.lines')}</h3>
          <ul>
            {lines.map(({ outlet, to: target }) => (
              <li key={outlet}>
                {t('retype.line', {
                  way: wayOf(outlet),
                  to: nameIn(document, types, target) ?? target,
                })}
              </li>
            ))}
          </ul>
        </>
      )}
      {settings.length > 0 && (
        <>
          <h3>{t('retype.settings')}</h3>
          <p>{settings.map((field) => sayField(card.type, field)).join(', ')}</p>
        </>
      )}
      {lines.length + settings.length === 0 && <p>{t('retype.nothing_lost')}</p>}
      <div className={form.acts}>
        <Button variant="default" onClick={onBack}>
          {t('retype.back')}
        </Button>
        <Button
          autoFocus
          onClick={() => {
            onClose();
            act(changeType(document, card.id, to, types));
          }}
        >
          {t('retype.act')}
        </Button>
      </div>
    </div>
  );
}
