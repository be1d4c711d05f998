import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { SignIn } from '@/features/auth/SignIn';
import { paths } from '@/lib/paths';

const route = getRouteApi('/entrar');

export function SignInScreen() {
  const { to, ended, left } = route.useSearch();
  const navigate = useNavigate();
  const goOn = () =>
    to
      ? void navigate({ href: to, replace: true })
      : void navigate({ to: paths.inbox, search: { tab: 'serving' }, replace: true });
  return <SignIn farewell={left ? 'left' : ended ? 'ended' : undefined} onSignedIn={goOn} />;
}
