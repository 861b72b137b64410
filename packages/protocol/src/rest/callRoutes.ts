import { CallAnswer } from '../signalling/calls.ts';
import {
  BlockCaller,
  BlockedList,
  BlockedParams,
  CallParams,
  CallSettings,
  GiveCallSecret,
  MissedCallList,
  Ring,
  Ringing,
} from './calls.ts';
import type { RouteTable } from './route.ts';

/** Ringing people, and being rung. What comes of it is told on the channel of the account. */
export const CALL_ROUTES = {
  ring: { method: 'POST', path: '/calls', access: 'account', body: Ring, response: Ringing },
  /** The first browser that answers has the call. */
  answerCall: {
    method: 'POST',
    path: '/calls/:id/answer',
    access: 'account',
    params: CallParams,
    body: CallAnswer,
    response: null,
  },
  declineCall: {
    method: 'POST',
    path: '/calls/:id/refusal',
    access: 'account',
    params: CallParams,
    response: null,
  },
  cancelCall: {
    method: 'DELETE',
    path: '/calls/:id',
    access: 'account',
    params: CallParams,
    response: null,
  },
  giveCallSecret: {
    method: 'POST',
    path: '/calls/:id/secret',
    access: 'account',
    params: CallParams,
    body: GiveCallSecret,
    response: null,
  },
  listMissedCalls: { method: 'GET', path: '/missed-calls', access: 'account', response: MissedCallList },
  /** The person has looked at them. */
  markMissedCalls: { method: 'POST', path: '/missed-calls/seen', access: 'account', response: null },
  deleteMissedCall: {
    method: 'DELETE',
    path: '/missed-calls/:id',
    access: 'account',
    params: CallParams,
    response: null,
  },
  readCallSettings: { method: 'GET', path: '/call-settings', access: 'account', response: CallSettings },
  changeCallSettings: {
    method: 'PUT',
    path: '/call-settings',
    access: 'account',
    body: CallSettings,
    response: CallSettings,
  },
  listBlocked: { method: 'GET', path: '/blocked-callers', access: 'account', response: BlockedList },
  /** Their calls are heard no more. They are not told. */
  blockCaller: {
    method: 'POST',
    path: '/blocked-callers',
    access: 'account',
    body: BlockCaller,
    response: null,
  },
  unblockCaller: {
    method: 'DELETE',
    path: '/blocked-callers/:account',
    access: 'account',
    params: BlockedParams,
    response: null,
  },
} as const satisfies RouteTable;
