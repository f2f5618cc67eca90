import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { REPORT_MEMBERS } from '../../../core/verify/tokenReport';
import type { VerifyForm } from '../read/verifyForm';

/**
 * The output item of Verify: the verdict, and after it the fields of the input. n8n's table shows the
 * first fields only, and the input's token would fill it. A field of the input must not be taken for
 * the verdict, so that none of its name stays.
 */
export function verdictItem(report: object, { kept }: VerifyForm): INodeExecutionData {
	const others = Object.entries(kept).filter(([name]) => !REPORT_MEMBERS.includes(name));
	return { json: { ...report, ...Object.fromEntries(others) } as IDataObject };
}
