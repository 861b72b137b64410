import type { FACTOR_ROUTES } from '@conclave/protocol';
import type { Context } from '../../context.ts';
import { addPasskey, askNewPasskey } from '../../features/factors/addPasskey.ts';
import { removeFactor, renameFactor } from '../../features/factors/changeFactor.ts';
import { completeSignIn } from '../../features/factors/completeSignIn.ts';
import {
  askConfirmPasskey,
  confirm,
  listConfirmations,
  sendConfirmCode,
} from '../../features/factors/confirm.ts';
import { listFactors } from '../../features/factors/listFactors.ts';
import { askPasskey, signInWithPasskey } from '../../features/factors/passkeySignIn.ts';
import { personFactors, resetFactors } from '../../features/factors/personFactors.ts';
import { renewRecoveryCodes } from '../../features/factors/recoveryCodes.ts';
import { askFactorPasskey, sendSignInCode } from '../../features/factors/secondStep.ts';
import { startEmail, startSms, startTotp } from '../../features/factors/setUpFactor.ts';
import { verifyFactor } from '../../features/factors/verifyFactor.ts';
import { answerSignIn } from './answerSignIn.ts';
import type { HandlersOf } from './types.ts';

/** Second factors: signing in with them, confirming by them, having them. */
export function createFactorHandlers(context: Context): HandlersOf<typeof FACTOR_ROUTES> {
  const { accountsPorts: ports } = context;
  return {
    sendSignInCode: async ({ body, address }) => ({ to: await sendSignInCode(ports, body, address) }),
    askFactorPasskey: ({ body }) => askFactorPasskey(ports, body.challenge),
    async finishSignIn({ body, address, from, ...cookies }) {
      return answerSignIn(await completeSignIn(ports, body, address, from), cookies);
    },
    askPasskey: async () => askPasskey(ports),
    async signInWithPasskey({ body, address, from, ...cookies }) {
      return answerSignIn(await signInWithPasskey(ports, body.assertion, address, from), cookies);
    },

    listConfirmations: async ({ caller }) => ({ kinds: await listConfirmations(ports, caller) }),
    sendConfirmCode: async ({ caller, body, address }) => ({
      to: await sendConfirmCode(ports, caller, body.kind, address),
    }),
    askConfirmPasskey: ({ caller }) => askConfirmPasskey(ports, caller),
    async confirm({ caller, body, address, from }) {
      await confirm(ports, caller, body.proof, address, from);
      return undefined;
    },

    listFactors: ({ caller }) => listFactors(ports, caller),
    startTotp: ({ caller }) => startTotp(ports, caller),
    startEmailFactor: ({ caller, address }) => startEmail(ports, caller, address),
    startSmsFactor: ({ caller, body, address }) => startSms(ports, caller, body.phone, address),
    verifyFactor: ({ caller, params, body, address }) =>
      verifyFactor(ports, caller, params.id, body.code, address),
    askNewPasskey: ({ caller }) => askNewPasskey(ports, caller),
    addPasskey: ({ caller, body, from }) => addPasskey(ports, caller, body, from.userAgent),
    renameFactor: ({ caller, params, body }) => renameFactor(ports, caller, params.id, body.name),
    async removeFactor({ caller, params }) {
      await removeFactor(ports, caller, params.id);
      return undefined;
    },
    makeRecoveryCodes: async ({ caller }) => ({
      codes: await renewRecoveryCodes(ports, caller.accountId),
    }),

    personFactors: ({ params }) => personFactors(ports, params.id),
    async resetFactors({ caller, params }) {
      await resetFactors(ports, caller, params.id);
      return undefined;
    },
  };
}
