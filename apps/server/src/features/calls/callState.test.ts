import { type CallAnswer, LIMITS, type SessionId } from '@conclave/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CallCommand, type CallState, decideCall, ringingSince } from './callState.ts';

const laptop = 'laptop' as SessionId;
const phone = 'phone' as SessionId;
const answer: CallAnswer = { key: 'k', device: 'd', signature: 's' };
const start = 1_000_000;
const end = start + LIMITS.ringMs;

const ringing = ringingSince(start);
const answered: CallState = { name: 'answered', by: laptop, answer, endsAt: start + 100 };
const over: CallState = { name: 'over', how: 'declined', at: start };

const commands = {
  'answer on the laptop': { do: 'answer', by: laptop, answer },
  'answer on the phone': { do: 'answer', by: phone, answer },
  decline: { do: 'decline' },
  cancel: { do: 'cancel' },
  connect: { do: 'connect' },
  'lose the laptop': { do: 'lose', session: laptop },
  'lose the phone': { do: 'lose', session: phone },
  wait: { do: 'wait' },
} as const satisfies Record<string, CallCommand>;
type Name = keyof typeof commands;

/** Each state and each command, in time: what comes of it, or `refused`. */
const table: readonly (readonly [CallState, Name, string])[] = [
  [ringing, 'answer on the laptop', 'answered by laptop'],
  [ringing, 'answer on the phone', 'answered by phone'],
  [ringing, 'decline', 'declined'],
  [ringing, 'cancel', 'cancelled'],
  [ringing, 'connect', 'refused'],
  [ringing, 'lose the laptop', 'ringing'],
  [ringing, 'lose the phone', 'ringing'],
  [ringing, 'wait', 'ringing'],
  [answered, 'answer on the laptop', 'refused'],
  [answered, 'answer on the phone', 'refused'],
  [answered, 'decline', 'refused'],
  [answered, 'cancel', 'failed'],
  [answered, 'connect', 'connected'],
  [answered, 'lose the laptop', 'failed'],
  [answered, 'lose the phone', 'answered by laptop'],
  [answered, 'wait', 'answered by laptop'],
  [over, 'answer on the laptop', 'refused'],
  [over, 'answer on the phone', 'refused'],
  [over, 'decline', 'refused'],
  [over, 'cancel', 'declined'],
  [over, 'connect', 'refused'],
  [over, 'lose the laptop', 'declined'],
  [over, 'lose the phone', 'declined'],
  [over, 'wait', 'declined'],
];

function outcome(state: CallState, name: Name, now: number): string {
  try {
    const after = decideCall(state, commands[name], now);
    if (after.name === 'over') return after.how;
    return after.name === 'answered' ? `answered by ${after.by}` : after.name;
  } catch (error) {
    expect(error).toMatchObject({ code: 'call.over' });
    return 'refused';
  }
}

describe('a call', () => {
  it.each(table)('that is %o: %s → %s', (state, name, expected) => {
    expect(outcome(state, name, start + 1)).toBe(expected);
  });

  it('has every state and command in the table', () => {
    expect(table).toHaveLength(3 * Object.keys(commands).length);
  });

  it('is missed when nobody comes in time, and an answer after that is too late', () => {
    expect(outcome(ringing, 'wait', end - 1)).toBe('ringing');
    expect(outcome(ringing, 'answer on the laptop', end)).toBe('refused');
    expect(outcome(ringing, 'decline', end)).toBe('refused');
    expect(outcome(ringing, 'wait', end)).toBe('missed');
  });

  it('fails when the caller gives no secret in time', () => {
    expect(outcome(answered, 'connect', start + 100)).toBe('refused');
    expect(outcome(answered, 'wait', start + 100)).toBe('failed');
  });

  it('has at most one answer, never comes back from its end, and ends in bounded time', () => {
    const step = fc.tuple(fc.constantFrom(...(Object.keys(commands) as Name[])), fc.nat(20_000));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let state: CallState = ringing;
        let now = start;
        const answers = new Set<string>();
        for (const [name, pause] of steps) {
          now += pause;
          const before: CallState = state;
          try {
            state = decideCall(state, commands[name], now);
          } catch {
            // Refused: nothing has changed.
          }
          if (state.name === 'answered') answers.add(state.by);
          if (before.name === 'over') expect(state).toEqual(before);
          if (state.name === 'over' && state.how === 'connected') expect(answers.size).toBe(1);
          if (before.name === 'answered') expect(state.name).not.toBe('ringing');
        }
        expect(answers.size).toBeLessThanOrEqual(1);
        const last = decideCall(state, { do: 'wait' }, now + LIMITS.ringMs + LIMITS.callSecretMs);
        expect(last.name).toBe('over');
      }),
    );
  });
});
