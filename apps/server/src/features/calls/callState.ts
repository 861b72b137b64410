import { type CallAnswer, type CallEnd, ConclaveError, LIMITS, type SessionId } from '@conclave/protocol';

/**
 * RINGING → ANSWERED → OVER, or RINGING → OVER. Pure: time is passed in, ms since the epoch. One answer counts, the first; what
 * comes after the end is refused.
 */
export type CallState =
  | { readonly name: 'ringing'; readonly endsAt: number }
  /** The caller is asked for the secret. */
  | {
      readonly name: 'answered';
      readonly by: SessionId;
      readonly answer: CallAnswer;
      readonly endsAt: number;
    }
  | { readonly name: 'over'; readonly how: CallEnd; readonly at: number };

export type CallCommand =
  | { readonly do: 'answer'; readonly by: SessionId; readonly answer: CallAnswer }
  | { readonly do: 'decline' }
  /** The caller gives up, or has gone. */
  | { readonly do: 'cancel' }
  /** Who has answered has gone. */
  | { readonly do: 'lose'; readonly session: SessionId }
  /** The secret is on its way. */
  | { readonly do: 'connect' }
  | { readonly do: 'wait' };

export function ringingSince(now: number): CallState {
  return { name: 'ringing', endsAt: now + LIMITS.ringMs };
}

/** @throws ConclaveError call.over for what can be said no more */
export function decideCall(state: CallState, command: CallCommand, now: number): CallState {
  const over = (how: CallEnd): CallState => ({ name: 'over', how, at: now });
  if (command.do === 'wait' || command.do === 'lose') return passed(state, command, now);
  if (state.name === 'over') {
    // Somebody who gives up has nothing to be told.
    if (command.do === 'cancel') return state;
    throw new ConclaveError('call.over');
  }
  if (now >= state.endsAt && command.do !== 'cancel') throw new ConclaveError('call.over');
  switch (command.do) {
    case 'answer':
      if (state.name !== 'ringing') throw new ConclaveError('call.over');
      return {
        name: 'answered',
        by: command.by,
        answer: command.answer,
        endsAt: now + LIMITS.callSecretMs,
      };
    case 'decline':
      if (state.name !== 'ringing') throw new ConclaveError('call.over');
      return over('declined');
    case 'cancel':
      return over(state.name === 'ringing' ? 'cancelled' : 'failed');
    case 'connect':
      if (state.name !== 'answered') throw new ConclaveError('call.over');
      return over('connected');
  }
}

function passed(
  state: CallState,
  command: Extract<CallCommand, { do: 'wait' | 'lose' }>,
  now: number,
): CallState {
  if (state.name === 'over') return state;
  const failed: CallState = { name: 'over', how: 'failed', at: now };
  if (command.do === 'lose')
    return state.name === 'answered' && state.by === command.session ? failed : state;
  if (now < state.endsAt) return state;
  return state.name === 'ringing' ? { name: 'over', how: 'missed', at: now } : failed;
}
