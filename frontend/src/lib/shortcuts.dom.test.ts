import { shortcutFor } from './shortcuts';
import { writePreference } from './preferences';

function press(key: string, more: KeyboardEventInit = {}, target: EventTarget = document.body) {
  let found: ReturnType<typeof shortcutFor>;
  const listen = (event: Event) => {
    found = shortcutFor(event as KeyboardEvent);
  };
  window.addEventListener('keydown', listen, { once: true });
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, ...more }));
  return found;
}

function field() {
  const input = document.createElement('textarea');
  document.body.append(input);
  return input;
}

it('knows single keys outside fields', () => {
  expect(press('j')).toBe('next');
  expect(press('?', { shiftKey: true })).toBe('sheet');
});

it('leaves letters to the field somebody types in', () => {
  const input = field();
  expect(press('j', {}, input)).toBeUndefined();
  expect(press('k', { ctrlKey: true }, input)).toBe('palette');
  input.remove();
});

it('does nothing while an input method composes, nor with Alt', () => {
  expect(press('j', { isComposing: true })).toBeUndefined();
  expect(press('j', { altKey: true })).toBeUndefined();
});

it('takes G and then I as one', () => {
  press('g');
  expect(press('i')).toBe('go_inbox');
  expect(press('i')).toBeUndefined();
});

it('obeys the switch that turns single keys off', () => {
  writePreference('shortcuts', 'off');
  expect(press('j')).toBeUndefined();
  expect(press('k', { ctrlKey: true })).toBe('palette');
});

it('leaves keys to a dialog that is in front', () => {
  const dialog = document.createElement('div');
  dialog.setAttribute('role', 'dialog');
  document.body.append(dialog);
  expect(press('j')).toBeUndefined();
  dialog.remove();
});

it('hears keys while the choices of a field wait in the document, and leaves them to choices that are open', () => {
  const choices = document.createElement('div');
  choices.style.display = 'none';
  choices.innerHTML = '<div role="listbox"></div>';
  document.body.append(choices);
  expect(press('j')).toBe('next');
  choices.style.display = '';
  expect(press('j')).toBeUndefined();
  choices.remove();
});

it('leaves Escape to the dialog it has just closed', () => {
  const dialog = document.createElement('div');
  const button = document.createElement('button');
  dialog.setAttribute('role', 'dialog');
  dialog.append(button);
  document.body.append(dialog);
  const close = () => dialog.remove();
  window.addEventListener('keydown', close, { capture: true, once: true });
  expect(press('Escape', {}, button)).toBeUndefined();
});

it('leaves Escape to the menu that it closes, also when pressed on the button of the menu', () => {
  const menu = document.createElement('div');
  const button = document.createElement('button');
  menu.setAttribute('role', 'menu');
  document.body.append(menu, button);
  button.addEventListener('keydown', () => menu.remove());
  expect(press('Escape', {}, button)).toBeUndefined();
  expect(press('Escape', {}, button)).toBe('back');
  button.remove();
});
