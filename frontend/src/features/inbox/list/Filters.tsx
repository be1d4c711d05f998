import { Menu } from '@mantine/core';
import IconChevron from '@tabler/icons-react/dist/esm/icons/IconChevronDown.mjs';
import IconUp from '@tabler/icons-react/dist/esm/icons/IconArrowUp.mjs';
import { useTranslation } from 'react-i18next';
import { useCatalogue } from '../api';
import type { Filter, Place } from '../place';
import classes from './list.module.css';

type Option<T> = { value: T; label: string };

type ChipProps<T> = {
  label: string;
  all: string;
  options: readonly Option<T>[];
  chosen: readonly T[];
  onChoose: (next: T[]) => void;
  one?: boolean;
};

const ICON = { size: 14, stroke: 1.75 } as const;

/** A filter that says its own choice: the name of the one, or how many. */
function FilterChip<T extends string | number>(props: ChipProps<T>) {
  const { label, all, options, chosen, onChoose, one = false } = props;
  const { t } = useTranslation('inbox');
  const first = options.find(({ value }) => value === chosen[0]);
  const text =
    chosen.length === 0
      ? label
      : chosen.length === 1 && first
        ? first.label
        : t('filter.many', { label, count: chosen.length });

  const toggle = (value: T) => {
    if (one) onChoose([value]);
    else onChoose(chosen.includes(value) ? chosen.filter((x) => x !== value) : [...chosen, value]);
  };

  const Item = one ? Menu.RadioItem : Menu.CheckboxItem;
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <button
          type="button"
          className={`${classes.chip} reach`}
          data-on={chosen.length > 0 || undefined}
        >
          <span className="cut">{text}</span>
          <IconChevron {...ICON} />
        </button>
      </Menu.Target>
      <Menu.Dropdown className={classes.options}>
        <Item
          value=""
          checked={chosen.length === 0}
          closeMenuOnClick={one}
          onChange={() => onChoose([])}
        >
          {all}
        </Item>
        {options.map(({ value, label: name }) => (
          <Item
            key={value}
            value={String(value)}
            checked={chosen.includes(value)}
            closeMenuOnClick={one}
            onChange={() => toggle(value)}
          >
            {name}
          </Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

type Props = {
  filter: Filter;
  me: number;
  arrivals: number;
  onChange: (next: Partial<Place>) => void;
  onShowNew: () => void;
};

export function Filters({ filter, me, arrivals, onChange, onShowNew }: Props) {
  const { t } = useTranslation('inbox');
  const { data } = useCatalogue();
  const none = <T,>(list: T[]) => (list.length > 0 ? list : undefined);

  return (
    <div className={classes.filters}>
      <div className={classes.chips} role="group" aria-label={t('filter.label')}>
        <FilterChip
          label={t('filter.department')}
          all={t('filter.all_departments')}
          options={(data?.departments ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          chosen={filter.departments ?? []}
          onChoose={(ids) => onChange({ departments: none(ids) })}
        />
        <FilterChip
          label={t('filter.channel')}
          all={t('filter.all_channels')}
          options={(data?.channels ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          chosen={filter.channels ?? []}
          onChoose={(ids) => onChange({ channels: none(ids) })}
        />
        <FilterChip<'me' | number>
          one
          label={t('filter.agent')}
          all={t('filter.all_agents')}
          options={[
            { value: 'me', label: t('filter.me') },
            ...(data?.members ?? [])
              .filter(({ id, is_agent }) => is_agent && id !== me)
              .map(({ id, display_name }) => ({ value: id, label: display_name })),
          ]}
          chosen={filter.assignee ? [filter.assignee] : []}
          onChoose={([who]) => onChange({ assignee: who })}
        />
        {(data?.tags.length ?? 0) > 0 && (
          <FilterChip<number>
            one
            label={t('filter.tag')}
            all={t('filter.all_tags')}
            options={(data?.tags ?? []).map(({ id, name }) => ({ value: id, label: name }))}
            chosen={filter.tag ? [filter.tag] : []}
            onChoose={([tag]) => onChange({ tag })}
          />
        )}
        {(data?.ticket_types.length ?? 0) > 0 && (
          <FilterChip<number>
            one
            label={t('filter.type')}
            all={t('filter.all_types')}
            options={(data?.ticket_types ?? []).map(({ id, name }) => ({ value: id, label: name }))}
            chosen={filter.type ? [filter.type] : []}
            onChoose={([type]) => onChange({ type })}
          />
        )}
        <FilterChip<number>
          one
          label={t('filter.reason')}
          all={t('filter.all_reasons')}
          options={(data?.close_reasons ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          chosen={filter.reason ? [filter.reason] : []}
          onChoose={([reason]) => onChange({ reason })}
        />
        <FilterChip<'short' | 'late'>
          one
          label="SLA"
          all={t('filter.all_sla')}
          options={[
            { value: 'short', label: t('filter.sla_short') },
            { value: 'late', label: t('filter.sla_late') },
          ]}
          chosen={filter.sla ? [filter.sla] : []}
          onChoose={([sla]) => onChange({ sla })}
        />
        {(['unread', 'away', 'favourite', 'snoozed'] as const).map((mark) => (
          <button
            key={mark}
            type="button"
            className={`${classes.chip} reach`}
            aria-pressed={filter[mark] === true}
            data-on={filter[mark] ?? undefined}
            onClick={() => onChange({ [mark]: filter[mark] ? undefined : true })}
          >
            {t(`filter.${mark}`)}
          </button>
        ))}
      </div>
      {arrivals > 0 && (
        <button type="button" className={`${classes.new} reach`} onClick={onShowNew}>
          <IconUp size={14} stroke={2} />
          {t('list.new', { count: arrivals })}
        </button>
      )}
    </div>
  );
}
