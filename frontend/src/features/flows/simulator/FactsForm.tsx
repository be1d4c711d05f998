import { Checkbox, Collapse, MultiSelect, NumberInput, Select, TextInput } from '@mantine/core';
import IconOpen from '@tabler/icons-react/dist/esm/icons/IconChevronDown.mjs';
import { UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useEditor } from '../editor';
import { nameOfCard } from '../model/summary';
import { useNameOfRef, useRefs } from '../refs';
import { asHours, asPerson, textIn, type Hours } from './model/world';
import { useConversation } from './useConversation';
import classes from './simulator.module.css';

const CONSENTS = ['', 'opted_in', 'opted_out'] as const;
const ORIGINS = ['', 'ad', 'link', 'qr'] as const;

/** The world around the conversation; whatever changes in it, all that was said is said in it again. */
export function FactsForm() {
  const { t } = useTranslation('simulator');
  const [open, setOpen] = useState(false);
  const { now } = useConversation();
  return (
    <section className={classes.block} aria-label={t('facts.title')}>
      <UnstyledButton
        className={classes.fold}
        aria-expanded={open}
        disabled={!now}
        onClick={() => setOpen(!open)}
      >
        <IconOpen size={18} stroke={1.75} aria-hidden />
        <h3>{t('facts.title')}</h3>
      </UnstyledButton>
      <Collapse expanded={open}>
        {open && now && (
          <div className={classes.facts}>
            <Person given={now.given} />
            <Ticket given={now.given} />
            <Places given={now.given} />
          </div>
        )}
      </Collapse>
    </section>
  );
}

type Props = { given: Record<string, unknown> };

/** A field that is told when it is left: every change plays the whole conversation again. */
function Text({
  label,
  value,
  onDone,
}: {
  label: string;
  value: string;
  onDone: (value: string) => void;
}) {
  return (
    <TextInput
      key={value}
      label={label}
      size="xs"
      maxLength={200}
      defaultValue={value}
      onBlur={({ currentTarget }) => currentTarget.value !== value && onDone(currentTarget.value)}
    />
  );
}

function Person({ given }: Props) {
  const { t } = useTranslation('simulator');
  const { dispatch } = useConversation();
  const contact = asPerson(given.contact);
  const customer = asPerson(given.customer);
  const give = (name: string, person: Record<string, string>) =>
    dispatch({ kind: 'gave', given: { [name]: person } });
  return (
    <>
      <Text
        label={t('facts.name')}
        value={contact.name ?? ''}
        onDone={(name) => give('contact', { ...contact, name })}
      />
      <Text
        label={t('facts.phone')}
        value={contact.phone ?? ''}
        onDone={(phone) => give('contact', { ...contact, phone })}
      />
      <Select
        label={t('facts.consent')}
        size="xs"
        allowDeselect={false}
        data={CONSENTS.map((value) => ({ value, label: t(`consent.${value || 'none'}`) }))}
        value={contact.consent ?? ''}
        onChange={(consent) => give('contact', { ...contact, consent: consent ?? '' })}
      />
      <Text
        label={t('facts.document')}
        value={customer.document ?? ''}
        onDone={(document) =>
          give('customer', { id: '1', name: contact.name ?? '', document, type: 'customer' })
        }
      />
    </>
  );
}

function Ticket({ given }: Props) {
  const { t } = useTranslation('simulator');
  const { document, types } = useEditor();
  const { dispatch } = useConversation();
  const refs = useRefs();
  const origin = asPerson(given.origin);
  const tags = Array.isArray(given.tags) ? (given.tags as string[]) : [];
  const give = (facts: Record<string, unknown>) => dispatch({ kind: 'gave', given: facts });
  return (
    <>
      <MultiSelect
        label={t('facts.tags')}
        size="xs"
        data={refs.tag ?? []}
        value={tags}
        onChange={(next) => give({ tags: next })}
      />
      <Select
        label={t('facts.branch')}
        size="xs"
        clearable
        data={refs.branch ?? []}
        value={asPerson(given.branch).ref ?? null}
        onChange={(ref) => give({ branch: ref ? { ref } : {} })}
      />
      <Select
        label={t('facts.origin')}
        size="xs"
        allowDeselect={false}
        data={ORIGINS.map((value) => ({ value, label: t(`origin.${value || 'none'}`) }))}
        value={origin.kind ?? ''}
        onChange={(kind) => give({ origin: { ...origin, kind: kind ?? '' } })}
      />
      {origin.kind === 'ad' && (
        <Text
          label={t('facts.ad')}
          value={origin.ad_id ?? ''}
          onDone={(ad_id) => give({ origin: { ...origin, ad_id } })}
        />
      )}
      <Select
        label={t('facts.start')}
        size="xs"
        clearable
        searchable
        placeholder={t('facts.start_own')}
        data={document.cards
          .filter(({ parked }) => !parked)
          .map((card) => ({ value: card.id, label: nameOfCard(card, types.get(card.type)) }))}
        value={textIn(given.card) || null}
        onChange={(card) => give({ card: card ?? '' })}
      />
    </>
  );
}

/** Departments, periods and shifts that the flow mentions. */
function Places({ given }: Props) {
  const { t } = useTranslation('simulator');
  const { document } = useEditor();
  const { dispatch } = useConversation();
  const nameOf = useNameOfRef(document);
  const lists = (['departments', 'periods', 'shifts'] as const).map((list) => ({
    list,
    places: asHours(given[list]),
  }));
  const give = (list: string, places: Hours[], ref: string, change: Partial<Hours>) =>
    dispatch({
      kind: 'gave',
      given: { [list]: places.map((one) => (one.ref === ref ? { ...one, ...change } : one)) },
    });
  return lists.flatMap(({ list, places }) =>
    places.map(({ ref, name, inside = false, online }) => (
      <fieldset key={ref} className={classes.place}>
        <legend>{name || nameOf(ref)}</legend>
        <Checkbox
          size="xs"
          label={t('facts.inside')}
          checked={inside}
          onChange={({ currentTarget: { checked } }) =>
            give(list, places, ref, { inside: checked })
          }
        />
        {list === 'departments' && (
          <NumberInput
            size="xs"
            label={t('facts.online')}
            min={0}
            max={999}
            allowDecimal={false}
            value={online ?? 0}
            onChange={(n) => give(list, places, ref, { online: Number(n) || 0 })}
          />
        )}
      </fieldset>
    )),
  );
}
