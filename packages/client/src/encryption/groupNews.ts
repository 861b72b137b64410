import { fromBase64Url, type News } from '@conclave/e2ee';
import type { ServerNotice } from '../signalling/Signal.ts';
import { toAcceptedCommit, toNewcomer, toSeat } from './serverRequests.ts';

/** What a notice tells of the group, as the worker takes it; null when it is about something else. */
export function groupNews(notice: ServerNotice): News | null {
  switch (notice.type) {
    case 'group-seat-changed':
      return { type: 'seat', seat: toSeat(notice.group) };
    case 'group-pending':
      return {
        type: 'pending',
        groupId: notice.groupId,
        waiting: notice.waiting.map((applicant) => ({
          ...toNewcomer(applicant),
          keyPackage: fromBase64Url(applicant.keyPackage),
        })),
        gone: notice.gone,
      };
    case 'group-commit':
      return { type: 'commit', groupId: notice.groupId, accepted: toAcceptedCommit(notice) };
    case 'group-welcome': {
      const { groupId, epoch } = notice;
      return { type: 'welcome', groupId, epoch, welcome: fromBase64Url(notice.welcome) };
    }
    case 'group-settled':
      return { type: 'settled', groupId: notice.groupId, epoch: notice.epoch };
    case 'group-message': {
      const { groupId, from } = notice;
      return { type: 'message', groupId, from, message: fromBase64Url(notice.message) };
    }
    default:
      return null;
  }
}
