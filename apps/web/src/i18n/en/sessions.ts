export const sessions = {
  title: 'Signed-in devices',
  lead: 'Browsers that are signed in to your account. Revoke any that you do not know.',
  current: 'This browser',
  since: 'Signed in {{when}}',
  seen: 'last used {{when}}',
  revoke: 'Revoke',
  revokeOf: 'Revoke {{device}}',
  revoked: '{{device}} is signed out.',
  only: 'You are signed in nowhere else.',
} as const;
