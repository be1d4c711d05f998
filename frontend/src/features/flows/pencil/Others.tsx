import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { usePhone } from '@/lib/phone';
import { photoAddress } from '@/lib/photo';
import { Avatar } from '@/ui/Avatar';
import { catalogueQuery } from '../api';
import { useMemberName } from '../Troubles';
import classes from './pencil.module.css';

/** Faces that there is room for. */
const SHOWN = { desk: 3, phone: 1 };

/** Who else has the flow open, as faces; in words for who does not see them. */
export function Others({ members }: { members: readonly number[] }) {
  const { t, i18n } = useTranslation('flows');
  const shown = usePhone() ? SHOWN.phone : SHOWN.desk;
  const nameOf = useMemberName();
  const { data } = useQuery(catalogueQuery);
  if (members.length === 0) return null;
  const photoOf = (id: number) =>
    photoAddress(data?.members.find((member) => member.id === id)?.photo_id);
  const said = t('pencil.open_by', {
    names: new Intl.ListFormat(i18n.language).format(members.map(nameOf)),
  });
  return (
    <span className={classes.others} title={said}>
      <span className={classes.heard}>{said}</span>
      {members.slice(0, shown).map((id) => (
        <Avatar key={id} size={24} name={nameOf(id)} photo={photoOf(id)} />
      ))}
      {members.length > shown && (
        <span className="num" aria-hidden>
          +{members.length - shown}
        </span>
      )}
    </span>
  );
}
