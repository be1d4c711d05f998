import { useEffect, useRef, useState } from 'preact/hooks';
import { fieldsToAsk } from '../details';
import { Banner } from './Banner';
import { Composer } from './Composer';
import { DetailsForm } from './DetailsForm';
import { Header } from './Header';
import { Log } from './Log';
import { useAround } from './context';
import { keepFocusInside } from './focus';
import { hasFinePointer, useIsPhone } from './media';
import { useVisibleHeight } from './visible-height';

const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;

export function Panel({ takesFocus }: { takesFocus: boolean }) {
  const { chat, words, state } = useAround();
  const panel = useRef<HTMLElement>(null);
  const [isDropping, setDropping] = useState(false);
  const isPhone = useIsPhone();
  const asked = fieldsToAsk(state);
  const canAttach = asked.length === 0;
  useVisibleHeight(panel, isPhone);

  useEffect(() => {
    if (!takesFocus) return;
    const field = panel.current?.querySelector<HTMLElement>('textarea, input:not([type=file])');
    // On a touch screen the keyboard would come up over the greeting.
    const first = hasFinePointer() ? field : panel.current;
    first?.focus({ preventScroll: true });
  }, [takesFocus]);

  function pressed(event: KeyboardEvent) {
    if (event.key === 'Escape' && !event.isComposing) {
      event.preventDefault();
      chat.close();
    }
    if (isPhone && panel.current) keepFocusInside(panel.current, event);
  }

  function draggedOver(event: DragEvent) {
    if (!canAttach || !carriesFiles(event)) return;
    event.preventDefault();
    setDropping(true);
  }

  function dropped(event: DragEvent) {
    setDropping(false);
    if (!canAttach || !carriesFiles(event)) return;
    event.preventDefault();
    chat.stage(event.dataTransfer?.files ?? []);
  }

  return (
    <section
      ref={panel}
      class="panel"
      role="dialog"
      aria-modal={isPhone}
      aria-labelledby="title"
      tabIndex={-1}
      onKeyDown={pressed}
      onDragOver={draggedOver}
      onDragLeave={(event) => {
        if (!panel.current?.contains(event.relatedTarget as Node | null)) setDropping(false);
      }}
      onDrop={dropped}
    >
      <Header />
      <Banner />
      <Log />
      {asked.length > 0 ? <DetailsForm fields={asked} /> : <Composer />}
      {isDropping && <div class="drop">{words.say('drop_here')}</div>}
    </section>
  );
}
