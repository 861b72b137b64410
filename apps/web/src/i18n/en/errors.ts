/** What is said for each code of the table in packages/protocol, and for what only a browser can notice. */
export const errors = {
  request: {
    malformed: 'The request could not be read. Reload the page and try again.',
    invalid: 'Something in this form is not as it should be.',
    too_large: 'That is too large.',
    not_found: 'There is nothing at this address.',
    method: 'That is not possible here. Reload the page and try again.',
    media_type: 'That is not possible here. Reload the page and try again.',
    origin: 'This request came from another site and was refused.',
    rate: 'Too many requests. Wait a moment and try again.',
  },
  protocol: {
    version: 'This page is out of date. Reload it.',
    order: 'That cannot be done now. Reload the page.',
  },
  direct: {
    not_offered: 'There is no direct path to the other person now.',
    too_many: 'Too much was sent to set up a direct path.',
  },
  group: {
    not_member: 'This browser is not part of the encrypted group of this meeting now. Join again.',
    stale_epoch: 'Somebody else has changed the encrypted group at the same time. Try again.',
    not_pending: 'Nobody waits for that change of the encrypted group.',
    rate: 'Too much was sent at once. Wait a moment and try again.',
  },
  file: {
    access: 'The files of this meeting are for those who are in it.',
    not_found: 'This file is no longer there.',
    not_allowed: 'You may not send files in this meeting.',
    too_large: 'The file is too large.',
    quota: 'No more files fit into this meeting. Take some back that are no longer needed.',
    storage_full: 'The service has no room for more files now. Try again later.',
    incomplete: 'Parts of the file are missing. Send it again.',
    finished: 'The file cannot be changed any more.',
    id_taken: 'Sending did not work this time. Try again.',
  },
  auth: {
    required: 'Sign in first.',
    too_many_attempts: 'Too many attempts. Wait a while and try again.',
    forbidden: 'You may not do that.',
  },
  meeting: {
    not_found: 'There is no such meeting. Check the link.',
    wrong_passcode: 'The passcode is wrong. Check it and try again.',
    full: 'The meeting is full. Try again when somebody has left.',
    ended: 'This meeting has ended.',
    limit: 'You have too many meetings. Delete some first.',
    id_taken: 'Joining did not work this time. Try again.',
  },
  resume: { unknown: 'The connection was away too long. Join again.' },
  media: {
    offer_invalid: 'This browser and the server did not agree on how to send pictures and sound.',
    unavailable: 'The media server is not ready. Try again in a moment.',
    full: 'The service has as many meetings as it can carry well. Try again in a few minutes.',
  },
  server: {
    stopping: 'The service is restarting. Try again in a moment.',
    internal: 'Something went wrong on our side. Try again.',
  },
  network: { unreachable: 'The server cannot be reached. Check your connection and try again.' },
  browser: {
    unsupported: 'This browser cannot take part in meetings. Use a current Chrome, Edge, Firefox or Safari.',
  },
  retryIn_one: 'Try again in {{count}} second.',
  retryIn_other: 'Try again in {{count}} seconds.',
  retryInMinutes_one: 'Try again in {{count}} minute.',
  retryInMinutes_other: 'Try again in {{count}} minutes.',
} as const;
