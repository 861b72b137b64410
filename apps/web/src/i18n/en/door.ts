/** At the door of a meeting, until a host lets one in. */
export const door = {
  title: 'At the door',
  told: 'You are at the door of this meeting. The host has been told.',
  nobody: 'No host is in the meeting yet. You wait until one comes.',
  beginning: 'This webinar has not begun. You come in by yourself as soon as it does.',
  beginningTitle: 'It begins soon',
  beginningNothing: 'You will watch and listen: your microphone and camera are not needed, and stay off.',
  interrupted: 'The connection was lost. You will be at the door again as soon as it is back.',
  nothing: 'Nobody sees or hears you here. You come in by yourself as soon as you are let in.',
  as: 'They see your name:',
  leave: 'Leave',
} as const;
