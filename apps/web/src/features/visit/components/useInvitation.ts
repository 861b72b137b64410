import { INVITED_ROUTES, MeetingId } from '@conclave/protocol';
import { useEffect, useState } from 'react';
import { call } from '../../../api/call.ts';
import { RequestError } from '../../../api/RequestError.ts';
import type { Visit } from '../model/visit.ts';

/** Whom the invitation is for whose link was opened. `unknown`: the service did not say; the secret is shown when joining. */
export type InvitationState =
  | { readonly name: 'none' | 'asking' | 'invalid' | 'unknown' }
  /** `watches`: they will be in the audience of a webinar. */
  | { readonly name: 'invited'; readonly as: string; readonly watches: boolean };

/** Asks once. One that is not good any more is put away, and the person is told: the passcode may still let them in. */
export function useInvitation(visit: Visit): InvitationState {
  const { invitation } = visit;
  const [state, setState] = useState<InvitationState>({ name: invitation === null ? 'none' : 'asking' });
  useEffect(() => {
    if (invitation === null) return;
    let wanted = true;
    const body = { meetingId: MeetingId.parse(visit.meetingId), secret: invitation };
    call(INVITED_ROUTES.openInvitation, { body }).then(
      ({ name, watches }) => wanted && setState({ name: 'invited', as: name, watches }),
      (error) => {
        if (!wanted) return;
        const { code } = RequestError.of(error);
        // What cannot be a secret is refused before anybody looks for it.
        const invalid = code === 'invitation.invalid' || code === 'request.invalid';
        setState({ name: invalid ? 'invalid' : 'unknown' });
        if (invalid) visit.dropInvitation();
      },
    );
    return () => {
      wanted = false;
    };
  }, [invitation, visit]);
  return state;
}
