import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useFieldList, type Place } from '@/lib/field-list';
import { plain } from '@/lib/plain';
import { useSession } from '@/lib/session';
import { Avatar } from '@/ui/Avatar';
import { useAccount, type Member } from './api';
import classes from './compose.module.css';

type Props = {
  field: RefObject<HTMLTextAreaElement | null>;
  onChange: (text: string) => void;
  onMention: (member: { id: number; name: string }) => void;
};

const AT = /(?:^|\s)@([\p{L}\p{M}.'-]*)$/u;
const MOST = 8;

function atSign(text: string, caret: number): Place | undefined {
  const words = AT.exec(text.slice(0, caret))?.[1];
  return words === undefined ? undefined : { from: caret - words.length - 1, to: caret, words };
}

/** The colleagues that an @ in a whisper may mean. */
export function MentionMenu({ field, onChange, onMention }: Props) {
  const { t } = useTranslation('compose');
  const { account } = useSession();
  const { data } = useAccount();
  const colleagues = (data?.members ?? []).filter(
    ({ id, is_active }) => is_active && id !== account.member_id,
  );
  const { id, place, rows, at, pick } = useFieldList<Member>({
    field,
    find: atSign,
    rows: (here) =>
      colleagues
        .filter(({ display_name }) =>
          plain(display_name)
            .split(' ')
            .some((part) => part.startsWith(plain(here?.words ?? ''))),
        )
        .slice(0, MOST),
    onPick: ({ id: member, display_name }, { from, to }) => {
      const value = field.current?.value ?? '';
      const mark = `@${display_name} `;
      onMention({ id: member, name: display_name });
      onChange(value.slice(0, from) + mark + value.slice(to).replace(/^ /, ''));
      requestAnimationFrame(() => {
        field.current?.focus();
        field.current?.setSelectionRange(from + mark.length, from + mark.length);
      });
    },
  });
  if (!place || rows.length === 0) return null;
  return (
    <div className={classes.menu}>
      <ul id={id} role="listbox" aria-label={t('mention.label')}>
        {rows.map((member, index) => (
          // eslint-disable-next-line jsx-a11y-x/click-events-have-key-events -- the field hears them
          <li
            key={member.id}
            id={`${id}-${member.id}`}
            role="option"
            aria-selected={index === at}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => pick(member)}
          >
            <Avatar name={member.display_name} size={30} />
            <span className="cut">{member.display_name}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
