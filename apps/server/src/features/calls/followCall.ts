import { deleteMissedCallRow } from '../../storage/repositories/calls.ts';
import type { Call } from './CallDesk.ts';
import { mailMissed } from './mailMissed.ts';
import type { CallsPorts } from './ports.ts';
import { tellState } from './tellCalls.ts';

/** What follows from each step of a call: who is told, what is kept, what is logged. */
export function followCall(ports: CallsPorts, call: Call, before: Call | null): void {
  log(ports, call, before);
  tellCaller(ports, call, before);
  tellCallee(ports, call, before);
  ports.background.add(keep(ports, call, before).catch(ports.onFault));
}

function log({ emit }: CallsPorts, { id, owner, state }: Call, before: Call | null): void {
  if (before === null) {
    const caller = owner.kind === 'member' ? owner.accountId : null;
    const contactId = owner.kind === 'contact' ? owner.contactId : null;
    emit({ event: 'call.rung', callId: id, caller, contactId });
  } else if (before.state !== state && state.name === 'answered') {
    emit({ event: 'call.answered', callId: id });
  } else if (before.state !== state && state.name === 'over') {
    emit({ event: 'call.over', callId: id, how: state.how });
  }
}

function tellCaller({ channels }: CallsPorts, call: Call, before: Call | null): void {
  const { id: callId, owner, state, callee } = call;
  if (owner.kind !== 'member' || before === null || before.state === state) return;
  for (const channel of channels.of(owner.accountId)) {
    if (channel.sessionId !== owner.sessionId) continue;
    if (state.name === 'answered' && callee !== null)
      channel.send({ type: 'answered', callId, by: callee, answer: state.answer });
    if (state.name === 'over') channel.send({ type: 'ended', callId, how: state.how });
  }
}

function tellCallee({ channels }: CallsPorts, call: Call, before: Call | null): void {
  const { id: callId, state, callee } = call;
  if (callee === null || before === null || !before.heard || before.state === state) return;
  const by = state.name === 'answered' ? state.by : before.state.name === 'answered' ? before.state.by : null;
  for (const channel of channels.of(callee)) {
    const here = channel.sessionId === by;
    if (state.name === 'answered') channel.send({ type: 'over', callId, how: 'answered', here });
    // Of what was answered elsewhere nobody here is told more.
    else if (state.name === 'over' && (before.state.name === 'ringing' || here))
      channel.send({ type: 'over', callId, how: state.how, here });
  }
}

/** Of a call that was answered or declined nothing is kept. */
async function keep(ports: CallsPorts, call: Call, before: Call | null): Promise<void> {
  const { callee, state } = call;
  if (callee === null) return;
  const declined = state.name === 'over' && state.how === 'declined';
  if (state.name === 'answered' || declined) await deleteMissedCallRow(ports.db, call.id, null);
  await tellState(ports, callee);
  const missed = state.name === 'over' && (state.how === 'missed' || state.how === 'cancelled');
  if (missed && before?.state.name === 'ringing') await mailMissed(ports, call, callee);
}
