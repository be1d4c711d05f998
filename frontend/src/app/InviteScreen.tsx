import { useQuery } from '@tanstack/react-query';
import { meQuery } from '@/features/auth/api';
import { AcceptInvite } from '@/features/team/AcceptInvite';

/** An invitation asks who is here already, if anybody. */
export function InviteScreen() {
  const me = useQuery(meQuery);
  return <AcceptInvite signedInAs={me.data?.person.email} />;
}
