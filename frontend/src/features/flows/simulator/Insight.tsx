import { Tabs } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { paths } from '@/lib/paths';
import { wordsFor } from '@/lib/i18n';
import { useEditor } from '../editor';
import { nameIn } from '../model/summary';
import { useNameOfRef } from '../refs';
import { FindingLine } from '../sheets/FindingLine';
import sheet from '../flows.module.css';
import type { Simulation } from './api';
import classes from './simulator.module.css';

const VIEWS = ['path', 'variables', 'effects', 'findings'] as const;

/** What goes on inside, for whoever writes the flow. */
export function Insight({ now }: { now: Simulation }) {
  const { t } = useTranslation('simulator');
  const views = { path: Path, variables: Variables, effects: Effects, findings: Found };
  const counts = {
    path: now.path.length,
    variables: now.variables.length,
    effects: now.turns.reduce((n, { effects }) => n + effects.length, 0),
    findings: now.findings.length,
  };
  return (
    <section className={classes.block} aria-label={t('insight')}>
      <Tabs defaultValue="path" keepMounted={false}>
        <Tabs.List>
          {VIEWS.map((view) => (
            <Tabs.Tab key={view} value={view}>
              {t(`view.${view}`)} <span className="num">{counts[view] || ''}</span>
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {VIEWS.map((view) => {
          const View = views[view];
          return (
            <Tabs.Panel key={view} value={view} className={classes.panel}>
              {counts[view] === 0 ? <p>{t(`none.${view}`)}</p> : <View now={now} />}
            </Tabs.Panel>
          );
        })}
      </Tabs>
    </section>
  );
}

type Props = { now: Simulation };

function Path({ now: { path, at } }: Props) {
  const { t } = useTranslation('simulator');
  const { document, flow, types } = useEditor();
  return (
    <ol className={classes.path}>
      {path.map(({ flow: key, card }, place) => {
        const isHere = key === flow.key;
        const isNow = place === path.length - 1 && at?.card === card;
        return (
          <li key={place} aria-current={isNow ? 'step' : undefined}>
            <span className="num">{place + 1}.</span>{' '}
            {isHere ? (
              <Link
                to={paths.flowCard}
                params={{ flowId: String(flow.id), cardId: card }}
                search={{}}
              >
                {nameIn(document, types, card) ?? card}
              </Link>
            ) : (
              t('in_flow', { card, flow: key })
            )}
          </li>
        );
      })}
    </ol>
  );
}

function Variables({ now: { variables } }: Props) {
  const { t } = useTranslation('simulator');
  const { document } = useEditor();
  return (
    <dl className={classes.values}>
      {variables.map(({ name, value, is_sealed }) => (
        <div key={name}>
          <dt>{document.variables.find((one) => one.name === name)?.label ?? name}</dt>
          <dd>{is_sealed ? t('sealed') : value || t('empty')}</dd>
        </div>
      ))}
    </dl>
  );
}

type Effect = { kind?: string; data?: Record<string, unknown> };

/** Kind and what matters of it; things by their names. */
function Effects({ now: { turns } }: Props) {
  const { document } = useEditor();
  const nameOf = useNameOfRef(document);
  const said = (value: unknown): string =>
    Array.isArray(value)
      ? value.map(said).join(', ')
      : typeof value === 'string'
        ? nameOf(value)
        : JSON.stringify(value);
  const effects = turns.flatMap((turn) => turn.effects as Effect[]);
  return (
    <ol className={classes.effects}>
      {effects.map(({ kind = '', data = {} }, at) => (
        <li key={at}>
          <b>{wordsFor('simulator', `effect.${kind}`) ?? kind}</b>{' '}
          {Object.entries(data)
            .map(([name, value]) => `${name}: ${said(value)}`)
            .join(' · ')}
        </li>
      ))}
    </ol>
  );
}

const Found = ({ now: { findings } }: Props) => (
  <ul className={sheet.findings}>
    {findings.map((finding, at) => (
      <FindingLine key={at} finding={finding} />
    ))}
  </ul>
);
