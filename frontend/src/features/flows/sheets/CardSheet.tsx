import { Button, TextInput } from '@mantine/core';
import IconRetype from '@tabler/icons-react/dist/esm/icons/IconSwitchHorizontal.mjs';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDraft } from '@/lib/panes/useDraft';
import { sendableQuery } from '@/lib/templates/api';
import { cardPlace, useEditor } from '../editor';
import type { Finding } from '../api';
import { Fields } from '../fields/Fields';
import { textOf } from '../fields/props';
import { CardTile } from '../icons';
import { refOfTemplate } from '../refs';
import { saveCard } from '../model/commands';
import { cardOf, type Card, type Json, type Settings } from '../model/document';
import { typesFor } from '../model/retype';
import { stands } from '../model/standing';
import { nameOfCard } from '../model/summary';
import { ofTemplate, TEMPLATE_CARD } from '../model/template';
import { RetypeDialog } from '../RetypeDialog';
import { FindingLine } from './FindingLine';
import { Sheet } from './Sheet';
import { SheetFoot } from './SheetFoot';
import { worstFirst } from './worst-first';
import classes from '../flows.module.css';

const route = getRouteApi('/in/fluxos/$flowId/cards/$cardId');
const NAME_MAX = 80;

export function CardSheet() {
  const { t } = useTranslation('flows');
  const { cardId } = route.useParams();
  const { document } = useEditor();
  const card = cardOf(document, cardId);
  if (!card)
    return (
      <Sheet title={t('card_gone')}>
        <p>{t('card_gone_text')}</p>
      </Sheet>
    );
  return <OpenCard key={`${card.id} ${card.type}`} card={card} />;
}

/** The name stands beside the settings, under a word that no setting has. */
const NAME = '#name';
type Values = Record<string, Json | undefined>;

function OpenCard({ card }: { card: Card }) {
  const { t } = useTranslation('flows');
  const { field } = route.useSearch();
  const { document, types, findings, act, mayEdit } = useEditor();
  const type = types.get(card.type);
  const fields = type?.fields ?? [];
  const draft = useDraft<Values>({
    ...Object.fromEntries(fields.map(({ name }) => [name, undefined])),
    ...card.settings,
    [NAME]: card.name ?? '',
  });
  const { [NAME]: name, ...settings } = draft.values;
  const given = Object.fromEntries(
    Object.entries(settings).filter(([, value]) => value !== undefined),
  ) as Settings;
  const written = saveCard(document, type, card.id, { name: textOf(name).trim(), settings: given });
  const found = findings.filter((one) => one.card === card.id && stands(one, document, written));
  const save = () => {
    act(written);
    draft.discard();
  };
  const templates = useQuery({ ...sendableQuery(), enabled: card.type === TEMPLATE_CARD });
  /* What a template says of itself goes with it. */
  const change = (of: string, value: Json | undefined) => {
    draft.set(of, value);
    const chosen =
      card.type === TEMPLATE_CARD && of === 'template'
        ? templates.data?.data.find((one) => refOfTemplate(one) === value)
        : undefined;
    if (!chosen) return;
    const { params, options } = ofTemplate(chosen.shape, given);
    draft.set('params', params);
    draft.set('options', options);
  };
  useFieldInFocus(field);
  return (
    <Sheet
      title={nameOfCard(card, type)}
      sub={type ? `${t(`kind.${type.kind}`)} · ${type.label}` : t('kind.unknown')}
      mark={<CardTile type={type} />}
      opener={cardPlace(card.id)}
      foot={<SheetFoot changes={draft.changes} onSave={save} onDiscard={draft.discard} />}
    >
      {type?.help && <p className={classes.hint}>{type.help}</p>}
      {mayEdit && <Retype card={card} isChanged={draft.changes > 0} />}
      {!type && <p className={classes.notice}>{t('unknown_type', { type: card.type })}</p>}
      <FoundHere findings={found} />
      <TextInput
        label={t('card_name')}
        placeholder={type?.label ?? ''}
        maxLength={NAME_MAX}
        disabled={!mayEdit}
        value={textOf(name)}
        onChange={({ currentTarget: { value } }) => draft.set(NAME, value)}
      />
      <Fields
        fields={fields}
        scope={card.type}
        values={given}
        disabled={!mayEdit}
        wrong={(of) => found.find((one) => one.setting === of && one.severity === 'error')?.message}
        onChange={change}
      />
    </Sheet>
  );
}

/** Not while the form holds what the new type may not have. */
function Retype({ card, isChanged }: { card: Card; isChanged: boolean }) {
  const { t } = useTranslation('flows');
  const { list } = useEditor();
  const [asking, setAsking] = useState(false);
  if (typesFor(card, list).length === 0) return null;
  return (
    <div className={classes.retyping}>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconRetype size={16} stroke={1.75} />}
        disabled={isChanged}
        onClick={() => setAsking(true)}
      >
        {t('retype.act')}
      </Button>
      {isChanged && <small>{t('retype.save_first')}</small>}
      <RetypeDialog cardId={asking ? card.id : undefined} onClose={() => setAsking(false)} />
    </div>
  );
}

/* The fields stay in reach. */
const FOUND_MAX = 5;
const FOUND_FIRST = 3;

/** What is wrong with the card as a whole, or with a part of a list in it; of many the first. */
function FoundHere({ findings }: { findings: Finding[] }) {
  const { t } = useTranslation('flows');
  const [isWhole, setWhole] = useState(false);
  if (findings.length === 0) return null;
  const folds = findings.length > FOUND_MAX;
  const sorted = worstFirst(findings);
  return (
    <div>
      <ul className={classes.findings} aria-label={t('found_here')}>
        {(folds && !isWhole ? sorted.slice(0, FOUND_FIRST) : sorted).map((finding, at) => (
          <FindingLine key={at} finding={finding} />
        ))}
      </ul>
      {folds && (
        <Button
          variant="default"
          size="xs"
          aria-expanded={isWhole}
          onClick={() => setWhole(!isWhole)}
        >
          {isWhole ? t('found_less') : t('found_more', { count: findings.length - FOUND_FIRST })}
        </Button>
      )}
    </div>
  );
}

/** Whoever comes from a finding stands in the field that it is about. */
function useFieldInFocus(field: string | undefined) {
  useEffect(() => {
    const name = field?.split('.')[0];
    if (!name) return;
    const place = document.querySelector<HTMLElement>(`[data-field="${CSS.escape(name)}"]`);
    place?.scrollIntoView({ block: 'center' });
    place?.focus();
  }, [field]);
}
