import '../home/components/texts.ts';
import '../policy/texts.ts';
import { addTexts } from '../../i18n/addTexts.ts';
import { organise } from '../../i18n/en/organise.ts';

addTexts('organise', organise);
