import type { ParticipantState, PersonVerification } from '@conclave/client';

/** Words for what is known of somebody. */
export interface RollCallTexts {
  entry(participant: ParticipantState): string;
  role(participant: ParticipantState): string;
  trust(trust: PersonVerification['trust'] | undefined): string;
  time(instant: string): string;
}

/** A line for each: name, role, how they came in, whether verified, since when; separated by tabs, as tables take them. */
export function rollCall(
  participants: readonly ParticipantState[],
  trustOf: (id: string) => PersonVerification['trust'] | undefined,
  texts: RollCallTexts,
): string {
  const lines = participants.map((one) =>
    [one.name, texts.role(one), texts.entry(one), texts.trust(trustOf(one.id)), texts.time(one.joinedAt)]
      // A name is one cell, whatever is in it, and nothing that a table would reckon with.
      .map((cell) => cell.replace(/[\t\r\n]/g, ' ').replace(/^[=+@-]/, "'$&"))
      .join('\t'),
  );
  return `${lines.join('\n')}\n`;
}
