import * as z from 'zod/mini';
import { AccountId } from '../ids.ts';
import { ConfirmErasure, Erasure, PersonalData, Retention } from './personalData.ts';
import type { RouteTable } from './route.ts';

const params = z.strictObject({ id: AccountId });

/** Data protection: what is kept about a person is given out and erased, one's own or, with a right to it, that of others. */
export const DATA_ROUTES = {
  exportOwnData: {
    method: 'GET',
    path: '/my-data',
    access: 'account',
    stepUp: true,
    response: PersonalData,
  },
  eraseOwnData: {
    method: 'POST',
    path: '/my-data/erasure',
    access: 'account',
    stepUp: true,
    body: ConfirmErasure,
    response: Erasure,
  },
  exportData: {
    method: 'GET',
    path: '/admin/data/:id',
    access: 'data.export',
    stepUp: true,
    params,
    response: PersonalData,
  },
  eraseData: {
    method: 'POST',
    path: '/admin/data/:id/erasure',
    access: 'data.erase',
    stepUp: true,
    params,
    body: ConfirmErasure,
    response: Erasure,
  },
  readRetention: { method: 'GET', path: '/admin/retention', access: 'policy.read', response: Retention },
} as const satisfies RouteTable;
