import {
  AwaitOutsideCall,
  CallParams,
  ContactSecret,
  GiveOutsideSecret,
  OpenedContactLink,
  OutsideCall,
  OutsideCallState,
  OutsideEntry,
  RingingOutside,
} from './calls.ts';
import type { RouteTable } from './route.ts';

/**
 * For a contact from outside, whom the secret of their link identifies. `call.link_invalid` whatever is wrong: a link that never
 * was, was revoked, whose contact was deleted, or that the policy does not let anybody use.
 */
export const OUTSIDE_CALL_ROUTES = {
  openContactLink: {
    method: 'POST',
    path: '/outside-calls/open',
    access: 'anyone',
    body: ContactSecret,
    response: OpenedContactLink,
  },
  ringByLink: {
    method: 'POST',
    path: '/outside-calls',
    access: 'anyone',
    body: ContactSecret,
    response: RingingOutside,
  },
  /** A caller of whom nothing is heard for some seconds has gone. */
  awaitOutsideCall: {
    method: 'POST',
    path: '/outside-calls/:id/wait',
    access: 'anyone',
    params: CallParams,
    body: AwaitOutsideCall,
    response: OutsideCallState,
  },
  cancelOutsideCall: {
    method: 'POST',
    path: '/outside-calls/:id/cancel',
    access: 'anyone',
    params: CallParams,
    body: OutsideCall,
    response: null,
  },
  giveOutsideSecret: {
    method: 'POST',
    path: '/outside-calls/:id/secret',
    access: 'anyone',
    params: CallParams,
    body: GiveOutsideSecret,
    response: OutsideEntry,
  },
} as const satisfies RouteTable;
