import { cleanNotifications, notificationsStore } from '@mantine/notifications';
import { toast } from './toast';

const shown = () => notificationsStore.getState().notifications.map(({ message }) => message);

afterEach(() => cleanNotifications());

it('the same words are said once, and again when they are said again', () => {
  const first = toast({ message: 'Salvo.' });
  toast({ message: 'Outra coisa.' });
  expect(toast({ message: 'Salvo.' })).not.toBe(first);
  expect(shown()).toEqual(['Outra coisa.', 'Salvo.']);
});

it('what has a name of its own is changed by whoever knows it', () => {
  toast({ id: 'a', message: 'Falta um.' });
  toast({ id: 'b', message: 'Falta um.' });
  expect(shown()).toHaveLength(2);
});
