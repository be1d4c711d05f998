import { act, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { usePassed } from './now';

const NOW = Date.parse('2026-11-28T20:42:00-03:00');
const inMs = (ms: number) => new Date(NOW + ms).toISOString();

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
});

it('a moment that is over when it is heard of is so at once, and none never is', () => {
  const { result, rerender } = renderHook((moment: string | null) => usePassed(moment), {
    initialProps: null as string | null,
  });
  expect(result.current).toBe(false);
  rerender(inMs(0));
  expect(result.current).toBe(true);
  rerender(inMs(1));
  expect(result.current).toBe(false);
});

it('one that comes is told of when it comes', () => {
  const { result } = renderHook(() => usePassed(inMs(2500)));
  act(() => {
    vi.advanceTimersByTime(2499);
  });
  expect(result.current).toBe(false);
  act(() => {
    vi.advanceTimersByTime(1);
  });
  expect(result.current).toBe(true);
});
