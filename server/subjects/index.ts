import { alarm } from './alarm/alarm.ts';
import { caseType } from './case/case.ts';
import { complaint } from './complaint/complaint.ts';
import { freeze } from './freeze/freeze.ts';
import { inspection } from './inspection/inspection.ts';
import { item } from './item/item.ts';
import { licence } from './licence/licence.ts';
import { recording } from './recording/recording.ts';
import { shift } from './shift/shift.ts';
import { stay } from './stay/stay.ts';

/** The subjects below the loop; `findings` adds its own. */
export const subjectTypes = [alarm, caseType, item, shift, recording, stay, freeze, complaint, licence, inspection];
