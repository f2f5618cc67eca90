import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { readSigningSettings } from '../../../core/settings/readCredential';
import { publicJwkSet } from '../../../core/keys/publicJwks';
import { forEachItem } from '../../common/forEachItem';

/** Puts out the public half of the credential's key as a JWK Set, once per item. */
export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	return await forEachItem(context, 1, async (itemIndex) => {
		const data = await context.getCredentials('jwtSignApi', itemIndex);
		const { keys } = await publicJwkSet(readSigningSettings(data));
		return [{ json: { keys: keys as IDataObject[] } }];
	});
}
