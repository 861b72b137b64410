export const loadMeetingPage = () => import('../features/visit/components/MeetingPage.tsx');
