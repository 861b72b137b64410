import { describe, expect, it } from 'vitest';
import { Throttle, type Timers } from './Throttle.ts';

function clock() {
  let now = 0;
  let timer: { run: () => void; at: number } | null = null;
  const timers: Timers = {
    now: () => now,
    set: (run, ms) => {
      timer = { run, at: now + ms };
      return timer;
    },
    clear: () => {
      timer = null;
    },
  };
  const advance = (ms: number) => {
    now += ms;
    if (timer !== null && timer.at <= now) {
      const { run } = timer;
      timer = null;
      run();
    }
  };
  return { timers, advance };
}

describe('Throttle', () => {
  it('passes the first at once and the last of the rest when the time has come', () => {
    const sent: number[] = [];
    const { timers, advance } = clock();
    const throttle = new Throttle<number>((value) => sent.push(value), 100, timers);
    throttle.push(1);
    throttle.push(2);
    throttle.push(3);
    expect(sent).toEqual([1]);
    advance(99);
    expect(sent).toEqual([1]);
    advance(1);
    expect(sent).toEqual([1, 3]);
    throttle.push(4);
    expect(sent).toEqual([1, 3]);
    advance(100);
    advance(100);
    throttle.push(5);
    expect(sent).toEqual([1, 3, 4, 5]);
  });

  it('sends nothing after it is closed', () => {
    const sent: number[] = [];
    const { timers, advance } = clock();
    const throttle = new Throttle<number>((value) => sent.push(value), 100, timers);
    throttle.push(1);
    throttle.push(2);
    throttle[Symbol.dispose]();
    advance(1_000);
    expect(sent).toEqual([1]);
  });
});
