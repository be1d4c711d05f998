import { useNavigate, useRouterState } from '@tanstack/react-router';
import { Unlock } from '@/features/auth/Unlock';
import { paths } from '@/lib/paths';

/** The token came behind the #: it reaches no log. */
export function UnlockScreen() {
  const navigate = useNavigate();
  const token = useRouterState({ select: ({ location }) => location.hash });
  return <Unlock token={token} onGoOn={() => void navigate({ to: paths.signIn })} />;
}
