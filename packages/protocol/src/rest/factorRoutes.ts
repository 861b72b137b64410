import { SignInAnswer } from './accounts.ts';
import {
  AddPasskey,
  AskFactorPasskey,
  CodeSent,
  CodeSetUp,
  Confirm,
  ConfirmationKinds,
  Factor,
  FactorAdded,
  FactorList,
  FactorParams,
  FinishSignIn,
  PasskeyCreation,
  PasskeyRequest,
  PasskeySignIn,
  PersonFactors,
  RecoveryCodes,
  RenameFactor,
  SendConfirmCode,
  SendSignInCode,
  StartSms,
  TotpSetUp,
  VerifyFactor,
} from './factors.ts';
import { PersonParams } from './people.ts';
import type { RouteTable } from './route.ts';

/** The second step of signing in, and signing in with a passkey alone. */
export const SECOND_STEP_ROUTES = {
  sendSignInCode: {
    method: 'POST',
    path: '/sessions/factor/code',
    access: 'anyone',
    body: SendSignInCode,
    response: CodeSent,
  },
  askFactorPasskey: {
    method: 'POST',
    path: '/sessions/factor/passkey',
    access: 'anyone',
    body: AskFactorPasskey,
    response: PasskeyRequest,
  },
  finishSignIn: {
    method: 'POST',
    path: '/sessions/factor',
    access: 'anyone',
    body: FinishSignIn,
    response: SignInAnswer,
  },
  askPasskey: {
    method: 'POST',
    path: '/sessions/passkey/options',
    access: 'anyone',
    response: PasskeyRequest,
  },
  signInWithPasskey: {
    method: 'POST',
    path: '/sessions/passkey',
    access: 'anyone',
    body: PasskeySignIn,
    response: SignInAnswer,
  },
} as const satisfies RouteTable;

/** Showing once more who one is, before something sensitive. */
export const CONFIRM_ROUTES = {
  listConfirmations: {
    method: 'GET',
    path: '/sessions/confirm',
    access: 'account',
    whileRestricted: true,
    response: ConfirmationKinds,
  },
  sendConfirmCode: {
    method: 'POST',
    path: '/sessions/confirm/code',
    access: 'account',
    whileRestricted: true,
    body: SendConfirmCode,
    response: CodeSent,
  },
  askConfirmPasskey: {
    method: 'POST',
    path: '/sessions/confirm/passkey',
    access: 'account',
    whileRestricted: true,
    response: PasskeyRequest,
  },
  confirm: {
    method: 'POST',
    path: '/sessions/confirm',
    access: 'account',
    whileRestricted: true,
    body: Confirm,
    response: null,
  },
} as const satisfies RouteTable;

/** One's own second factors. */
export const OWN_FACTOR_ROUTES = {
  listFactors: {
    method: 'GET',
    path: '/me/factors',
    access: 'account',
    whileRestricted: true,
    response: FactorList,
  },
  startTotp: {
    method: 'POST',
    path: '/me/factors/totp',
    access: 'account',
    stepUp: true,
    whileRestricted: true,
    response: TotpSetUp,
  },
  /** Sends a code to the account's address. */
  startEmailFactor: {
    method: 'POST',
    path: '/me/factors/email',
    access: 'account',
    stepUp: true,
    whileRestricted: true,
    response: CodeSetUp,
  },
  startSmsFactor: {
    method: 'POST',
    path: '/me/factors/sms',
    access: 'account',
    stepUp: true,
    whileRestricted: true,
    body: StartSms,
    response: CodeSetUp,
  },
  /** A first code shows that it works; from then on it is asked for. */
  verifyFactor: {
    method: 'POST',
    path: '/me/factors/:id/verify',
    access: 'account',
    stepUp: true,
    whileRestricted: true,
    params: FactorParams,
    body: VerifyFactor,
    response: FactorAdded,
  },
  askNewPasskey: {
    method: 'POST',
    path: '/me/passkeys/options',
    access: 'account',
    stepUp: true,
    whileRestricted: true,
    response: PasskeyCreation,
  },
  addPasskey: {
    method: 'POST',
    path: '/me/passkeys',
    access: 'account',
    stepUp: true,
    whileRestricted: true,
    body: AddPasskey,
    response: FactorAdded,
  },
  renameFactor: {
    method: 'PATCH',
    path: '/me/factors/:id',
    access: 'account',
    params: FactorParams,
    body: RenameFactor,
    response: Factor,
  },
  /** Not the last one where the organisation asks for one. */
  removeFactor: {
    method: 'DELETE',
    path: '/me/factors/:id',
    access: 'account',
    stepUp: true,
    params: FactorParams,
    response: null,
  },
  /** Former ones end. They are shown once. */
  makeRecoveryCodes: {
    method: 'POST',
    path: '/me/recovery-codes',
    access: 'account',
    stepUp: true,
    response: RecoveryCodes,
  },
} as const satisfies RouteTable;

/** Somebody else's, for who manages people. */
export const PERSON_FACTOR_ROUTES = {
  personFactors: {
    method: 'GET',
    path: '/admin/people/:id/factors',
    access: 'people.manage',
    params: PersonParams,
    response: PersonFactors,
  },
  /** Takes all of them away, tells the person, and ends their sessions. */
  resetFactors: {
    method: 'DELETE',
    path: '/admin/people/:id/factors',
    access: 'people.manage',
    stepUp: true,
    params: PersonParams,
    response: null,
  },
} as const satisfies RouteTable;

export const FACTOR_ROUTES = {
  ...SECOND_STEP_ROUTES,
  ...CONFIRM_ROUTES,
  ...OWN_FACTOR_ROUTES,
  ...PERSON_FACTOR_ROUTES,
} as const;
