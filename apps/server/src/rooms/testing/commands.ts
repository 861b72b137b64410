import type { MeetingRules } from '@conclave/protocol';
import { decide } from '../decide.ts';
import type { Decision } from '../decision.ts';
import type { RoomCommand } from '../roomCommands.ts';
import type { RoomState } from '../roomState.ts';
import { noRoom } from './people.ts';

/** One command after the other; all but the last one are taken. */
export function run(rules: MeetingRules, ...commands: readonly RoomCommand[]): Decision {
  let last: Decision = { state: noRoom(rules), events: [], refusal: null };
  for (const command of commands) {
    last = decide(last.state, command);
    if (last.refusal !== null && command !== commands.at(-1)) throw new Error(last.refusal);
  }
  return last;
}

/** What follows for a room that there is; some of it may be refused. */
export function on(state: RoomState, ...commands: readonly RoomCommand[]): Decision {
  return commands.reduce((last: Decision, command) => decide(last.state, command), {
    state,
    events: [],
    refusal: null,
  });
}
