import type { POLICY_ROUTES } from '@conclave/protocol';
import type { Context } from '../../context.ts';
import { about } from '../../features/policy/about.ts';
import { changePolicy, presentPolicy } from '../../features/policy/changePolicy.ts';
import { meetingPolicy } from '../../features/policy/meetingPolicy.ts';
import { assessPosture } from '../../policy/posture.ts';
import type { HandlersOf } from './types.ts';

export function createPolicyHandlers({
  accountsPorts: accounts,
  config,
  database,
  policy,
}: Context): HandlersOf<typeof POLICY_ROUTES> {
  return {
    readPolicy: async () => presentPolicy(policy.state),
    changePolicy: ({ caller, body }) => changePolicy(accounts, caller, body),
    readPosture: async () => ({
      points: assessPosture(policy.current(), { overTls: config.http.overTls }),
    }),
    meetingPolicy: async () => meetingPolicy(policy.current()),
    about: async () => about({ policy, database, turn: config.turn }),
  };
}
