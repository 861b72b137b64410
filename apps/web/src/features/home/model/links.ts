/** The address that is sent to people. The passcode is in the fragment: browsers send it to no server. */
export function meetingLink(origin: string, meetingId: string, passcode: string | null): string {
  const address = `${origin}/m/${meetingId}`;
  return passcode === null ? address : `${address}#${passcode}`;
}

/** The link of one person's own invitation. @param passcode null: it is sent another way */
export function invitationLink(
  origin: string,
  meetingId: string,
  secret: string,
  passcode: string | null,
): string {
  const parts = passcode === null ? `i=${secret}` : `p=${passcode}&i=${secret}`;
  return `${origin}/m/${meetingId}#${parts}`;
}
