import type { DATA_ROUTES } from '@conclave/protocol';
import type { Context } from '../../context.ts';
import { eraseDataOf, eraseOwnData } from '../../features/data/eraseData.ts';
import { exportData } from '../../features/data/exportData.ts';
import { findManaged } from '../../features/people/manage.ts';
import type { HandlersOf } from './types.ts';

export function createDataHandlers({
  accountsPorts: accounts,
  meetingsPorts: meetings,
  retention,
}: Context): HandlersOf<typeof DATA_ROUTES> {
  const ports = { accounts, meetings };
  return {
    exportOwnData: ({ caller }) => exportData(accounts, caller.accountId, caller.accountId),
    async eraseOwnData({ caller, body, setSession }) {
      const erasure = await eraseOwnData(ports, caller, body.email);
      setSession(null);
      return erasure;
    },
    async exportData({ caller, params }) {
      const { id } = await findManaged(accounts.db, caller, params.id);
      return exportData(accounts, id, caller.accountId);
    },
    eraseData: ({ caller, params, body }) => eraseDataOf(ports, caller, params.id, body.email),
    readRetention: () => retention.overview(),
  };
}
