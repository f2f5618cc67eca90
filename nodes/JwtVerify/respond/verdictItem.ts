import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { REPORT_MEMBERS } from '../../../core/verify/tokenReport';
import type { VerifyForm } from '../read/verifyForm';

/**
 * The output item of Verify: verdict and token, beside the fields of the input. A field of the input
 * must not be taken for the verdict, so that none of its name stays.
 */
export function verdictItem(report: object, { kept }: VerifyForm): INodeExecutionData {
	const others = Object.entries(kept).filter(([name]) => !REPORT_MEMBERS.includes(name));
	return { json: { ...Object.fromEntries(others), ...report } as IDataObject };
}
