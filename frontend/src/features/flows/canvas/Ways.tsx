import { Handle, Position } from '@xyflow/react';
import { useTranslation } from 'react-i18next';
import type { Outlet } from '../model/palette';
import { sayOutlet } from '../words';
import { DOOR } from './frame';
import classes from './canvas.module.css';

type Props = {
  outlets: readonly Outlet[];
  /** The name of the card that a way leads to. */
  leadsTo: (outlet: string) => string | undefined;
};

/** Where lines come in, and a line for each way out with where it leads, which the eye sees by itself. */
export function Ways({ outlets, leadsTo }: Props) {
  const { t } = useTranslation('flows');
  return (
    <>
      <Handle id={DOOR} type="target" position={Position.Left} className={classes.door} />
      {outlets.length > 0 && (
        <span className={classes.outs}>
          {outlets.map((outlet) => {
            const to = leadsTo(outlet.name);
            const isLoose = to === undefined && outlet.required;
            return (
              <span key={outlet.name} className={classes.out} data-loose={isLoose || undefined}>
                <span className="cut">{sayOutlet(outlet)}</span>
                <span className={classes.heard}>
                  {t('canvas.leads_to', {
                    to: to ?? t(outlet.required ? 'nowhere' : 'nowhere_by_default'),
                  })}
                </span>
                <Handle id={outlet.name} type="source" position={Position.Right} />
              </span>
            );
          })}
        </span>
      )}
    </>
  );
}
