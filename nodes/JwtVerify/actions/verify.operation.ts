import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { REPORT_MEMBERS, reportVerification } from '../../../core/verify/tokenReport';
import { readChecks } from '../../../core/settings/readChecks';
import { verifyToken } from '../../../core/verify/verifyToken';
import { keptFields } from '../../common/inputFields';
import { readKeySource } from './keySource';
import { readMaximumLength } from './maximumSize';

/** The outcome of one item. */
export interface VerifiedItem {
	valid: boolean;
	item: INodeExecutionData;
}

/** Verifies the token of one item. */
export async function verifyItem(
	context: IExecuteFunctions,
	itemIndex: number,
	token: string,
): Promise<VerifiedItem> {
	const options = context.getNodeParameter('options', itemIndex, {}) as IDataObject;
	const checks = context.getNodeParameter('checks', itemIndex, {}) as IDataObject;
	const audience = context.getNodeParameter('audience', itemIndex, []);
	const { source, issuer, signsForOthers } = await readKeySource(context, itemIndex, options);
	const anyAudience = options.anyAudience === true;
	const now = new Date();
	const result = await verifyToken(token, source, {
		...readChecks({ ...checks, audience }, { issuer, signsForOthers, anyAudience }),
		maximumLength: readMaximumLength(options),
		now,
	});
	if (!result.valid && options.onInvalid === 'throw') throw result.error;
	const kept = keptFields(context, itemIndex, options);
	// A field of the input must not be taken for the verdict.
	for (const name of REPORT_MEMBERS) delete kept[name];
	const report = await reportVerification(result, now);
	return { valid: result.valid, item: { json: { ...kept, ...report } as IDataObject } };
}
