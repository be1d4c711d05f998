import { renderHook, act } from '@testing-library/react';
import { clearSelection, selectRange, toggleSelected, useSelection } from './selection';

it('takes a range from the last one touched, in the order of the list, either way', () => {
  const { result } = renderHook(useSelection);
  act(() => {
    toggleSelected(3);
    selectRange(1, [5, 1, 2, 3, 4]);
  });
  expect([...result.current].sort()).toEqual([1, 2, 3]);
  act(() => toggleSelected(2));
  expect([...result.current].sort()).toEqual([1, 3]);
  act(clearSelection);
  expect(result.current.size).toBe(0);
});

it('takes the row alone when none was touched before', () => {
  const { result } = renderHook(useSelection);
  act(() => selectRange(4, [5, 1, 2, 3, 4]));
  expect([...result.current]).toEqual([4]);
  act(clearSelection);
});
