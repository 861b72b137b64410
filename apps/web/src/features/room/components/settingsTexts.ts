import { addTexts } from '../../../i18n/addTexts.ts';
import { settings } from '../../../i18n/en/settings.ts';

addTexts('room', settings);
