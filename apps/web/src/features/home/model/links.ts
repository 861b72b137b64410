/** The address that is sent to people. The passcode is in the fragment: browsers send it to no server. */
export function meetingLink(origin: string, meetingId: string, passcode: string | null): string {
  const address = `${origin}/m/${meetingId}`;
  return passcode === null ? address : `${address}#${passcode}`;
}
