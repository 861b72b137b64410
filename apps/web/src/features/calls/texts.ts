import { addTexts } from '../../i18n/addTexts.ts';
import { calls } from '../../i18n/en/calls.ts';

addTexts('calls', calls);
