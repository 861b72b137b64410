import { addTexts } from '../../../i18n/addTexts.ts';
import { announcements } from '../../../i18n/en/announcements.ts';

addTexts('room', announcements.room);
addTexts('security', announcements.security);
