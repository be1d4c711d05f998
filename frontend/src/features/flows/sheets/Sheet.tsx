import IconClose from '@tabler/icons-react/dist/esm/icons/IconX.mjs';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { paths } from '@/lib/paths';
import { IconButton } from '@/ui/IconButton';
import { useEditor } from '../editor';
import classes from '../flows.module.css';

type Props = {
  title: string;
  sub?: ReactNode;
  mark?: ReactNode;
  /** What has the focus again when the sheet is gone. */
  opener?: string;
  foot?: ReactNode;
  children: ReactNode;
};

/** Wherever the focus is, but not from within what closes by the same key. */
function useEscape(close: () => void) {
  const now = useRef(close);
  useEffect(() => void (now.current = close));
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { key, target, defaultPrevented } = event;
      if (key !== 'Escape' || defaultPrevented) return;
      const isElsewhere =
        target instanceof Element &&
        target.closest('[role="dialog"], [role="menu"], [aria-expanded="true"]');
      if (!isElsewhere) now.current();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}

/** Beside the cards, and on a phone in their place. Not a dialog: the list stays at hand. Esc closes it. */
export function Sheet({ title, sub, mark, opener, foot, children }: Props) {
  const { t } = useTranslation('flows');
  const navigate = useNavigate();
  const { flow, mayEdit } = useEditor();
  const frame = useRef<HTMLElement>(null);
  const close = () =>
    void navigate({ to: paths.flow, params: { flowId: String(flow.id) } }).then(() => {
      if (opener) document.getElementById(opener)?.focus();
    });
  useEffect(() => frame.current?.focus(), []);
  useEscape(close);
  return (
    <section ref={frame} className={classes.sheet} aria-label={title} data-zone tabIndex={-1}>
      <header>
        {mark}
        <div>
          <h2 className="cut">{title}</h2>
          {sub && <p>{sub}</p>}
        </div>
        <IconButton size={36} label={t('close_sheet')} onClick={close}>
          <IconClose size={18} stroke={1.75} />
        </IconButton>
      </header>
      {/* Where nothing in it can be used, the keys still reach its end. */}
      <div className={`${classes.body} scrolls`} {...(mayEdit ? {} : { tabIndex: 0 })}>
        {children}
      </div>
      {foot}
    </section>
  );
}
