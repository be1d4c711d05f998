import IconAlert from '@tabler/icons-react/dist/esm/icons/IconAlertCircle.mjs';
import IconCheck from '@tabler/icons-react/dist/esm/icons/IconCircleCheck.mjs';
import IconHourglass from '@tabler/icons-react/dist/esm/icons/IconHourglassLow.mjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Refusal } from '@/api/refusal';
import { sayRefusal } from '@/lib/refusal';
import type { Template } from '@/lib/templates/api';
import { TemplatePreview } from '@/lib/templates/TemplatePreview';
import { sayNetworkWord } from '@/lib/templates/words';
import { Chip, type Tone } from '@/ui/Chip';
import classes from './templates.module.css';

const ICON = { size: 13, stroke: 2, 'aria-hidden': true } as const;

const TONES: Record<string, Tone> = {
  approved: 'ok',
  pending: 'accent',
  in_appeal: 'accent',
  paused: 'warn',
};

function Status({ template }: { template: Template }) {
  const status = template.gone_at ? 'gone' : template.status;
  const tone = TONES[status] ?? 'bad';
  const Icon = tone === 'ok' ? IconCheck : tone === 'accent' ? IconHourglass : IconAlert;
  return (
    <Chip tone={tone} icon={<Icon {...ICON} />}>
      {sayNetworkWord('status', status)}
    </Chip>
  );
}

/** One line; opened, what the phone shows. */
export function TemplateRow({ template }: { template: Template }) {
  const { t } = useTranslation('templates');
  const [open, setOpen] = useState(false);
  const { name, language, category, quality, shape, unfit, flow_count } = template;
  const place = `template-${template.id}`;
  const about = [
    language,
    sayNetworkWord('category', category),
    ...(quality === 'yellow' || quality === 'red' ? [sayNetworkWord('quality', quality)] : []),
    ...(flow_count > 0 ? [t('used', { count: flow_count })] : []),
  ];
  return (
    <li>
      <button
        type="button"
        className={classes.row}
        aria-expanded={open}
        aria-controls={place}
        onClick={() => setOpen(!open)}
      >
        <b className="cut">{name}</b>
        <Status template={template} />
        <small className="cut">{about.join(' · ')}</small>
      </button>
      <div id={place} hidden={!open}>
        {open && (
          <>
            {unfit && (
              <p className={classes.why}>{sayRefusal(new Refusal({ slug: unfit, status: 0 }))}</p>
            )}
            <TemplatePreview shape={shape} />
          </>
        )}
      </div>
    </li>
  );
}
